from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.activities import queries
from portal.activities.actions import (
    accept_offer,
    cancel,
    decline_offer,
    lapse_offers,
    record_attendance,
    set_capacity,
    sign_up,
    withdraw,
)
from portal.activities.enums import SignUpState
from portal.activities.errors import (
    ActivityCancelledError,
    ActivityNotPublishedError,
    AlreadyArrivedError,
    OfferHasLapsedError,
    ShiftHasStartedError,
    ShiftsOverlapError,
)
from portal.activities.models import Shift
from tests.factories.activities import ActivityFactory, ShiftFactory, SignUpFactory
from tests.factories.members import UserFactory
from tests.portal.activities.logs import logged

pytestmark = pytest.mark.django_db

CONFIRMED, WAITING, OFFERED = SignUpState.CONFIRMED, SignUpState.WAITING, SignUpState.OFFERED
WITHDRAWN, LAPSED = SignUpState.WITHDRAWN, SignUpState.LAPSED


def state_of(sign_up):
    sign_up.refresh_from_db()
    return sign_up.state


def full_shift(capacity=1, waiting=1, **fields):
    """Return a full shift, those who hold its places, and those who wait, in order."""
    shift = ShiftFactory(capacity=capacity, **fields)
    everyone = [sign_up(shift=shift, member=UserFactory()) for _ in range(capacity + waiting)]
    shift.refresh_from_db()
    return shift, everyone[:capacity], everyone[capacity:]


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
    assert [queries.place_in_queue(first), queries.place_in_queue(second)] == [1, 2]
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

    assert [queries.place_in_queue(first), queries.place_in_queue(second)] == [1, 2]


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
    assert queries.place_in_queue(second) == 1
    message = first.member.inbox_messages.get()
    assert shift.activity.title in message.title
    assert not second.member.inbox_messages.exists()
    assert logged(first) == ["activities.signup.waiting", "activities.signup.offered"]


def test_withdraw_from_the_queue_frees_nothing():
    shift, [holder], [first, second] = full_shift(waiting=2)

    withdraw(sign_up=first, by=first.member)

    shift.refresh_from_db()
    assert (shift.places_taken, state_of(holder)) == (1, CONFIRMED)
    assert queries.place_in_queue(second) == 1


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
    assert [queries.place_in_queue(second), queries.place_in_queue(again)] == [1, 2]


def test_an_offer_lasts_a_day(time_machine):
    time_machine.move_to("2026-05-04 09:00:00+08:00", tick=False)
    _, [holder], [first] = full_shift()

    withdraw(sign_up=holder, by=holder.member)

    first.refresh_from_db()
    assert first.offered_until == timezone.now() + timedelta(hours=24)


def test_an_offer_never_outlives_the_start():
    shift, [holder], [first] = full_shift(starts_at=timezone.now() + timedelta(hours=3))

    withdraw(sign_up=holder, by=holder.member)

    first.refresh_from_db()
    assert first.offered_until == shift.starts_at


def test_accept_offer_takes_the_place():
    _, [holder], [first] = full_shift()
    withdraw(sign_up=holder, by=holder.member)

    accept_offer(sign_up=first, by=first.member)
    accept_offer(sign_up=first, by=first.member)

    first.shift.refresh_from_db()
    assert (state_of(first), first.shift.places_taken) == (CONFIRMED, 1)
    assert logged(first)[-2:] == ["activities.signup.offered", "activities.signup.confirmed"]


def test_accept_offer_is_refused_after_its_time(time_machine):
    mine = SignUpFactory(offered=True)
    time_machine.move_to(mine.offered_until)

    with pytest.raises(OfferHasLapsedError):
        accept_offer(sign_up=mine, by=mine.member)


def test_accept_offer_is_refused_without_an_offer():
    _, _, [first] = full_shift()

    with pytest.raises(OfferHasLapsedError):
        accept_offer(sign_up=first, by=first.member)


def test_accept_offer_is_refused_when_the_activity_is_cancelled():
    mine = SignUpFactory(offered=True)
    cancel(activity=mine.shift.activity, by=UserFactory(), reason="有大雨。")

    with pytest.raises(ActivityCancelledError):
        accept_offer(sign_up=mine, by=mine.member)


def test_decline_offer_passes_it_on():
    shift, [holder], [first, second] = full_shift(waiting=2)
    withdraw(sign_up=holder, by=holder.member)

    decline_offer(sign_up=first, by=first.member)
    decline_offer(sign_up=first, by=first.member)

    shift.refresh_from_db()
    assert [state_of(first), state_of(second), shift.places_taken] == [WITHDRAWN, OFFERED, 1]


def test_decline_offer_never_gives_up_a_confirmed_place():
    mine = SignUpFactory()

    with pytest.raises(OfferHasLapsedError):
        decline_offer(sign_up=mine, by=mine.member)


def test_lapse_offers_passes_on_what_nobody_took():
    shift, [holder], [first, second] = full_shift(waiting=2)
    withdraw(sign_up=holder, by=holder.member)
    first.refresh_from_db()

    assert lapse_offers(now=first.offered_until - timedelta(seconds=1)) == 0
    assert lapse_offers(now=first.offered_until) == 1
    assert lapse_offers(now=first.offered_until) == 0

    shift.refresh_from_db()
    assert [state_of(first), state_of(second), shift.places_taken] == [LAPSED, OFFERED, 1]
    assert first.member.inbox_messages.count() == 2
    assert logged(first)[-1] == "activities.signup.lapsed"


def test_nobody_is_offered_twice_for_the_same_wait():
    _, [holder], [first] = full_shift()
    withdraw(sign_up=holder, by=holder.member)
    first.refresh_from_db()

    lapse_offers(now=first.offered_until)

    assert state_of(first) == LAPSED


def test_raising_the_capacity_fills_the_queue_first():
    shift, _, [first, second, third] = full_shift(waiting=3)

    set_capacity(shift=shift, capacity=3, by=UserFactory())

    assert [state_of(one) for one in (first, second, third)] == [OFFERED, OFFERED, WAITING]
    assert sign_up(shift=shift, member=UserFactory()).state == WAITING


def test_nothing_is_offered_once_the_shift_has_started(time_machine):
    shift, [_], [first] = full_shift()
    time_machine.move_to(shift.starts_at)

    set_capacity(shift=shift, capacity=2, by=UserFactory())

    assert state_of(first) == WAITING


def test_the_database_refuses_more_people_than_places():
    shift = ShiftFactory(capacity=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        Shift.objects.filter(pk=shift.pk).update(places_taken=2)


def test_the_database_refuses_one_person_twice():
    mine = SignUpFactory(state=WITHDRAWN)

    with pytest.raises(IntegrityError), transaction.atomic():
        SignUpFactory(shift=mine.shift, member=mine.member)
