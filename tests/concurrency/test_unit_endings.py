"""Whoever signs up, is answered or let in while a unit ends: nobody waits crosswise, nothing is left in it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from portal.activities.actions import conditions, hold_places, locks, sign_up
from portal.activities.enums import Refusal, SignUpState
from portal.activities.errors import SignUpError
from portal.activities.models import GroupPlaces
from portal.members.models import HomeMembership
from portal.organisations.actions import end_unit
from portal.organisations.models import Unit
from portal.organisations.signals import unit_ending
from portal.proxies.actions import confirm_joining, joinings, redeem
from portal.proxies.enums import JoiningState
from portal.proxies.errors import CodeNotUsableError
from portal.proxies.models import Joining
from portal.report_in.actions import answer_leave, leaves
from portal.report_in.enums import LeaveState
from tests.concurrency.meeting import Meeting
from tests.concurrency.race import race
from tests.factories.activities import ActivityFactory, GroupPlacesFactory, ShiftFactory
from tests.factories.members import HomeMembershipFactory, UserFactory
from tests.factories.organisations import PostFactory, UnitFactory
from tests.factories.proxies import InvitationCodeFactory
from tests.factories.report_in import LeaveFactory

pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("committed")]


def joiner(unit: Unit) -> Callable[[], Any]:
    code, person = InvitationCodeFactory(invitation__to_unit=True, invitation__unit=unit), UserFactory()
    return lambda: redeem(code=code, person=person, name="张敏")


def holder(unit: Unit) -> Callable[[], Any]:
    shift, by = ShiftFactory(), UserFactory()
    return lambda: hold_places(shift=shift, unit=unit, by=by, held=2, name_until=shift.starts_at)


# What somebody puts into a unit, and what it asks last before it writes.
PUT = {"joining": (joiner, joinings, "ask_onto_roster"), "places": (holder, conditions, "refuse_to_hold")}


def left_in_it() -> int:
    waiting = Joining.objects.filter(state=JoiningState.WAITING)
    return waiting.count() + GroupPlaces.objects.filter(closed_at__isnull=True).count()


def meet(meeting: Meeting, first: Any, second: Any) -> list[Any]:
    return race(lambda act: act(), [first, lambda: meeting.second(second)], threads=2)


def test_a_member_signs_up_for_a_shift_the_unit_holds_places_on(monkeypatch: pytest.MonkeyPatch):
    group, meeting = GroupPlacesFactory(), Meeting()
    home = HomeMembershipFactory(unit=group.unit)
    meeting.stops(monkeypatch, locks, "lock_shift_to_enter")

    mine, _unit = meet(
        meeting,
        lambda: sign_up(shift=group.shift, member=home.person),
        lambda: end_unit(unit=group.unit, by=None),
    )

    assert mine.state == SignUpState.CONFIRMED
    assert not HomeMembership.objects.filter(ends_on__isnull=True).exists()
    assert not GroupPlaces.objects.filter(closed_at__isnull=True).exists()


def test_a_leave_answered_meanwhile_is_answered(monkeypatch: pytest.MonkeyPatch):
    leave, meeting = LeaveFactory(), Meeting()
    contact = PostFactory(unit_contact=True, unit=leave.unit).person
    meeting.stops(monkeypatch, leaves, "lock", after=True)

    meet(
        meeting,
        lambda: answer_leave(leave=leave, grants=True, by=contact),
        lambda: end_unit(unit=leave.unit, by=None),
    )

    leave.refresh_from_db()
    assert leave.state == LeaveState.GRANTED


def test_whoever_is_confirmed_meanwhile_has_joined_and_is_let_go(monkeypatch: pytest.MonkeyPatch):
    code, meeting = InvitationCodeFactory(invitation__to_unit=True), Meeting()
    unit = code.invitation.unit
    contact = PostFactory(unit_contact=True, unit=unit).person
    joining = redeem(code=code, person=UserFactory(), name="张敏")
    meeting.stops(monkeypatch, joinings, "lock", after=True)

    meet(meeting, lambda: confirm_joining(joining=joining, by=contact), lambda: end_unit(unit=unit, by=None))

    joining.refresh_from_db()
    assert joining.state == JoiningState.JOINED
    assert HomeMembership.objects.get().ends_on


def test_shifts_of_several_activities_are_held_in_one_order(monkeypatch: pytest.MonkeyPatch):
    unit, meeting = UnitFactory(), Meeting()
    earlier, later = ActivityFactory(), ActivityFactory()  # a list of activities begins with the latest
    shifts = [ShiftFactory(activity=earlier), ShiftFactory(activity=later)]
    for shift in shifts:
        GroupPlacesFactory(unit=unit, shift=shift)
    meeting.stops(monkeypatch, locks, "lock_shift", after=True)

    def hold_both() -> None:
        with transaction.atomic():
            locks.lock_each_shift(shifts)

    meet(meeting, hold_both, lambda: end_unit(unit=unit, by=None))

    assert not GroupPlaces.objects.filter(closed_at__isnull=True).exists()


@pytest.mark.parametrize("what", PUT)
def test_what_is_put_into_a_unit_just_before_goes_with_it(what: str, monkeypatch: pytest.MonkeyPatch):
    unit, meeting = UnitFactory(), Meeting()
    make, room, last_question = PUT[what]
    put = make(unit)
    meeting.stops(monkeypatch, room, last_question)

    meet(meeting, put, lambda: end_unit(unit=unit, by=None))

    assert Joining.objects.count() + GroupPlaces.objects.count() == 1
    assert not left_in_it()


@pytest.mark.parametrize("what", PUT)
def test_what_is_put_into_a_unit_just_after_is_refused(what: str):
    unit, meeting = UnitFactory(), Meeting()
    put = PUT[what][0](unit)

    def stop(**kwargs: Any) -> None:
        meeting.pause()

    def refused() -> bool:
        try:
            put()
        except (CodeNotUsableError, SignUpError) as refusal:
            return not isinstance(refusal, SignUpError) or refusal.reason == Refusal.UNIT_ENDED
        return False

    unit_ending.connect(stop, weak=False)
    try:
        outcomes = meet(meeting, lambda: end_unit(unit=unit, by=None), refused)
    finally:
        unit_ending.disconnect(stop)

    assert outcomes[1] is True
    assert not left_in_it()
