from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.utils import timezone

from portal.activities.enums import AttendanceState
from portal.annual_reports.enums import Side
from portal.dashboard.queries.contacts import contact_desk
from portal.dashboard.queries.duties import Duties, duties_of
from portal.dashboard.queries.members import member_desk
from portal.dashboard.queries.organisers import organiser_desk, todays_shifts
from portal.dashboard.queries.supervisors import KEPT_FOR, supervisor_desk
from portal.organisations.enums import Role
from portal.organisations.queries import posts_read_once
from portal.report_in.queries import gap_list
from tests.factories.activities import ActivityFactory, AttendanceFactory, ShiftFactory, SignUpFactory
from tests.factories.annual_reports import AnnualReportFactory, ReportingYearFactory, receipt_of, recipient_of
from tests.factories.members import RosterEntryFactory, UserFactory
from tests.factories.organisations import CommunityFactory, PostFactory, UnitFactory
from tests.factories.points import EntryFactory
from tests.factories.records import ServiceRecordFactory
from tests.factories.report_in import MemberReportInFactory, UnitReportInFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 20, 4, tzinfo=UTC)

ROLES = [
    ({"role": Role.ORGANISER}, Duties(organises=True, holds_post=True)),
    ({"unit_contact": True}, Duties(is_contact=True, holds_post=True)),
    ({"supervisor": True}, Duties(supervises=True, holds_post=True)),
    ({"role": Role.ADMINISTRATOR}, Duties(manages_places=True, holds_post=True)),
]


@pytest.mark.parametrize(("post", "duties"), ROLES)
def test_duties_come_from_posts(post, duties):
    assert duties_of(PostFactory(**post).person) == duties


def test_a_post_that_ended_is_no_duty():
    yesterday = timezone.localdate() - timedelta(days=1)
    post = PostFactory(starts_on=yesterday, ends_on=yesterday)

    assert not duties_of(post.person)


def test_who_may_open_the_editors_desk_edits():
    person = UserFactory()
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))

    assert duties_of(person) == Duties(edits=True)


def test_a_new_member_is_asked_to_choose_a_unit_and_to_report_in():
    person = UserFactory()
    RosterEntryFactory(person=person, phone=person.phone)
    RosterEntryFactory(person=person, phone=person.phone)

    desk = member_desk(person)

    assert (desk.is_member, desk.has_to_choose_unit, desk.has_to_report_in) == (True, True, True)
    assert desk.has_something_waiting


def test_a_resident_without_a_unit_has_neither_to_report_in_nor_to_report():
    ReportingYearFactory()

    desk = member_desk(UserFactory())

    assert (desk.has_to_report_in, desk.report_is_due, desk.has_something_waiting) == (False, False, False)


def test_a_member_asked_back_is_told_why():
    desk = member_desk(MemberReportInFactory(asked_back=True).person)

    assert desk.asked_back
    assert desk.report_in.reason == "请写明住在哪一栋。"
    assert not desk.has_to_report_in


def test_a_received_member_has_nothing_waiting():
    desk = member_desk(MemberReportInFactory(accepted=True).person)

    assert not desk.has_something_waiting
    assert desk.unit is not None


def test_an_offer_waits_and_the_next_activity_is_the_soonest_place():
    member = UserFactory()
    offer = SignUpFactory(member=member, offered=True)
    later = ShiftFactory(starts_at=timezone.now() + timedelta(days=9))
    soon = ShiftFactory(starts_at=timezone.now() + timedelta(days=4))
    SignUpFactory(member=member, shift=later)
    place = SignUpFactory(member=member, shift=soon)
    SignUpFactory()

    desk = member_desk(member)

    assert (desk.offers, desk.next_sign_up) == ([offer], place)


def test_a_report_is_due_until_it_is_sent():
    year = ReportingYearFactory()
    report = AnnualReportFactory(year=year)
    assert member_desk(MemberReportInFactory().person).report_is_due
    assert member_desk(report.member).report_is_due

    sent = AnnualReportFactory(year=year, sent=True)

    assert not member_desk(sent.member).report_is_due
    assert member_desk(sent.member).report == sent


def test_no_report_is_due_while_no_year_is_open():
    ReportingYearFactory(closed=True)

    assert not member_desk(MemberReportInFactory().person).report_is_due


def test_hours_are_those_of_this_year_and_points_all_there_are():
    member = UserFactory()
    ServiceRecordFactory(member=member, minutes=90)
    ServiceRecordFactory(member=member, minutes=30, reversed=True)
    ServiceRecordFactory(member=member, minutes=60, served_on=timezone.localdate() - timedelta(days=400))
    EntryFactory(member=member, points=15)
    EntryFactory(points=99)

    desk = member_desk(member)

    assert (desk.minutes, desk.points) == (90, 15)


def test_an_organiser_sees_what_waits_in_their_own_community():
    area = CommunityFactory()
    organiser = PostFactory(area=area).person
    MemberReportInFactory(area=area)
    MemberReportInFactory()
    AttendanceFactory(sign_up__shift__activity__area=area)
    AttendanceFactory()
    report = AnnualReportFactory(member=MemberReportInFactory(area=area, accepted=True).person, sent=True)
    AnnualReportFactory(sent=True)

    desk = organiser_desk(organiser)

    assert (desk.report_ins, desk.records, desk.reports) == (1, 1, 1)
    assert desk.has_something_waiting
    assert receipt_of(report, Side.COMMUNITY).area == area


def test_an_organiser_is_not_asked_to_confirm_what_they_recorded_or_served():
    area = CommunityFactory()
    organiser = PostFactory(area=area).person
    AttendanceFactory(sign_up__shift__activity__area=area, recorded_by=organiser)
    AttendanceFactory(sign_up__shift__activity__area=area, sign_up__member=organiser)

    assert organiser_desk(organiser).records == 0


def test_an_organiser_with_nothing_to_do_is_told_so():
    assert not organiser_desk(PostFactory().person).has_something_waiting


def test_todays_shifts_count_who_is_ticked():
    area = CommunityFactory()
    organiser = PostFactory(area=area).person
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    shift = ShiftFactory(activity=ActivityFactory(area=area), starts_at=noon)
    ShiftFactory(activity=ActivityFactory(area=area), starts_at=noon + timedelta(days=1))
    ShiftFactory(activity=ActivityFactory(area=area, cancelled=True), starts_at=noon)
    ShiftFactory(starts_at=noon)
    AttendanceFactory(sign_up=SignUpFactory(shift=shift))
    AttendanceFactory(sign_up=SignUpFactory(shift=shift), state=AttendanceState.EXPECTED, minutes=None)
    SignUpFactory(shift=shift)
    SignUpFactory(shift=shift, waiting=True)

    today = list(todays_shifts(organiser))

    assert today == [shift]
    assert (today[0].confirmed, today[0].ticked) == (3, 1)


def test_a_contact_sees_how_many_have_still_to_report_in():
    unit = UnitFactory()
    contact = PostFactory(unit_contact=True, unit=unit).person
    waiting = RosterEntryFactory(unit=unit, person=MemberReportInFactory().person)
    absent = RosterEntryFactory(unit=UnitFactory(above=unit))
    received = MemberReportInFactory(accepted=True).person
    RosterEntryFactory(unit=unit, person=received)
    RosterEntryFactory(unit=unit, left_on=timezone.localdate())
    RosterEntryFactory()

    desk = contact_desk(contact)

    assert (desk.on_roster.number, desk.not_reported_in.number, desk.reports) == (3, 2, 0)
    assert list(gap_list(contact)) == [waiting, absent]


def test_a_contact_answers_the_units_copies_alone():
    report = AnnualReportFactory(sent=True)
    contact = recipient_of(receipt_of(report, Side.UNIT))
    PostFactory(person=contact, area=receipt_of(report, Side.COMMUNITY).area)

    assert contact_desk(contact).reports == 1
    assert organiser_desk(contact).reports == 1


def test_a_supervisor_sees_their_subtree_in_numbers():
    area = CommunityFactory()
    supervisor = PostFactory(role=Role.SUPERVISOR, area=area.get_parent()).person
    ActivityFactory(area=area)
    ActivityFactory(area=area, draft=True)
    ServiceRecordFactory(
        attendance__sign_up__shift__activity__area=area, attendance__sign_up__shift__activity__draft=True, minutes=45
    )
    MemberReportInFactory(area=area)
    AnnualReportFactory(member=MemberReportInFactory(area=area, accepted=True).person, sent=True)
    ServiceRecordFactory()
    AnnualReportFactory(sent=True)

    figures = supervisor_desk(supervisor).figures

    assert (figures.communities, figures.reported_in, figures.waiting) == (1, 1, 1)
    assert (figures.activities, figures.minutes, figures.reports) == (1, 45, 1)


def test_without_an_open_year_a_supervisor_sees_no_reports():
    assert supervisor_desk(PostFactory(supervisor=True).person).figures.reporting_year is None


def test_a_supervisors_figures_are_kept_for_ten_minutes_and_what_waits_for_them_is_not(django_assert_num_queries):
    with time_machine.travel(NOON, tick=False):
        area = CommunityFactory()
        supervisor = PostFactory(role=Role.SUPERVISOR, area=area.get_parent()).person
        assert supervisor_desk(supervisor).figures.waiting == 0
        MemberReportInFactory(area=area, escalated_at=NOON)
        UnitReportInFactory(area=area, escalated_at=NOON)

        with django_assert_num_queries(
            5
        ):  # the posts, what is silent of members and of units, the open year, what is kept
            desk = posts_read_once(supervisor_desk)(supervisor)

    assert (desk.silent, desk.silent_units, desk.figures.waiting, desk.figures.counted_at) == (1, 1, 0, NOON)
    with time_machine.travel(NOON + 2 * KEPT_FOR, tick=False):
        assert supervisor_desk(supervisor).figures.waiting == 1


def test_supervisors_of_different_places_share_no_figures():
    area = CommunityFactory()
    MemberReportInFactory(area=area, accepted=True)
    posts = [PostFactory(role=Role.SUPERVISOR, area=place) for place in (area.get_parent(), CommunityFactory())]

    assert [supervisor_desk(post.person).figures.reported_in for post in posts] == [1, 0]
