"""Whoever logs in, no page shows somebody else's whole number or, outside a duty, more than they need."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from portal.organisations.enums import Role
from tests.factories.activities import ActivityFactory, AttendanceFactory, SignUpFactory
from tests.factories.annual_reports import AnnualReportFactory
from tests.factories.members import RosterEntryFactory, UserFactory
from tests.factories.organisations import PostFactory
from tests.factories.records import ServiceRecordFactory
from tests.factories.report_in import MemberReportInFactory
from tests.portal.personal_data.proofs import prove
from tests.portal.test_urls import patterns

pytestmark = pytest.mark.django_db

MOBILE = re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
# Where a whole number of another may stand, with the reason. A logged click is a POST and is no page.
ALLOWED: dict[str, str] = {}


def pages() -> list[str]:
    from django.urls import get_resolver  # noqa: PLC0415 -- the resolver is built when a test asks

    return sorted({f"/{path}" for path, _pattern in patterns(get_resolver()) if "<" not in path})


@pytest.fixture
def town():
    """A community and a unit with one of everything in them; who they are by role, and pages of single rows."""
    report_in = MemberReportInFactory(accepted=True, note="住 3 栋")
    area, unit, member = report_in.area, report_in.unit, report_in.person
    waiting = MemberReportInFactory(area=area)
    RosterEntryFactory(unit=unit)
    RosterEntryFactory(unit=unit, person=member, phone=member.phone, name=member.name)
    activity = ActivityFactory(area=area)
    sign_up = SignUpFactory(member=member, shift__activity=activity)
    AttendanceFactory(sign_up__member=UserFactory(), sign_up__shift__activity=activity)
    ServiceRecordFactory(member=member)
    AnnualReportFactory(member=member, sent=True)
    people = {
        "member": member,
        "stranger": UserFactory(),
        "organiser": PostFactory(area=area).person,
        "contact": PostFactory(unit_contact=True, unit=unit).person,
        "supervisor": PostFactory(role=Role.SUPERVISOR, area=area.get_parent()).person,
        "administrator": PostFactory(role=Role.ADMINISTRATOR, area=area.get_parent()).person,
    }
    rows = [
        reverse("report_in:review", args=[report_in.pk]),
        reverse("report_in:review", args=[waiting.pk]),
        reverse("report_in:receipt", args=[report_in.number]),
        reverse("activities:detail", args=[activity.code]),
        reverse("activities:attendance", args=[sign_up.shift.pk]),
    ]
    return people, rows


@pytest.mark.parametrize("role", ["member", "stranger", "organiser", "contact", "supervisor", "administrator"])
def test_no_page_shows_anothers_whole_number(town, role):
    people, rows = town
    person, shown = people[role], {}
    own = str(person.phone).removeprefix("+86")

    seen = 0
    for address in (*pages(), *rows):
        client = Client()  # anew: some pages log one out
        prove(client, person)
        response = client.get(address)
        if response.status_code != 200 or "html" not in response["Content-Type"]:
            continue
        seen += 1
        found = {re.sub(r"\D", "", number) for number in MOBILE.findall(response.content.decode())} - {own}
        if found and address not in ALLOWED:
            shown[address] = found

    assert seen > 8
    assert shown == {}


def test_the_crawl_would_see_a_number():
    assert MOBILE.findall("电话 138 1234 5678") == ["138 1234 5678"]
    assert not MOBILE.findall("138****5678 与 2026-11-28 12:00")
