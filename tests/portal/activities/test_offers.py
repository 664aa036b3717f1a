"""A freed place goes to the head of the queue, who answers, or lets it pass."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.activities.actions import accept_offer, cancel, decline_offer, lapse_offers, set_capacity, sign_up, withdraw
from portal.activities.enums import SignUpState
from portal.activities.errors import ActivityCancelledError, OfferHasLapsedError
from tests.factories.activities import SignUpFactory
from tests.factories.members import UserFactory
from tests.portal.activities.logs import logged
from tests.portal.activities.queues import full_shift, state_of

pytestmark = pytest.mark.django_db

CONFIRMED, WAITING, OFFERED = SignUpState.CONFIRMED, SignUpState.WAITING, SignUpState.OFFERED
WITHDRAWN, LAPSED = SignUpState.WITHDRAWN, SignUpState.LAPSED


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


def test_an_offer_does_not_lapse_once_the_activity_is_called_off():
    shift, [holder], [first] = full_shift()
    withdraw(sign_up=holder, by=holder.member)
    first.refresh_from_db()
    cancel(activity=shift.activity, by=shift.activity.created_by, reason="台风")
    told = first.member.inbox_messages.count()

    assert lapse_offers(now=first.offered_until) == 0
    assert (state_of(first), first.member.inbox_messages.count()) == (OFFERED, told)


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
