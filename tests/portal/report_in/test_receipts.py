"""A receipt proves itself by number and code, to anybody, and says nothing else."""

from datetime import timedelta

import pytest
import time_machine
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from portal.report_in import actions
from portal.report_in.queries import PublicReceipt, receipt_code, register_receipts, verified_receipt
from portal.report_in.queries import receipts as finders
from tests.factories.members import UserFactory
from tests.factories.organisations import CommunityFactory, PostFactory
from tests.factories.report_in import MemberReportInFactory, TemporaryReportInFactory

pytestmark = pytest.mark.django_db

PHONE = "+8613812345678"


@pytest.fixture
def standing():
    return MemberReportInFactory(
        accepted=True, person__name="林远舟", person__phone=PHONE, area__name="云水社区", note="住 3 栋"
    )


def address(report_in, code=None):
    return reverse("report_in:verify", args=[report_in.number, code or receipt_code(report_in.number)])


def test_the_printed_receipt_leads_to_the_check(client, standing):
    client.force_login(standing.person)

    body = client.get(reverse("report_in:receipt", args=[standing.number])).content.decode()

    assert "<svg" in body
    assert receipt_code(standing.number) in body


def test_anybody_with_number_and_code_sees_that_it_is_valid_and_little_else(client, standing):
    response = client.get(address(standing))
    body = response.content.decode()

    assert "现在有效" in body
    assert "林*" in body
    assert "云水社区" in body
    for private in ("林远舟", "5678", "3 栋", standing.unit.name):
        assert private not in body
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]


def test_one_digit_altered_is_found_out(client, standing):
    code = receipt_code(standing.number)
    for place in range(len(code)):
        wrong = code[:place] + ("0" if code[place] != "0" else "1") + code[place + 1 :]
        assert verified_receipt(standing.number, wrong) is None
    for place, digit in enumerate(standing.number):
        if digit.isdigit():
            number = standing.number[:place] + str((int(digit) + 1) % 10) + standing.number[place + 1 :]
            assert verified_receipt(number, code) is None
    response = client.get(address(standing, "0" * 12))
    assert response.status_code == 404
    assert "查不到" in response.content.decode()


def test_a_code_for_a_number_nobody_has_shows_nothing():
    assert verified_receipt("BD-2026-999999", receipt_code("BD-2026-999999")) is None
    assert verified_receipt("XX-2026-999999", receipt_code("XX-2026-999999")) is None


def test_moved_and_ended_say_so(client, standing):
    move = actions.ask_to_move(person=standing.person, area=CommunityFactory(name="青石社区"))
    new = actions.accept(report_in=move, by=UserFactory())

    assert "已经迁往别的社区" in client.get(address(standing)).content.decode()
    actions.end_own(report_in=new, by=standing.person)
    assert "已经结束" in client.get(address(new)).content.decode()


def test_a_temporary_receipt_shows_until_when(client):
    stay = TemporaryReportInFactory(accepted=True)

    assert f"{stay.expires_on:%Y-%m-%d}" in client.get(address(stay)).content.decode()


def test_a_temporary_receipt_is_valid_on_its_days_alone_whether_or_not_the_clock_has_run(client):
    stay = TemporaryReportInFactory(
        accepted=True,
        starts_on=timezone.localdate() + timedelta(days=2),
        expires_on=timezone.localdate() + timedelta(days=4),
    )

    for days, said in ((1, "还没有到开始的日期"), (2, "现在有效"), (4, "现在有效"), (5, "已经结束")):
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            body = client.get(address(stay)).content.decode()
        assert said in body
        assert ("现在有效" in body) == (said == "现在有效")
        assert f"{stay.starts_on:%Y-%m-%d}" in body


def test_number_and_code_may_be_typed_from_paper(client, standing):
    code = receipt_code(standing.number)
    check = reverse("report_in:check")

    assert client.get(check).status_code == 200
    assert client.get(check, {"number": standing.number, "code": ""}).status_code == 422
    typed = {"number": standing.number.lower(), "code": code.upper()}
    assert "现在有效" in client.get(check, typed, follow=True).content.decode()


@override_settings(SECRET_KEY="another-key-of-the-house-that-is-long-enough-for-all-checks")
def test_another_house_cannot_make_the_code(settings, standing):
    made_here = receipt_code(standing.number)
    settings.SECRET_KEY = "the-key-that-follows-it-and-is-just-as-long-as-the-one-before"

    assert verified_receipt(standing.number, made_here) is None
    settings.SECRET_KEY_FALLBACKS = ["another-key-of-the-house-that-is-long-enough-for-all-checks"]
    assert verified_receipt(standing.number, made_here)


def test_another_room_may_have_receipts_of_its_own(monkeypatch):
    monkeypatch.setattr(finders, "_finders", dict(finders._finders))
    shown = PublicReceipt("DW-1", "valid", "市*", "单位报到", "云水社区", None, None)
    register_receipts("DW", lambda number: shown if number == "DW-1" else None)

    assert verified_receipt("dw-1", receipt_code("DW-1")) == shown


def test_guessing_is_slowed_down(client, standing):
    with time_machine.travel(timezone.now(), tick=False):
        statuses = [client.get(address(standing, f"{n:012}")).status_code for n in range(21)]

    assert statuses == [404] * 20 + [429]


@pytest.mark.parametrize("who", ["own", "organiser", "contact", "stranger", "other_organiser"])
def test_the_whole_receipt_is_for_three(client, standing, who):
    people = {
        "own": standing.person,
        "organiser": PostFactory(area=standing.area).person,
        "contact": PostFactory(unit_contact=True, unit=standing.unit).person,
        "stranger": UserFactory(),
        "other_organiser": PostFactory().person,
    }
    client.force_login(people[who])

    status = client.get(reverse("report_in:receipt", args=[standing.number])).status_code

    assert status == (200 if who in ("own", "organiser", "contact") else 404)
