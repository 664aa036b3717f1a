"""Who cannot come finds a stand-in or swaps; the place passes in one step, and nobody is asked twice."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.activities.actions import (
    ask_for_cover,
    ask_more,
    decline_cover,
    end_cover,
    sign_up,
    take_cover,
    withdraw,
)
from portal.activities.enums import Audience, CoverState, Refusal, RuleKind, SignUpState
from portal.activities.errors import ShiftsOverlapError, SignUpError
from portal.activities.models import Activity, EntryRule, SignUp
from tests.factories.activities import PositionFactory, ShiftFactory, SignUpFactory
from tests.factories.members import UserFactory
from tests.factories.report_in import MemberReportInFactory
from tests.portal.activities.logs import logged
from tests.portal.activities.queues import full_shift, state_of

pytestmark = pytest.mark.django_db

CONFIRMED, WAITING, WITHDRAWN = SignUpState.CONFIRMED, SignUpState.WAITING, SignUpState.WITHDRAWN


def asked(request):
    return [ask.member for ask in request.asks.order_by("pk")]


def neighbour(shift):
    return MemberReportInFactory(area=shift.activity.area, accepted=True).person


def test_ask_for_cover_asks_those_who_wait_first_and_tells_the_organiser():
    shift, [holder], [first] = full_shift()
    other = neighbour(shift)

    request = ask_for_cover(sign_up=holder, by=holder.member, reason="临时出差。")

    assert asked(request) == [first.member, other]
    assert shift.activity.created_by.inbox_messages.count() == 1
    assert first.member.inbox_messages.count() == 1
    assert logged(request) == ["activities.coverrequest.open"]
    assert ask_for_cover(sign_up=holder, by=holder.member) == request


def test_ask_for_cover_asks_nobody_who_is_busy_or_asked_too_often(settings):
    mine = SignUpFactory()
    busy = neighbour(mine.shift)
    SignUpFactory(member=busy, shift__starts_at=mine.shift.starts_at)
    free = neighbour(mine.shift)

    request = ask_for_cover(sign_up=mine, by=mine.member)
    assert asked(request) == [free]

    settings.COVER_ASKS_A_WEEK = 1
    other = SignUpFactory(shift__activity__area=mine.shift.activity.area, shift__starts_at=mine.shift.ends_at)
    assert free not in asked(ask_for_cover(sign_up=other, by=other.member))


def test_few_are_asked_at_once_and_nobody_twice(settings):
    settings.COVER_ASKS_AT_ONCE = 1
    mine = SignUpFactory()
    people = [neighbour(mine.shift) for _ in range(3)]
    request = ask_for_cover(sign_up=mine, by=mine.member)
    assert len(asked(request)) == 1

    decline_cover(request=request, by=asked(request)[0])
    decline_cover(request=request, by=asked(request)[0])
    assert ask_more(request=request, by=UserFactory()) == 1
    assert ask_more(request=request, by=UserFactory()) == 0

    assert sorted(person.pk for person in asked(request)) == [person.pk for person in people]


def test_take_cover_passes_the_place_whole():
    shift, [holder], [first] = full_shift()
    request = ask_for_cover(sign_up=holder, by=holder.member)

    taken = take_cover(request=request, by=first.member)

    shift.refresh_from_db()
    request.refresh_from_db()
    assert (taken.pk, state_of(first), state_of(holder), shift.places_taken) == (first.pk, CONFIRMED, WITHDRAWN, 1)
    assert (request.state, request.taken_by) == (CoverState.TAKEN, first.member)
    assert holder.member.inbox_messages.count() == 1
    people = reverse("activities:people", args=[shift.activity.code])
    assert [one.url for one in shift.activity.created_by.inbox_messages.all()] == [people, people]


def test_take_cover_is_open_after_sign_up_has_closed():
    mine = SignUpFactory()
    heir = neighbour(mine.shift)
    request = ask_for_cover(sign_up=mine, by=mine.member)
    Activity.objects.update(sign_up_closes_at=timezone.now() - timedelta(hours=1))

    take_cover(request=request, by=heir)

    assert SignUp.objects.get(member=heir).state == CONFIRMED


def test_take_cover_is_for_one_only():
    mine = SignUpFactory()
    first, second = neighbour(mine.shift), neighbour(mine.shift)
    request = ask_for_cover(sign_up=mine, by=mine.member)
    take_cover(request=request, by=first)

    with pytest.raises(SignUpError):
        take_cover(request=request, by=second)


def test_a_stand_in_keeps_the_position():
    position = PositionFactory()
    mine = SignUpFactory(shift=position.shift, position=position)
    helper = neighbour(mine.shift)

    taken = take_cover(request=ask_for_cover(sign_up=mine, by=mine.member), by=helper)

    position.refresh_from_db()
    assert (taken.position, position.places_taken) == (position, 1)


def test_end_cover_keeps_the_place():
    mine = SignUpFactory()
    request = ask_for_cover(sign_up=mine, by=mine.member)

    for _ in range(2):
        end_cover(request=request, by=mine.member)

    request.refresh_from_db()
    assert (request.state, state_of(mine)) == (CoverState.ENDED, CONFIRMED)


@pytest.fixture
def pair():
    """Two people on two shifts of one activity, and the first asks to swap."""
    morning = ShiftFactory(capacity=1)
    evening = ShiftFactory(activity=morning.activity, capacity=1, starts_at=morning.ends_at + timedelta(hours=4))
    one, other = SignUpFactory(shift=morning), SignUpFactory(shift=evening)
    return one, other, ask_for_cover(sign_up=one, by=one.member, wanted=evening)


def test_swap_exchanges_the_places_in_one_step(pair):
    one, other, request = pair
    assert asked(request) == [other.member]

    mine = take_cover(request=request, by=other.member)

    for shift in (one.shift, other.shift):
        shift.refresh_from_db()
        assert shift.places_taken == 1
    assert (mine.shift, mine.member, mine.state) == (one.shift, other.member, CONFIRMED)
    assert sign_up(shift=other.shift, member=one.member).state == CONFIRMED
    assert [state_of(one), state_of(other)] == [WITHDRAWN, WITHDRAWN]


def test_swap_asks_again_whether_both_have_time(pair):
    one, other, request = pair
    SignUpFactory(member=one.member, shift__starts_at=other.shift.starts_at)

    with pytest.raises(ShiftsOverlapError):
        take_cover(request=request, by=other.member)
    assert [state_of(one), state_of(other)] == [CONFIRMED, CONFIRMED]


def test_a_swap_for_what_one_could_not_take_asks_nobody(pair):
    one, other, request = pair
    end_cover(request=request, by=one.member)
    SignUpFactory(member=one.member, shift__starts_at=other.shift.starts_at)
    with pytest.raises(ShiftsOverlapError):
        ask_for_cover(sign_up=one, by=one.member, wanted=other.shift)

    both = SignUpFactory(member=other.member, shift=ShiftFactory(activity=one.shift.activity))
    with pytest.raises(SignUpError) as refused:
        ask_for_cover(sign_up=both, by=other.member, wanted=other.shift)
    assert refused.value.reason == Refusal.COMES_ALREADY
    assert other.member.inbox_messages.count() == 1


def test_nobody_is_asked_to_swap_for_the_shift_they_are_on():
    morning = ShiftFactory()
    evening = ShiftFactory(activity=morning.activity, starts_at=morning.ends_at)
    mine, there = SignUpFactory(shift=morning), SignUpFactory(shift=evening)
    on_both = SignUpFactory(shift=morning)
    SignUpFactory(shift=evening, member=on_both.member)

    assert asked(ask_for_cover(sign_up=mine, by=mine.member, wanted=evening)) == [there.member]


def test_who_waits_for_the_shift_is_asked_to_swap_for_it(pair):
    one, other, request = pair
    end_cover(request=request, by=one.member)
    waiting = SignUpFactory(shift=one.shift, member=other.member, waiting=True)

    request = ask_for_cover(sign_up=one, by=one.member, wanted=other.shift)

    assert asked(request) == [other.member]
    assert take_cover(request=request, by=other.member) == waiting
    assert [state_of(waiting), state_of(other)] == [CONFIRMED, WITHDRAWN]


def test_swap_is_refused_once_the_other_has_left(pair):
    one, other, request = pair
    withdraw(sign_up=other, by=other.member)

    with pytest.raises(SignUpError):
        take_cover(request=request, by=other.member)
    assert state_of(one) == CONFIRMED


def test_ask_for_cover_is_open_after_the_withdraw_deadline():
    mine = SignUpFactory(shift__starts_at=timezone.now() + timedelta(minutes=30))

    assert ask_for_cover(sign_up=mine, by=mine.member).is_open


def test_nobody_is_looked_for_once_the_place_is_gone():
    mine = SignUpFactory()
    request = ask_for_cover(sign_up=mine, by=mine.member)
    neighbour(mine.shift)

    withdraw(sign_up=mine, by=mine.member)

    request.refresh_from_db()
    assert request.state == CoverState.ENDED
    assert ask_more(request=request, by=UserFactory()) == 0
    again = ask_for_cover(sign_up=sign_up(shift=mine.shift, member=mine.member), by=mine.member)
    assert again != request


def test_those_it_is_not_for_are_not_even_asked():
    mine = SignUpFactory(shift__activity__audience=Audience.LISTED)
    stranger, fitting = neighbour(mine.shift), neighbour(mine.shift)
    unit = fitting.home_memberships.get().unit
    EntryRule.objects.create(activity=mine.shift.activity, kind=RuleKind.UNIT, unit=unit)

    request = ask_for_cover(sign_up=mine, by=mine.member)

    assert asked(request) == [fitting]
    assert not stranger.inbox_messages.exists()
