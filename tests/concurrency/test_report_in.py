"""However many hands ask at the same moment: one account, one home, one report-in, one number."""

import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from portal.members.actions import activate_from_roster, open_account
from portal.members.models import HomeMembership, User
from portal.notices.models import Message
from portal.organisations.models import Area
from portal.report_in.actions import (
    accept,
    ask_to_move,
    end_own,
    escalate_silent,
    rows,
    submit_report_in,
    submitting,
    withdraw,
)
from portal.report_in.enums import ReportInKind, ReportInState
from portal.report_in.errors import AlreadyMovingError, AlreadyReportedInError, ReportInError
from portal.report_in.models import MemberReportIn
from portal.states import IllegalMoveError
from tests.concurrency.race import race
from tests.factories.members import HomeMembershipFactory, RosterEntryFactory, UserFactory
from tests.factories.organisations import CommunityFactory
from tests.factories.report_in import MemberReportInFactory, MoveFactory, TemporaryReportInFactory

pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("committed")]

HANDS = 5


def test_a_rostered_phone_asked_for_at_once_gets_one_account():
    phone = str(RosterEntryFactory().phone)

    people = race(lambda _: open_account(phone=phone), range(HANDS), threads=HANDS)

    assert {person.pk for person in people} == {User.objects.get().pk}


def test_a_roster_row_met_at_once_opens_one_home():
    person = UserFactory(phone=RosterEntryFactory().phone)

    race(lambda _: activate_from_roster(person=person), range(HANDS), threads=HANDS)

    assert HomeMembership.objects.count() == 1
    assert Message.objects.count() == 1


def test_one_person_sending_at_once_has_one_report_in():
    person = HomeMembershipFactory().person
    areas = [CommunityFactory() for _ in range(HANDS)]

    def send(area: Area) -> str:
        try:
            submit_report_in(person=person, area=area)
        except ReportInError as refusal:
            return type(refusal).__name__
        return "sent"

    outcomes = race(send, areas, threads=HANDS)

    assert Counter(outcomes) == {"sent": 1, AlreadyReportedInError.__name__: HANDS - 1}
    assert MemberReportIn.objects.count() == 1


def test_without_the_check_the_database_still_says_no(monkeypatch: pytest.MonkeyPatch):
    # The control for the constraint: both have looked and seen nothing, and one of them is stopped all the same.
    person = HomeMembershipFactory().person
    areas = [CommunityFactory() for _ in range(2)]
    monkeypatch.setattr(submitting, "open_residence", lambda person: None)

    def send(area: Area) -> str:
        try:
            submit_report_in(person=person, area=area)
        except Exception as error:  # the database's own words
            return type(error).__name__
        return "sent"

    outcomes = race(send, areas, threads=2)

    assert outcomes.count("sent") == 1
    assert AlreadyReportedInError.__name__ not in outcomes
    assert MemberReportIn.objects.count() == 1


def test_one_report_in_accepted_at_once_is_accepted_once():
    report_in, organisers = MemberReportInFactory(), UserFactory.create_batch(HANDS)

    race(lambda by: accept(report_in=report_in, by=by), organisers, threads=HANDS)

    assert MemberReportIn.objects.get().number
    assert Message.objects.filter(recipient=report_in.person).count() == 1


def test_many_report_ins_accepted_at_once_get_different_numbers():
    report_ins, organiser = MemberReportInFactory.create_batch(HANDS), UserFactory()

    accepted = race(lambda one: accept(report_in=one, by=organiser), report_ins, threads=HANDS)

    assert len({one.number for one in accepted}) == HANDS


def test_either_accepted_or_withdrawn_but_not_both():
    report_in, organiser = MemberReportInFactory(), UserFactory()
    begin = threading.Barrier(2, timeout=30)

    def do(what: str) -> str:
        begin.wait()
        try:
            if what == "accept":
                accept(report_in=report_in, by=organiser)
            else:
                withdraw(report_in=report_in, by=report_in.person)
        except IllegalMoveError:
            return "refused"
        return what

    outcomes = race(do, ["accept", "withdraw"], threads=2)

    report_in.refresh_from_db()
    assert outcomes.count("refused") == 1
    done = next(one for one in outcomes if one != "refused")
    assert report_in.state == (ReportInState.ACCEPTED if done == "accept" else ReportInState.WITHDRAWN)


@pytest.mark.postgresql
def test_two_organisers_accepting_each_other_never_wait_for_each_other(monkeypatch: pytest.MonkeyPatch):
    # Each holds the other's row, and then writes their own name beside the decision.
    one, other = MemberReportInFactory(), MemberReportInFactory()
    both_hold_theirs = threading.Barrier(2, timeout=30)
    held = rows.hold

    def lock_and_wait(report_in: MemberReportIn) -> MemberReportIn:
        locked = held(report_in)
        both_hold_theirs.wait()
        return locked

    monkeypatch.setattr(rows, "hold", lock_and_wait)

    accepted = race(lambda pair: accept(report_in=pair[0], by=pair[1].person), [(one, other), (other, one)], threads=2)

    assert [report_in.state for report_in in accepted] == [ReportInState.ACCEPTED] * 2


def test_two_communities_accepting_at_once_leave_one_residence():
    residence = MemberReportInFactory(accepted=True)
    move = MoveFactory(person=residence.person, moves_from=residence)
    stay = TemporaryReportInFactory(person=residence.person)
    begin = threading.Barrier(2, timeout=30)

    def receive(report_in: MemberReportIn) -> ReportInState:
        by = UserFactory()
        begin.wait()
        return ReportInState(accept(report_in=report_in, by=by).state)

    outcomes = race(receive, [move, stay], threads=2)

    assert outcomes == [ReportInState.ACCEPTED] * 2
    standing = MemberReportIn.objects.filter(person=residence.person, state=ReportInState.ACCEPTED)
    assert sorted(standing.values_list("kind", flat=True)) == [ReportInKind.RESIDENCE, ReportInKind.TEMPORARY]


def test_one_move_at_once():
    residence = MemberReportInFactory(accepted=True)
    areas = [CommunityFactory() for _ in range(HANDS)]

    def ask(area: Area) -> str:
        try:
            ask_to_move(person=residence.person, area=area)
        except ReportInError as refusal:
            return type(refusal).__name__
        return "asked"

    outcomes = race(ask, areas, threads=HANDS)

    assert Counter(outcomes) == {"asked": 1, AlreadyMovingError.__name__: HANDS - 1}


def test_without_the_check_the_database_still_allows_one_move(monkeypatch: pytest.MonkeyPatch):
    residence = MemberReportInFactory(accepted=True)
    areas = [CommunityFactory() for _ in range(2)]
    monkeypatch.setattr(submitting, "open_move", lambda person: None)

    def ask(area: Area) -> str:
        try:
            ask_to_move(person=residence.person, area=area)
        except Exception as error:  # the database's own words
            return type(error).__name__
        return "asked"

    outcomes = race(ask, areas, threads=2)

    assert outcomes.count("asked") == 1
    assert AlreadyMovingError.__name__ not in outcomes


@pytest.mark.parametrize("other", ["withdraw the move", "end the residence"])
def test_a_move_accepted_while_its_person_changes_their_mind(other: str):
    residence = MemberReportInFactory(accepted=True)
    move = MoveFactory(person=residence.person, moves_from=residence)
    organiser, begin = UserFactory(), threading.Barrier(2, timeout=30)

    def do(what: str) -> str:
        begin.wait()
        try:
            if what == "accept":
                accept(report_in=move, by=organiser)
            elif what == "withdraw the move":
                withdraw(report_in=move, by=move.person)
            else:
                end_own(report_in=residence, by=move.person)
        except IllegalMoveError:
            return "refused"
        return what

    outcomes = race(do, ["accept", other], threads=2)

    states = dict(MemberReportIn.objects.filter(person=move.person).values_list("pk", "state"))
    accepted = [pk for pk, state in states.items() if state == ReportInState.ACCEPTED]
    assert len(accepted) == 1
    if other == "withdraw the move":
        assert outcomes.count("refused") == 1
        assert accepted == [move.pk if "accept" in outcomes else residence.pk]
    else:
        assert accepted == [move.pk]
        assert states[residence.pk] == (ReportInState.MOVED if "refused" in outcomes else ReportInState.ENDED)


def test_silence_is_passed_up_once_however_many_clocks_run():
    waiting = MemberReportInFactory(submitted_at=timezone.now() - timedelta(days=30))

    counts = race(lambda _: escalate_silent(now=timezone.now()), range(HANDS), threads=HANDS)

    assert sum(counts) == 1
    assert Message.objects.filter(recipient=waiting.person).count() == 1
