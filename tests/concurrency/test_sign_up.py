"""The lock of the shift holds its capacity; without it, it does not (R01, R02)."""

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from portal.activities import queries
from portal.activities.actions import locks, sign_up, withdraw
from portal.activities.enums import SignUpState
from portal.activities.errors import ShiftsOverlapError
from portal.activities.models import Shift, SignUp
from portal.members.models import User
from tests.concurrency.race import race
from tests.factories.activities import ActivityFactory, ShiftFactory
from tests.factories.members import UserFactory

pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("committed")]

CROWD = 10


def holders(shift: Shift) -> int:
    return shift.sign_ups.filter(state=SignUpState.CONFIRMED).count()


def test_sixty_at_once_get_ten_places_and_fifty_queue_places():
    shift = ShiftFactory(capacity=10)
    members = UserFactory.create_batch(60)

    sign_ups = race(lambda member: sign_up(shift=shift, member=member), members, threads=20)

    shift.refresh_from_db()
    queue = list(queries.queue(shift))
    assert (holders(shift), shift.places_taken, len(queue)) == (10, 10, 50)
    assert [queries.place_in_queue(waiting) for waiting in queue] == list(range(1, 51))
    assert len({waiting.queued_at for waiting in queue}) == 50
    assert {one.member_id for one in sign_ups} == {member.pk for member in members}


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


def test_withdrawing_and_signing_up_at_once_across_shifts_never_deadlocks():
    # Each freed place writes to another member's sign-up while that member signs up elsewhere.
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
        assert shift.places_taken == shift.sign_ups.filter(state__in=["confirmed", "offered"]).count() == 2
        assert shift.sign_ups.filter(state=SignUpState.WAITING).count() == 10


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
    unguarded = sign_up.__wrapped__  # the action without its transaction

    race(lambda member: unguarded(shift=shift, member=member), members, threads=CROWD)

    assert holders(shift) == CROWD > shift.capacity
