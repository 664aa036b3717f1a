"""The sign for one's own door names the unit by choice alone, and nobody else's sign can be had."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.members.enums import ShownAt
from portal.members.models import HomeMembership
from portal.report_in import actions
from portal.report_in.models import MemberReportIn
from portal.report_in.queries import DoorSign, door_sign_of
from tests.factories.members import HomeMembershipFactory, ProfileFactory, UserFactory
from tests.factories.organisations import CommunityFactory, PostFactory
from tests.factories.report_in import MemberReportInFactory, TemporaryReportInFactory

pytestmark = pytest.mark.django_db

PAGE = reverse("report_in:door_sign")
TITLE = "志愿服务之家"


@pytest.fixture
def standing() -> MemberReportIn:
    return MemberReportInFactory(
        accepted=True, person__name="林远舟", person__phone="+8613812345678", area__name="云水社区"
    )


def sheet_of(client, person):
    """Return what is printed for ``person``; nothing where the page has no sign."""
    client.force_login(person)
    _before, _tag, rest = client.get(PAGE).content.decode().partition("<article")
    return rest.partition("</article>")[0]


def test_strangers_are_asked_to_log_in(client):
    assert client.get(PAGE)["Location"].startswith("/account/")


@pytest.mark.parametrize("places", [[], [ShownAt.PROFILE, ShownAt.LISTS]])
def test_the_unit_is_left_out_unless_the_door_is_ticked(client, standing, places):
    ProfileFactory(person=standing.person, shows_unit_at=places)

    sheet = sheet_of(client, standing.person)

    assert TITLE in sheet
    assert "云水社区" in sheet
    assert standing.unit.name not in sheet


def test_without_a_profile_the_unit_is_left_out(client, standing):
    assert standing.unit.name not in sheet_of(client, standing.person)


def test_the_unit_is_named_where_the_door_is_ticked(client, standing):
    ProfileFactory(person=standing.person, shows_unit_at=[ShownAt.DOOR])

    assert standing.unit.name in sheet_of(client, standing.person)


def test_the_unit_is_todays(client, standing):
    ProfileFactory(person=standing.person, shows_unit_at=[ShownAt.DOOR])
    HomeMembership.objects.update(ends_on=timezone.localdate())
    assert door_sign_of(standing.person) == DoorSign(standing.area, None)

    new = HomeMembershipFactory(person=standing.person).unit

    sheet = sheet_of(client, standing.person)
    assert new.name in sheet
    assert standing.unit.name not in sheet


def test_nothing_on_it_tells_who_lives_there(client, standing):
    ProfileFactory(person=standing.person, shows_unit_at=[ShownAt.DOOR])

    sheet = sheet_of(client, standing.person)

    for private in ("林", "5678", standing.number, "党员", "<svg"):
        assert private not in sheet
    assert " name=" not in sheet  # what is written on the sheet goes nowhere


@pytest.mark.parametrize("waits", ["submitted", "asked_back"])
def test_who_waits_is_told_for_whom(client, waits):
    report_in = MemberReportInFactory(area__name="云水社区", state=waits)
    client.force_login(report_in.person)

    response = client.get(PAGE)
    body = response.content.decode()

    assert response.status_code == 200
    assert "云水社区确认您的报到以后" in body
    assert TITLE not in body


@pytest.mark.parametrize("make", [UserFactory, lambda: TemporaryReportInFactory(accepted=True).person])
def test_who_has_not_reported_in_at_home_is_told_how(client, make):
    client.force_login(make())

    response = client.get(PAGE)
    body = response.content.decode()

    assert response.status_code == 200
    assert "到居住的社区报到" in body
    assert reverse("report_in:start") in body
    assert TITLE not in body


def test_a_report_in_that_ended_gives_no_sign(client, standing):
    actions.end_own(report_in=standing, by=standing.person)

    assert sheet_of(client, standing.person) == ""


def test_after_a_move_the_sign_is_of_the_new_community(client, standing):
    move = actions.ask_to_move(person=standing.person, area=CommunityFactory(name="青石社区"))
    assert "云水社区" in sheet_of(client, standing.person)

    actions.accept(report_in=move, by=UserFactory())

    sheet = sheet_of(client, standing.person)
    assert "青石社区" in sheet
    assert "云水社区" not in sheet


def test_a_sign_costs_three_queries_and_two_without_a_unit(standing):
    profile = ProfileFactory(person=standing.person, shows_unit_at=[ShownAt.DOOR])
    with CaptureQueriesContext(connection) as named:
        door_sign_of(standing.person)
    profile.shows_unit_at = [ShownAt.LISTS]
    profile.save()
    with CaptureQueriesContext(connection) as unnamed:
        door_sign_of(standing.person)

    assert (len(named), len(unnamed)) == (3, 2)


def test_ones_own_receipt_and_profile_lead_to_it_and_a_temporary_receipt_does_not(client, standing):
    stay = TemporaryReportInFactory(accepted=True, person=standing.person)
    client.force_login(standing.person)

    for page in (reverse("report_in:receipt", args=[standing.number]), reverse("members:profile")):
        assert PAGE in client.get(page).content.decode()
    assert PAGE not in client.get(reverse("report_in:receipt", args=[stay.number])).content.decode()


def test_a_receipt_read_by_others_does_not_lead_to_a_sign(client, standing):
    client.force_login(PostFactory(area=standing.area).person)

    body = client.get(reverse("report_in:receipt", args=[standing.number])).content.decode()

    assert standing.number in body
    assert PAGE not in body
