from datetime import timedelta

import pytest
from django.utils import timezone

from portal.notices.models import Message
from portal.organisations.actions import Part, end_area, merge_areas, split_area
from portal.organisations.errors import StillInUseError
from portal.report_in.actions import open_station
from portal.report_in.enums import OPEN, LeaveKind, ReportInKind, ReportInState, UnitReportInState
from portal.report_in.errors import NotACommunityError
from portal.report_in.models import MemberReportIn, Station, UnitReportIn
from portal.report_in.queries import home_community, stations_of, units_reported_in
from tests.factories.members import UserFactory
from tests.factories.organisations import CommunityFactory, PostFactory
from tests.factories.report_in import (
    LeaveFactory,
    MemberReportInFactory,
    MoveFactory,
    TemporaryReportInFactory,
    UnitReportInFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def after():
    return CommunityFactory(name="西湖社区")


def test_a_report_in_follows_its_community_and_the_old_one_stays(after):
    old = MemberReportInFactory(accepted=True)

    merge_areas(areas=[old.area], into=after, by=None)

    old.refresh_from_db()
    then = MemberReportIn.objects.get(area=after)
    assert (old.state, old.ended_on) == (ReportInState.MOVED, timezone.localdate())
    assert (then.state, then.person, then.kind, then.moves_from) == (
        ReportInState.ACCEPTED,
        old.person,
        ReportInKind.RESIDENCE,
        old,
    )
    assert then.number != old.number
    assert home_community(old.person) == after
    assert "承接" in Message.objects.get(recipient=old.person).title


def test_one_that_waits_waits_at_the_following_community(after):
    waiting = MemberReportInFactory()

    merge_areas(areas=[waiting.area], into=after, by=None)

    waiting.refresh_from_db()
    assert (waiting.area, waiting.state) == (after, ReportInState.SUBMITTED)


def test_a_move_that_waits_leaves_the_report_in_that_stands_now(after):
    move = MoveFactory()
    home = move.moves_from

    merge_areas(areas=[home.area], into=after, by=None)

    move.refresh_from_db()
    assert (move.moves_from.area, move.moves_from.state) == (after, ReportInState.ACCEPTED)


def test_a_stay_in_both_is_one_stay(after):
    stay = TemporaryReportInFactory(accepted=True)
    TemporaryReportInFactory(accepted=True, person=stay.person, area=after)

    merge_areas(areas=[stay.area], into=after, by=None)

    stay.refresh_from_db()
    assert stay.state == ReportInState.ENDED
    assert MemberReportIn.objects.filter(area=after).count() == 1


def test_what_goes_with_a_community_follows_it(after):
    waiting, standing = UnitReportInFactory(), UnitReportInFactory(accepted=True)
    before = waiting.area
    UnitReportIn.objects.filter(pk=standing.pk).update(area=before)
    twice = UnitReportInFactory(area=before, accepted=True)
    UnitReportInFactory(area=after, unit=twice.unit)
    station = Station.objects.create(area=before, name="流动党员之家", place="东门")
    Station.objects.create(area=after, name="流动党员之家", place="西门")
    leave = LeaveFactory(kind=LeaveKind.EXEMPTION, area=before)
    contact = PostFactory(unit_contact=True, unit=standing.unit)

    merge_areas(areas=[before], into=after, by=None)

    for row in (waiting, standing, twice, station, leave):
        row.refresh_from_db()
    assert (waiting.area, waiting.state, leave.area) == (after, UnitReportInState.SUBMITTED, after)
    assert (standing.state, twice.state) == (UnitReportInState.ENDED, UnitReportInState.ENDED)
    assert {one.unit for one in units_reported_in(after)} == {standing.unit, twice.unit}
    assert units_reported_in(after).get(unit=standing.unit).number != standing.number
    assert UnitReportIn.objects.get(unit=twice.unit, area=after, state=UnitReportInState.WITHDRAWN)
    assert {one.place for one in stations_of(after)} == {"东门", "西门"}
    assert station.name == f"流动党员之家（{before.name}）"
    assert "承接" in Message.objects.get(recipient=contact.person).title


@pytest.mark.parametrize(
    ("here", "there", "ends"), [(False, True, "here"), (False, False, "here"), (True, False, "there")]
)
def test_of_two_stays_the_one_that_stands_stays(after, here, there, ends):
    stay = TemporaryReportInFactory(accepted=here)
    other = TemporaryReportInFactory(accepted=there, person=stay.person, area=after)

    merge_areas(areas=[stay.area], into=after, by=None)

    stay.refresh_from_db()
    other.refresh_from_db()
    assert {"here": stay, "there": other}[ends].state == ReportInState.WITHDRAWN
    kept = MemberReportIn.objects.get(area=after, state__in=OPEN)
    assert (kept.state == ReportInState.ACCEPTED) == (here or there)


def test_a_station_is_told_apart_though_the_name_for_that_is_taken(after):
    before = CommunityFactory(name="东湖社区")
    for name in ("流动党员之家", "流动党员之家（东湖社区）"):
        Station.objects.create(area=after, name=name, place="西门")
    station = Station.objects.create(area=before, name="流动党员之家", place="东门")

    merge_areas(areas=[before], into=after, by=None)

    station.refresh_from_db()
    assert (station.area, station.name) == (after, "流动党员之家（东湖社区 2）")


def test_a_stay_keeps_its_station_and_what_was_asked(after):
    stay = TemporaryReportInFactory(accepted=True, reminded_at=timezone.now())
    station = Station.objects.create(area=stay.area, name="流动党员之家", place="东门")
    longer = stay.expires_on + timedelta(days=20)
    MemberReportIn.objects.filter(pk=stay.pk).update(station=station, extended_until=longer)

    merge_areas(areas=[stay.area], into=after, by=None)

    then = MemberReportIn.objects.get(area=after)
    assert (then.station, then.extended_until, then.reminded_at) == (station, longer, stay.reminded_at)
    assert then.asks_for_longer


def test_a_split_hands_report_ins_to_the_first_part():
    old = MemberReportInFactory(accepted=True)

    first, _second = split_area(area=old.area, parts=[Part("N", "北"), Part("S", "南")], by=None)

    assert home_community(old.person) == first


def test_a_community_with_report_ins_does_not_end_with_nobody_following():
    report_in = MemberReportInFactory(accepted=True)

    with pytest.raises(StillInUseError, match="还有人报到在这里"):
        end_area(area=report_in.area, by=None)


def test_no_station_is_opened_in_what_has_just_ended(after):
    before = CommunityFactory()
    merge_areas(areas=[before], into=after, by=None)

    with pytest.raises(NotACommunityError):  # the form was opened before
        open_station(area=before, name="流动党员之家", place="东门", by=UserFactory())
