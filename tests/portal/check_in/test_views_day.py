"""The day's page, and what a device gets and sends."""

import json
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from portal.activities.models import Attendance
from portal.check_in import tokens
from tests.factories.activities import SignUpFactory
from tests.factories.members import HomeMembershipFactory, UserFactory
from tests.portal.activities.counting import queries_for
from tests.portal.check_in.places import a_door

pytestmark = pytest.mark.django_db
DAY, DATA, SYNC = "/portal/check-in/day/", "/portal/check-in/day/data/", "/portal/check-in/day/sync/"


def milliseconds(moment=None):
    return int((moment.timestamp() if moment else time.time()) * 1000)


def batch(*sign_ups, **fields):
    events = [
        {"id": str(uuid4()), "seq": n, "sign_up": one.pk, "seen": "expected", "wanted": "arrived", "at": milliseconds()}
        for n, one in enumerate(sign_ups, start=1)
    ]
    return {"device": str(uuid4()), "now": milliseconds(), "events": events} | fields


def send(client, body, **headers):
    return client.post(SYNC, json.dumps(body), content_type="application/json", headers=headers)


@pytest.fixture
def door(client):
    organiser, shift, people = a_door()
    client.force_login(organiser)
    return organiser, shift, people


def test_a_device_keeps_masked_names_and_nothing_more(client, door):
    _organiser, shift, (one, _two) = door

    answer = client.get(DATA)

    (got,) = answer.json()["shifts"]
    assert (got["id"], len(got["lines"])) == (shift.pk, 2)
    assert set(got["lines"][0]) == {"id", "number", "name", "tail", "position", "state", "open"}
    assertNotContains(answer, one.member.name)
    assertNotContains(answer, str(one.member.phone)[-6:])
    assert answer["Cache-Control"] == "no-store"


def test_what_is_sent_is_noted_and_answered_one_by_one(client, door):
    _organiser, _shift, people = door
    stranger = SignUpFactory()
    body = batch(*people, stranger)

    first, again = send(client, body).json(), send(client, body).json()

    assert [result["state"] for result in first["results"]] == ["applied", "applied", "refused"]
    assert first == again
    assert [bool(result["reason"]) for result in first["results"]] == [False, False, True]
    assert "不归您组织" in first["results"][2]["reason"]
    assert Attendance.objects.filter(state="arrived").count() == 2


def test_a_device_with_a_wrong_clock_is_put_right(client, door):
    _organiser, _shift, (one, _two) = door
    day_ahead = timezone.now() + timedelta(days=1)
    body = batch(one, now=milliseconds(day_ahead))
    body["events"][0]["at"] = milliseconds(day_ahead - timedelta(minutes=5))

    send(client, body)

    arrived_at = Attendance.objects.get(sign_up=one).arrived_at
    assert abs(timezone.now() - timedelta(minutes=5) - arrived_at) < timedelta(seconds=5)


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"device": 1, "now": 2, "events": []}', "{"])
def test_what_makes_no_sense_is_refused(client, door, body):
    assert client.post(SYNC, body, content_type="application/json").status_code == 400


@pytest.mark.parametrize("change", [{"wanted": "posted"}, {"id": "1"}, {"seq": -1}, {"at": "yesterday"}])
def test_one_tap_that_makes_no_sense_stops_the_batch(client, door, change):
    body = batch(*door[2])
    body["events"][0] |= change

    assert send(client, body).status_code == 400
    assert not Attendance.objects.exists()


def test_a_session_that_ended_asks_for_the_log_in_and_loses_nothing(client):
    assert client.get(DATA).status_code == client.post(SYNC).status_code == 401


def test_a_page_of_somebody_else_cannot_send(door):
    organiser, _shift, people = door
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(organiser)
    assert send(strict, batch(*people)).status_code == 403

    token = strict.get(DATA).json()["csrf"]
    assert send(strict, batch(*people), **{"X-CSRFToken": token}).status_code == 200


def test_the_plain_page_lists_the_day_without_scripts(client, door):
    _organiser, shift, _people = door

    assertContains(client.get(DAY), f"/portal/check-in/shifts/{shift.pk}/")
    client.force_login(UserFactory())
    page = client.get(DAY)
    assertNotContains(page, shift.activity.title)
    assertNotContains(page, "check-in-day.js")
    client.logout()
    assert client.get(DAY).status_code == 302


def test_what_a_browser_keeps_is_about_nobody(client, door):
    organiser, shift, _people = door
    for path in ("offline/", "worker.js", "manifest.webmanifest"):
        answer = client.get(f"/portal/check-in/{path}")
        assert answer.status_code == 200
        assertNotContains(answer, organiser.name)
        assertNotContains(answer, shift.activity.title)
    worker = client.get("/portal/check-in/worker.js")
    assert worker["Service-Worker-Allowed"] == "/portal/check-in/"
    assertContains(worker, "js/check-in-day.js")


def test_logging_out_empties_what_the_browser_stored(client, door):
    organiser, shift, _people = door
    page = client.get("/account/logout/")
    assertContains(page, "check-in-wipe.js")
    assertContains(page, f'data-account="{tokens.account_tag(organiser.pk)}"')
    assertContains(page, "另一位工作人员的 {n} 条签到登记没有上传。退出以后它们仍留在这台设备上")
    tablet = client.get(reverse("check_in:open_tablet", args=[shift.pk]))
    assertContains(tablet, "另一位工作人员的 {n} 条签到登记没有上传。现在退出，它们会被清除")
    assertContains(client.get(DAY), '<form method="get" action="/account/logout/">')

    assert client.post("/account/logout/")["Clear-Site-Data"] == '"storage"'


def test_member_on_a_device_of_the_desk_is_asked_before_logging_out(client, door):
    member = HomeMembershipFactory().person
    own = Client()
    own.force_login(member)
    assertContains(own.get("/portal/"), '<form method="post" action="/account/logout/">')

    client.get(DAY)  # a colleague's, on the same device
    client.force_login(member)
    assertContains(client.get("/portal/"), '<form method="get" action="/account/logout/">')
    assertContains(client.get("/account/logout/"), "check-in-wipe.js")


def test_what_a_colleague_has_not_sent_stays_where_the_page_took_the_rest_away(client, door):
    assert "Clear-Site-Data" not in client.post("/account/logout/", {"keep_storage": "1"})
    assert client.get(DAY).status_code == 302


def test_two_people_or_five_cost_the_same(client, door):
    _organiser, shift, _people = door
    two = queries_for(client, DATA)
    SignUpFactory.create_batch(3, shift=shift)

    assert queries_for(client, DATA) == two
