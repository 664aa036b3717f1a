"""Whoever signs up, is answered or let in while a unit ends: nobody waits crosswise, nothing is left in it."""

from typing import Any

import pytest
from django.db import transaction

from portal.activities.actions import locks, sign_up
from portal.activities.enums import SignUpState
from portal.activities.models import GroupPlaces
from portal.members.models import HomeMembership
from portal.organisations.actions import end_unit
from portal.proxies.actions import confirm_joining, joinings, redeem
from portal.proxies.enums import JoiningState
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
