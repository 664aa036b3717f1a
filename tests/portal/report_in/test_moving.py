"""A move of home: the old community stays until the new one accepts, and the past stays where it was."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.members.models import Consent
from portal.report_in import actions, errors
from portal.report_in.enums import ReportInKind, ReportInState
from portal.report_in.models import MemberReportIn
from portal.report_in.queries import home_community, open_report_ins
from portal.states import IllegalMoveError
from tests.factories.members import HomeMembershipFactory, UserFactory
from tests.factories.organisations import CommunityFactory, PostFactory
from tests.factories.records import ServiceRecordFactory
from tests.factories.report_in import MemberReportInFactory, MoveFactory
from tests.portal.report_in.steps import logged, titles_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def residence():
    return MemberReportInFactory(accepted=True, person__name="林远舟", area__name="青石社区")


@pytest.fixture
def new_area():
    return CommunityFactory(name="云水社区")


def test_the_old_community_stays_until_the_new_one_accepts(residence, new_area):
    organiser = PostFactory(area=new_area).person

    move = actions.ask_to_move(person=residence.person, area=new_area, note="下月搬家")

    assert (move.kind, move.state, move.moves_from) == (ReportInKind.MOVE, ReportInState.SUBMITTED, residence)
    assert home_community(residence.person) == residence.area
    assert titles_to(organiser) == ["云水社区有一份新的报到等您确认。"]
    assert [one.pk for one in open_report_ins(residence.person)] == [residence.pk, move.pk]


def test_accepting_the_move_ends_the_old_report_in_the_same_day(residence, new_area):
    old_organiser, organiser = PostFactory(area=residence.area).person, PostFactory(area=new_area).person
    contact = PostFactory(unit_contact=True, unit=residence.unit).person
    move = actions.ask_to_move(person=residence.person, area=new_area)

    accepted = actions.accept(report_in=move, by=organiser)

    residence.refresh_from_db()
    assert (residence.state, residence.ended_on) == (ReportInState.MOVED, timezone.localdate())
    assert (accepted.kind, accepted.state) == (ReportInKind.RESIDENCE, ReportInState.ACCEPTED)
    assert accepted.number != residence.number
    assert home_community(residence.person) == new_area
    assert titles_to(old_organiser) == ["林远舟已从青石社区迁到云水社区。"]
    assert titles_to(contact) == ["林远舟已从青石社区迁到云水社区报到。"]
    assert logged()[-2:] == ["report_in.memberreportin.moved", "report_in.memberreportin.accepted"]


def test_accepting_a_move_again_changes_nothing(residence, new_area):
    move = actions.ask_to_move(person=residence.person, area=new_area)
    first = actions.accept(report_in=move, by=UserFactory())

    assert actions.accept(report_in=move, by=UserFactory()).number == first.number
    assert MemberReportIn.objects.filter(state=ReportInState.MOVED).count() == 1


def test_nobody_accepts_their_own_move_and_nothing_moves(residence, new_area):
    move = actions.ask_to_move(person=residence.person, area=new_area)

    with pytest.raises(errors.OwnReportInError):
        actions.accept(report_in=move, by=residence.person)

    residence.refresh_from_db()
    assert residence.state == ReportInState.ACCEPTED


def test_a_move_taken_back_leaves_the_old_as_it_was_with_its_consent(residence, new_area):
    move = actions.ask_to_move(person=residence.person, area=new_area)

    actions.withdraw(report_in=move, by=residence.person)

    assert home_community(residence.person) == residence.area
    assert Consent.objects.filter(person=residence.person, withdrawn_at__isnull=True).exists()
    actions.ask_to_move(person=residence.person, area=new_area)  # and one may ask anew


def test_a_move_may_be_asked_back_and_sent_again(residence, new_area):
    move = actions.ask_to_move(person=residence.person, area=new_area)
    actions.ask_back(report_in=move, by=UserFactory(), reason="请写明楼栋。")

    again = actions.resubmit(report_in=move, by=residence.person, note="5 栋")

    assert (again.kind, again.state) == (ReportInKind.MOVE, ReportInState.SUBMITTED)


def test_one_moves_from_a_community_that_accepted_only(new_area):
    waiting = MemberReportInFactory()
    nowhere = HomeMembershipFactory().person

    for person in (waiting.person, nowhere):
        with pytest.raises(errors.NothingToMoveFromError):
            actions.ask_to_move(person=person, area=new_area)


def test_one_move_at_a_time_and_elsewhere(residence, new_area):
    with pytest.raises(errors.SameCommunityError):
        actions.ask_to_move(person=residence.person, area=residence.area)
    with pytest.raises(errors.NotACommunityError):
        actions.ask_to_move(person=residence.person, area=new_area.get_parent())
    actions.ask_to_move(person=residence.person, area=new_area)
    with pytest.raises(errors.AlreadyMovingError):
        actions.ask_to_move(person=residence.person, area=CommunityFactory())


def test_the_database_forbids_a_second_move_and_a_second_residence(residence, new_area):
    move = MoveFactory(person=residence.person, moves_from=residence)
    fields = {"person": residence.person, "area": new_area, "unit": residence.unit}

    for wrong in (
        {"kind": ReportInKind.MOVE, "moves_from": residence},
        {"kind": ReportInKind.RESIDENCE},
        {"kind": "elsewhere"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            MemberReportIn.objects.create(**fields, **wrong)
    for change in ({"state": ReportInState.ACCEPTED, "number": "X"}, {"moves_from": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            MemberReportIn.objects.filter(pk=move.pk).update(**change)


def test_past_hours_stay_with_the_community_on_their_date(residence, new_area):
    day = timezone.localdate() - timedelta(days=30)
    record = ServiceRecordFactory(member=residence.person, area=residence.area, served_on=day)

    actions.accept(report_in=actions.ask_to_move(person=residence.person, area=new_area), by=UserFactory())

    record.refresh_from_db()
    assert (record.area, record.served_on) == (residence.area, day)


def test_a_move_stands_alone_when_the_old_report_in_ends_meanwhile(residence, new_area):
    move = actions.ask_to_move(person=residence.person, area=new_area)

    actions.end_own(report_in=residence, by=residence.person)

    move.refresh_from_db()
    assert move.kind == ReportInKind.RESIDENCE
    with pytest.raises(errors.AlreadyReportedInError):
        actions.submit_report_in(person=residence.person, area=CommunityFactory())
    accepted = actions.accept(report_in=move, by=UserFactory())
    residence.refresh_from_db()
    assert accepted.state == ReportInState.ACCEPTED
    assert residence.state == ReportInState.ENDED


def test_a_moved_report_in_cannot_be_moved_or_ended_again(residence, new_area):
    actions.accept(report_in=actions.ask_to_move(person=residence.person, area=new_area), by=UserFactory())

    with pytest.raises(IllegalMoveError):
        actions.end_own(report_in=residence, by=residence.person)
