"""The organiser's list, the codes on a screen, walk-ins, conflicts."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from portal.activities.models import Attendance, SignUp
from portal.check_in import tokens
from portal.check_in.models import CheckInEvent
from tests.factories.activities import AttendanceFactory, SignUpFactory
from tests.factories.members import UserFactory
from tests.factories.organisations import PostFactory
from tests.factories.report_in import MemberReportInFactory
from tests.portal.activities.counting import queries_for
from tests.portal.check_in.places import a_door

pytestmark = pytest.mark.django_db


@pytest.fixture
def door(client):
    organiser, shift, people = a_door()
    client.force_login(organiser)
    return organiser, shift, people


def url(name, shift):
    return reverse(f"check_in:{name}", args=[shift.pk])


def tick(client, shift, sign_up, move):
    return client.post(url("desk", shift), {"sign_up": sign_up.pk, "move": move})


def test_the_list_names_nobody_in_full(client, door):
    _organiser, shift, (one, _two) = door

    page = client.get(url("desk", shift))

    assertContains(page, f"{one.member.name[:1]}*")
    assertNotContains(page, one.member.name)
    assertNotContains(page, str(one.member.phone)[-8:])


def test_ticks_arrive_leave_and_undo(client, door):
    _organiser, shift, (one, _two) = door
    for move, state in (("arrived", "arrived"), ("left", "completed"), ("undo", "arrived")):
        assert tick(client, shift, one, move).status_code == 302
        assert Attendance.objects.get(sign_up=one).state == state

    assertContains(tick(client, shift, one, "undo"), "没有可以撤销的上一步", status_code=422)
    assertContains(tick(client, shift, one, "posted"), "没有这一条", status_code=422)


def test_everybody_at_once_but_oneself(client, door):
    organiser, shift, _people = door
    own = SignUpFactory(shift=shift, member=organiser)

    assertContains(client.post(url("everybody", shift), {"move": "arrived"}, follow=True), "已登记 2 人")
    client.post(url("everybody", shift), {"move": "completed"})
    client.post(url("everybody", shift), {"move": "completed"})

    assert list(Attendance.objects.values_list("state", "minutes")) == [("completed", 120)] * 2
    assert not Attendance.objects.filter(sign_up=own).exists()


def test_a_walk_in_is_found_among_the_people_of_the_community(client, door):
    _organiser, shift, _people = door
    here = MemberReportInFactory(accepted=True, area=shift.activity.area).person
    elsewhere = MemberReportInFactory(accepted=True).person
    digits = str(here.phone)[-4:]

    found = client.post(url("walk_in", shift), {"digits": digits})
    client.post(url("walk_in", shift), {"digits": digits, "person": elsewhere.pk})
    assert not SignUp.objects.filter(member=elsewhere).exists()
    client.post(url("walk_in", shift), {"digits": digits, "person": here.pk})

    assertContains(found, "加进名单")
    assertNotContains(found, here.name)
    assert Attendance.objects.get(sign_up__member=here).state == "arrived"


def test_the_screen_shows_codes_that_count(client, door):
    _organiser, shift, _people = door

    page = client.get(url("codes", shift))

    code = tokens.spoken(shift.pk)
    assertContains(page, f"{code[:3]} {code[3:]}")
    assertContains(page, 'http-equiv="refresh"')
    assertContains(client.get(url("poster", shift)), "<svg")


def test_a_walk_in_whom_an_organiser_noted_before_is_refused_in_words(client, door):
    _organiser, shift, _people = door
    here = MemberReportInFactory(accepted=True, area=shift.activity.area).person
    gone = SignUpFactory(shift=shift, member=here, state="withdrawn")
    AttendanceFactory(sign_up=gone, state="absent", minutes=None)

    page = client.post(url("walk_in", shift), {"digits": str(here.phone)[-4:], "person": here.pk})

    assertContains(page, "当前状态不能这样处理", status_code=422)


def said(sign_up, by, **fields):
    now = timezone.now()
    moments = {"client_at": now, "happened_at": now}
    tap = {"id": uuid4(), "device": uuid4(), "seq": 1, "seen": "expected", "wanted": "arrived"}
    return CheckInEvent.objects.create(sign_up=sign_up, sent_by=by, **moments, **tap, **fields)


def test_what_was_refused_is_listed_with_its_reason_for_those_who_organise_alone(client, door):
    organiser, shift, (one, two) = door
    assertNotContains(client.get("/portal/check-in/day/"), "没有生效的登记")
    said(one, organiser, state="refused", reason="已经结束登记。")
    stranger_organiser, _shift, (stranger, _other) = a_door()
    said(stranger, stranger_organiser, state="refused", reason="别处的原因。")

    page = client.get("/portal/check-in/conflicts/")

    assertContains(client.get("/portal/check-in/day/"), "没有生效的登记")
    for text in (
        "已经结束登记。",
        f"{one.member.name[:1]}*",
        f"已到场 · {organiser}",
        timezone.localdate().isoformat(),
    ):
        assertContains(page, text)
    assertNotContains(page, one.member.name)
    assertNotContains(page, "别处的原因。")
    cost = queries_for(client, "/portal/check-in/conflicts/")
    for person in (two, *SignUpFactory.create_batch(2, shift=shift)):
        said(person, organiser, state="refused", reason="已经结束登记。")
    assert queries_for(client, "/portal/check-in/conflicts/") == cost


def test_a_conflict_is_shown_and_decided(client, door):
    organiser, shift, (one, _two) = door
    tick(client, shift, one, "absent")
    event = said(one, organiser, state="conflict")
    assertContains(client.get(url("desk", shift)), "1 处两台设备")
    assertContains(client.get("/portal/check-in/conflicts/"), "改为“已到场”")

    client.post(reverse("check_in:resolve", args=[event.pk]), {"take": "1"})

    assert Attendance.objects.get(sign_up=one).state == "arrived"
    late = client.post(reverse("check_in:resolve", args=[event.pk]), {"take": "1"}, follow=True)
    assertContains(late, "这一条已经处理过了")


@pytest.mark.parametrize("name", ["desk", "codes", "poster", "walk_in", "open_tablet"])
def test_only_an_organiser_of_the_place(client, name):
    _organiser, shift, (one, _two) = a_door()
    assert client.get(url(name, shift)).status_code == 302
    for person in (one.member, UserFactory(), PostFactory().person):
        client.force_login(person)
        assert client.get(url(name, shift)).status_code == 404


@pytest.mark.parametrize("name", ["everybody", "make_sheet", "close_tablets"])
def test_only_an_organiser_of_the_place_changes_it(client, name):
    _organiser, shift, _people = a_door()
    client.force_login(PostFactory().person)
    assert client.post(url(name, shift)).status_code == 404


def test_two_people_or_five_cost_the_same(client, door):
    _organiser, shift, _people = door
    two = queries_for(client, url("desk", shift))
    SignUpFactory.create_batch(3, shift=shift)

    assert queries_for(client, url("desk", shift)) == two
