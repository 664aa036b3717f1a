"""The lock of the shift holds its capacity; without it, it does not (R01, R02)."""

import inspect
import os
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.activities import queries
from portal.activities.actions import (
    ask_for_cover,
    call_off_shift,
    cancel,
    conditions,
    locks,
    sign_up,
    take_cover,
    withdraw,
)
from portal.activities.enums import HOLDS_A_PLACE, OPEN, SignUpState
from portal.activities.errors import ActivityCancelledError, ShiftsOverlapError, SignUpError
from portal.activities.models import Shift, SignUp
from portal.members.models import User
from portal.notices.models import Message
from tests.concurrency.meeting import Meeting
from tests.concurrency.race import race
from tests.factories.activities import ActivityFactory, ShiftFactory
from tests.factories.members import UserFactory
from tests.portal.activities.queues import place_of

pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("committed")]

CROWD = 10
RUNS = int(os.environ.get("SIGN_UP_RUNS", "2"))  # ``make bench`` asks for twenty


def holders(shift: Shift) -> int:
    return shift.sign_ups.filter(state=SignUpState.CONFIRMED).count()


def test_sixty_at_once_get_ten_places_and_fifty_queue_places():
    shift = ShiftFactory(capacity=10)
    members = UserFactory.create_batch(60)

    sign_ups = race(lambda member: sign_up(shift=shift, member=member), members, threads=20)

    shift.refresh_from_db()
    queue = list(queries.queue(shift))
    assert (holders(shift), shift.places_taken, len(queue)) == (10, 10, 50)
    assert [place_of(waiting) for waiting in queue] == list(range(1, 51))
    assert len({waiting.queued_at for waiting in queue}) == 50
    assert {one.member_id for one in sign_ups} == {member.pk for member in members}


@pytest.mark.parametrize("run", range(RUNS))
def test_three_hundred_forty_at_once_get_fifty_places_and_a_queue_in_order(run: int):
    shift = ShiftFactory(capacity=50)
    members = UserFactory.create_batch(300)

    sign_ups = race(lambda member: sign_up(shift=shift, member=member), members, threads=40)

    fifty_in_and_the_others_in_order(shift)
    assert len({one.member_id for one in sign_ups}) == 300


def test_three_hundred_requests_forty_at_once_are_all_answered():
    shift = ShiftFactory(capacity=50)
    clients = [Client() for _ in range(300)]
    for client in clients:
        client.force_login(UserFactory())
    address = reverse("activities:sign_up", args=[shift.pk])

    answers = race(lambda client: client.post(address), clients, threads=40)

    assert {answer.url for answer in answers} == {reverse("activities:detail", args=[shift.activity.code])}
    fifty_in_and_the_others_in_order(shift)


def fifty_in_and_the_others_in_order(shift: Shift) -> None:
    """Hold the queue to the order in which the rows were written, under the shift's lock."""
    shift.refresh_from_db()
    waiting = queries.with_place_in_queue(shift.sign_ups.filter(state=SignUpState.WAITING)).order_by("pk")
    numbers = [one.queue_place for one in waiting]  # type: ignore[attr-defined]  # annotated
    assert (holders(shift), shift.places_taken) == (50, 50)
    assert numbers == list(range(1, 251))


def test_a_swap_and_a_withdrawal_at_once_leave_the_counts_true():
    activity = ActivityFactory()
    morning = ShiftFactory(activity=activity, capacity=1)
    evening = ShiftFactory(activity=activity, capacity=1, starts_at=morning.ends_at)
    one, other = (sign_up(shift=shift, member=UserFactory()) for shift in (morning, evening))
    request = ask_for_cover(sign_up=one, by=one.member, wanted=evening)

    def act(turn: int) -> bool:
        try:
            if turn % 2:
                withdraw(sign_up=other, by=other.member)
            else:
                take_cover(request=request, by=other.member)
        except SignUpError:
            return False
        return True

    race(act, range(6), threads=6)

    for shift in (morning, evening):
        shift.refresh_from_db()
        assert shift.places_taken == shift.sign_ups.filter(state__in=HOLDS_A_PLACE).count() <= 1


def test_the_same_form_sent_five_times_at_once_gives_one_place():
    shift = ShiftFactory()
    member = UserFactory()

    sign_ups = race(lambda _: sign_up(shift=shift, member=member), range(5), threads=5)

    shift.refresh_from_db()
    assert len({one.pk for one in sign_ups}) == 1
    assert (holders(shift), shift.places_taken) == (1, 1)


def test_one_person_at_once_in_two_overlapping_shifts_gets_one():
    first = ShiftFactory()
    second = ShiftFactory(starts_at=first.starts_at + timedelta(minutes=30))
    member = UserFactory()

    def attempt(shift: Shift) -> bool:
        try:
            sign_up(shift=shift, member=member)
        except ShiftsOverlapError:
            return False
        return True

    assert sorted(race(attempt, [first, second] * 3, threads=6)) == [False] * 3 + [True] * 3
    assert SignUp.objects.filter(member=member).count() == 1


def test_a_freed_place_and_its_heir_pressing_again_never_wait_for_each_other():
    # The heir holds their own lock and wants the shift's; the other holds the shift's and writes to the heir.
    pairs = []
    for _ in range(8):
        shift = ShiftFactory(capacity=1)
        pairs.append([sign_up(shift=shift, member=member) for member in UserFactory.create_batch(2)])

    def act(one: SignUp) -> SignUp:
        if one.state == SignUpState.CONFIRMED:
            return withdraw(sign_up=one, by=one.member)
        return sign_up(shift=one.shift, member=one.member)

    race(act, [one for pair in pairs for one in pair], threads=16)

    for holder, heir in pairs:
        holder.refresh_from_db()
        heir.refresh_from_db()
        assert (holder.state, heir.state) == (SignUpState.WITHDRAWN, SignUpState.OFFERED)


def test_the_count_stays_true_while_people_come_and_go():
    activity = ActivityFactory()
    now = timezone.now()
    shifts = [ShiftFactory(activity=activity, capacity=2, starts_at=now + timedelta(days=n)) for n in range(1, 4)]
    members = UserFactory.create_batch(12)

    def churn(member: User) -> None:
        for shift in shifts:
            withdraw(sign_up=sign_up(shift=shift, member=member), by=member)
            sign_up(shift=shift, member=member)

    race(churn, members, threads=12)

    for shift in shifts:
        shift.refresh_from_db()
        assert shift.places_taken == shift.sign_ups.filter(state__in=HOLDS_A_PLACE).count() == 2
        assert shift.sign_ups.filter(state=SignUpState.WAITING).count() == 10


def test_whoever_signs_up_while_it_is_called_off_is_told_or_refused():
    shift = ShiftFactory(capacity=20)
    members = UserFactory.create_batch(15)

    def act(member: User | None) -> bool:
        try:
            if member is None:
                return bool(cancel(activity=shift.activity, by=shift.activity.created_by, reason="有大雨。"))
            return bool(sign_up(shift=shift, member=member))
        except ActivityCancelledError:
            return False

    race(act, [*members[:5], None, *members[5:]], threads=16)

    signed_up = set(shift.sign_ups.values_list("member", flat=True))
    assert set(Message.objects.values_list("recipient", flat=True)) == signed_up


def call_off_while_signing_up(shift: Shift, member: User, meeting: Meeting, sign: Callable[..., SignUp]) -> None:
    def call_off() -> Shift:
        return call_off_shift(shift=shift, by=shift.activity.created_by, reason="停电。")

    turns: list[Callable[[], object]] = [lambda: sign(shift=shift, member=member), lambda: meeting.second(call_off)]
    race(lambda turn: turn(), turns, threads=2)


@pytest.mark.parametrize("is_full", [False, True])
def test_whoever_signs_up_while_the_shift_is_called_off_is_freed_and_told(
    is_full: bool, monkeypatch: pytest.MonkeyPatch
):
    shift, member, meeting = one_of_two(is_full), UserFactory(), Meeting()
    meeting.stops(monkeypatch, conditions, "weigh", after=True)

    call_off_while_signing_up(shift, member, meeting, sign_up)

    shift.refresh_from_db()
    assert shift.is_called_off
    assert shift.sign_ups.get(member=member).state == SignUpState.CALLED_OFF
    assert not shift.sign_ups.filter(state__in=OPEN).exists()
    assert Message.objects.filter(recipient=member, title__contains="班次取消").count() == 1


def test_without_the_lock_of_the_shift_somebody_waits_for_what_is_called_off(monkeypatch: pytest.MonkeyPatch):
    # The control; whoever would hold a place the database stops, see shift_called_off_with_a_reason.
    shift, member, meeting = one_of_two(is_full=True), UserFactory(), Meeting()
    meeting.stops(monkeypatch, conditions, "weigh", after=True)
    monkeypatch.setattr(locks, "lock_person", lambda person: person)
    monkeypatch.setattr(locks, "lock_shift", lambda shift: Shift.objects.get(pk=shift.pk))

    call_off_while_signing_up(shift, member, meeting, inspect.unwrap(sign_up))

    shift.refresh_from_db()
    assert shift.is_called_off
    assert shift.sign_ups.get(member=member).state == SignUpState.WAITING
    assert not Message.objects.filter(recipient=member).exists()


def one_of_two(is_full: bool) -> Shift:
    """Return one of two shifts of a published activity, its one place taken where ``is_full``."""
    shift = ShiftFactory(capacity=1)
    ShiftFactory(activity=shift.activity, starts_at=shift.ends_at)
    if is_full:
        sign_up(shift=shift, member=UserFactory())
    return shift


def test_without_the_lock_it_oversells(monkeypatch: pytest.MonkeyPatch):
    # The control: were this to hold the capacity, the tests above would prove nothing.
    shift = ShiftFactory(capacity=CROWD // 2)
    members = UserFactory.create_batch(CROWD)
    everyone_has_read = threading.Barrier(CROWD, timeout=30)

    def read_without_lock(shift: Shift) -> Shift:
        read = Shift.objects.get(pk=shift.pk)
        everyone_has_read.wait()
        return read

    monkeypatch.setattr(locks, "lock_person", lambda person: person)
    monkeypatch.setattr(locks, "lock_shift", read_without_lock)
    unguarded = inspect.unwrap(sign_up)  # the action without its transaction

    race(lambda member: unguarded(shift=shift, member=member), members, threads=CROWD)

    assert holders(shift) == CROWD > shift.capacity
