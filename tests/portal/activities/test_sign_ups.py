from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.activities.actions import record_attendance, sign_up, withdraw
from portal.activities.enums import SignUpState
from portal.activities.errors import (
    ActivityCancelledError,
    ActivityNotPublishedError,
    AlreadyArrivedError,
    ShiftHasStartedError,
    ShiftsOverlapError,
)
from portal.activities.models import Shift
from tests.factories.activities import ActivityFactory, ShiftFactory, SignUpFactory
from tests.factories.members import UserFactory
from tests.portal.activities.logs import logged
from tests.portal.activities.queues import full_shift, place_of, state_of

pytestmark = pytest.mark.django_db

CONFIRMED, WAITING, OFFERED = SignUpState.CONFIRMED, SignUpState.WAITING, SignUpState.OFFERED
WITHDRAWN = SignUpState.WITHDRAWN


def test_sign_up_gives_a_place_and_counts_it():
    shift = ShiftFactory(capacity=2)
    member = UserFactory()

    mine = sign_up(shift=shift, member=member)

    shift.refresh_from_db()
    assert (mine.state, mine.member, shift.places_taken) == (CONFIRMED, member, 1)
    assert logged(mine) == ["activities.signup.confirmed"]


def test_sign_up_twice_returns_the_same_sign_up():
    shift = ShiftFactory()
    member = UserFactory()

    first, second = sign_up(shift=shift, member=member), sign_up(shift=shift, member=member)

    shift.refresh_from_db()
    assert first == second
    assert shift.places_taken == 1
    assert logged(first) == ["activities.signup.confirmed"]


def test_sign_up_on_a_full_shift_queues():
    shift, _, [first, second] = full_shift(waiting=2)

    assert [first.state, second.state] == [WAITING, WAITING]
    assert [place_of(first), place_of(second)] == [1, 2]
    assert shift.places_taken == 1


def test_a_newcomer_queues_behind_those_who_wait_even_when_a_place_is_free():
    shift, [holder], [first] = full_shift()
    # Were a place ever left free beside a queue, it would go to the head of the queue.
    type(holder).objects.filter(pk=holder.pk).update(state=WITHDRAWN)
    Shift.objects.filter(pk=shift.pk).update(places_taken=0)

    newcomer = sign_up(shift=shift, member=UserFactory())

    assert newcomer.state == WAITING
    assert state_of(first) == OFFERED


def test_a_clock_that_runs_behind_does_not_change_the_queue():
    shift, _, [first] = full_shift()
    first.queued_at = timezone.now() + timedelta(minutes=5)
    first.save()

    second = sign_up(shift=shift, member=UserFactory())

    assert [place_of(first), place_of(second)] == [1, 2]


@pytest.mark.parametrize(
    ("activity", "refusal"),
    [({"draft": True}, ActivityNotPublishedError), ({"cancelled": True}, ActivityCancelledError)],
)
def test_sign_up_is_refused_unless_published(activity, refusal):
    shift = ShiftFactory(activity=ActivityFactory(**activity))

    with pytest.raises(refusal):
        sign_up(shift=shift, member=UserFactory())


def test_sign_up_is_refused_once_started():
    with pytest.raises(ShiftHasStartedError):
        sign_up(shift=ShiftFactory(starts_at=timezone.now() - timedelta(seconds=1)), member=UserFactory())


def test_sign_up_is_refused_when_it_overlaps_and_names_the_other():
    other = ShiftFactory()
    member = SignUpFactory(shift=other).member
    shift = ShiftFactory(starts_at=other.ends_at - timedelta(minutes=1))

    with pytest.raises(ShiftsOverlapError, match=other.activity.title):
        sign_up(shift=shift, member=member)


def test_a_place_in_a_queue_overlaps_as_well():
    other = ShiftFactory()
    member = SignUpFactory(shift=other, waiting=True).member

    with pytest.raises(ShiftsOverlapError):
        sign_up(shift=ShiftFactory(starts_at=other.starts_at), member=member)


def test_back_to_back_is_no_overlap():
    other = ShiftFactory()
    member = SignUpFactory(shift=other).member

    after = sign_up(shift=ShiftFactory(starts_at=other.ends_at), member=member)
    before = sign_up(
        shift=ShiftFactory(starts_at=other.starts_at - timedelta(hours=1), ends_at=other.starts_at), member=member
    )

    assert [after.state, before.state] == [CONFIRMED, CONFIRMED]


@pytest.mark.parametrize("gone", [{"state": WITHDRAWN}, {"shift__activity__cancelled": True}])
def test_what_is_given_up_or_called_off_does_not_overlap(gone):
    other = SignUpFactory(**gone)

    mine = sign_up(shift=ShiftFactory(starts_at=other.shift.starts_at), member=other.member)

    assert mine.state == CONFIRMED


def test_withdraw_hands_the_place_to_the_head_of_the_queue():
    shift, [holder], [first, second] = full_shift(waiting=2)

    withdraw(sign_up=holder, by=holder.member)

    shift.refresh_from_db()
    assert [state_of(holder), state_of(first), state_of(second)] == [WITHDRAWN, OFFERED, WAITING]
    assert shift.places_taken == 1
    assert place_of(second) == 1
    message = first.member.inbox_messages.get()
    assert shift.activity.title in message.title
    assert not second.member.inbox_messages.exists()
    assert logged(first) == ["activities.signup.waiting", "activities.signup.offered"]


def test_withdraw_from_the_queue_frees_nothing():
    shift, [holder], [first, second] = full_shift(waiting=2)

    withdraw(sign_up=first, by=first.member)

    shift.refresh_from_db()
    assert (shift.places_taken, state_of(holder)) == (1, CONFIRMED)
    assert place_of(second) == 1


def test_withdraw_twice_changes_nothing():
    mine = SignUpFactory()

    withdraw(sign_up=mine, by=mine.member)
    withdraw(sign_up=mine, by=mine.member)

    mine.shift.refresh_from_db()
    assert mine.shift.places_taken == 0
    assert logged(mine) == ["activities.signup.withdrawn"]


def test_withdraw_is_refused_once_started():
    mine = SignUpFactory(shift=ShiftFactory(past=True))

    with pytest.raises(ShiftHasStartedError):
        withdraw(sign_up=mine, by=mine.member)


def test_withdraw_is_refused_after_arriving_early():
    mine = SignUpFactory(shift=ShiftFactory(starts_at=timezone.now() + timedelta(minutes=10)))
    record_attendance(sign_up=mine, by=UserFactory(), state="arrived")

    with pytest.raises(AlreadyArrivedError):
        withdraw(sign_up=mine, by=mine.member)


def test_one_who_withdrew_may_sign_up_again_at_the_end_of_the_queue():
    _, _, [first, second] = full_shift(waiting=2)

    withdraw(sign_up=first, by=first.member)
    again = sign_up(shift=first.shift, member=first.member)

    assert again == first
    assert [place_of(second), place_of(again)] == [1, 2]


def test_the_database_refuses_more_people_than_places():
    shift = ShiftFactory(capacity=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        Shift.objects.filter(pk=shift.pk).update(places_taken=2)


def test_the_database_refuses_one_person_twice():
    mine = SignUpFactory(state=WITHDRAWN)

    with pytest.raises(IntegrityError), transaction.atomic():
        SignUpFactory(shift=mine.shift, member=mine.member)


def test_signing_up_asks_the_database_eight_things(django_assert_num_queries):
    shift = ShiftFactory(capacity=2)
    sign_up(shift=shift, member=UserFactory())
    member = UserFactory()

    with django_assert_num_queries(8 + 2):  # a savepoint and its release
        sign_up(shift=shift, member=member)


def test_a_shift_moved_during_the_wait_is_weighed_where_it_is_now():
    shift = ShiftFactory()
    other = ShiftFactory(starts_at=shift.starts_at + timedelta(days=20))  # far out of the first reading
    member = UserFactory()
    sign_up(shift=other, member=member)
    Shift.objects.filter(pk=shift.pk).update(starts_at=other.starts_at, ends_at=other.ends_at)

    with pytest.raises(ShiftsOverlapError):
        sign_up(shift=shift, member=member)  # as it was read before
