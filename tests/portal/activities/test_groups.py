"""A unit holds places; naming somebody leaves the sum as it is, and what is not named in time is free."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.activities import queries
from portal.activities.actions import (
    hold_places,
    lapse_groups,
    name_member,
    release_places,
    set_capacity,
    sign_up,
    withdraw,
)
from portal.activities.enums import Audience, Refusal, RuleKind, SignUpMode, SignUpState
from portal.activities.errors import SignUpError
from portal.activities.models import EntryRule
from portal.organisations.actions import end_unit
from tests.factories.activities import PositionFactory, ShiftFactory
from tests.factories.members import HomeMembershipFactory, UserFactory
from tests.factories.organisations import PostFactory, UnitFactory
from tests.portal.activities.logs import logged
from tests.portal.activities.queues import full_shift, state_of

pytestmark = pytest.mark.django_db


def hold(shift, held=2, **fields):
    fields.setdefault("unit", UnitFactory())
    return hold_places(
        shift=shift, by=UserFactory(), held=held, name_until=timezone.now() + timedelta(days=1), **fields
    )


def colleague(group):
    return HomeMembershipFactory(unit=group.unit).person


def taken(shift):
    shift.refresh_from_db()
    return shift.places_taken


def test_hold_places_counts_them_at_once():
    shift = ShiftFactory(capacity=3)

    group = hold(shift)

    assert taken(shift) == 2
    assert logged(group) == ["activities.groupplaces.held"]


def test_hold_places_in_a_position_counts_there_too():
    position = PositionFactory(capacity=3)

    hold(position.shift, position=position)

    position.refresh_from_db()
    assert (position.places_taken, taken(position.shift)) == (2, 2)


def test_hold_places_never_overtakes_those_who_wait():
    shift, _holders, _waiting = full_shift(waiting=2)
    set_capacity(shift=shift, capacity=3, by=UserFactory())  # offered to both, none left

    with pytest.raises(SignUpError) as refused:
        hold(shift, held=1)
    assert refused.value.reason == Refusal.GROUP_TOO_LARGE


def test_hold_places_never_names_later_than_the_start():
    shift = ShiftFactory()

    group = hold_places(
        shift=shift, unit=UnitFactory(), by=UserFactory(), held=1, name_until=shift.starts_at + timedelta(days=1)
    )

    assert group.name_until == shift.starts_at


def test_name_member_keeps_the_sum_and_tells():
    shift = ShiftFactory(capacity=3)
    group = hold(shift)
    member = colleague(group)

    for _ in range(2):
        mine = name_member(group=group, member=member, by=UserFactory())

    group.refresh_from_db()
    assert (mine.state, group.named, taken(shift)) == (SignUpState.CONFIRMED, 1, 2)
    assert member.inbox_messages.count() == 1


def test_a_named_member_who_withdraws_gives_the_place_back_to_the_unit():
    shift = ShiftFactory(capacity=3)
    group = hold(shift)
    mine = name_member(group=group, member=colleague(group), by=UserFactory())

    withdraw(sign_up=mine, by=mine.member)

    group.refresh_from_db()
    assert (group.named, group.unnamed, taken(shift)) == (0, 2, 2)


def test_release_places_gives_the_unnamed_to_the_queue():
    shift = ShiftFactory(capacity=2)
    group = hold(shift)
    mine = name_member(group=group, member=colleague(group), by=UserFactory())
    heir = sign_up(shift=shift, member=UserFactory())

    for _ in range(2):
        release_places(group=group, by=UserFactory())

    assert (state_of(heir), state_of(mine), taken(shift)) == (SignUpState.OFFERED, SignUpState.CONFIRMED, 2)
    withdraw(sign_up=mine, by=mine.member)
    assert taken(shift) == 1


def test_lapse_groups_releases_at_the_deadline_and_not_before():
    shift = ShiftFactory(capacity=2)
    group = hold(shift)

    assert lapse_groups(now=group.name_until - timedelta(seconds=1)) == 0
    assert lapse_groups(now=group.name_until) == 1
    assert lapse_groups(now=group.name_until) == 0
    assert taken(shift) == 0
    assert logged(group)[-1] == "activities.groupplaces.released"


def test_naming_somebody_who_waits_takes_them_out_of_the_queue():
    shift = ShiftFactory(capacity=1)
    group = hold(shift, held=1)
    mine = sign_up(shift=shift, member=colleague(group))
    assert mine.state == SignUpState.WAITING

    name_member(group=group, member=mine.member, by=UserFactory())

    assert (state_of(mine), taken(shift)) == (SignUpState.CONFIRMED, 1)


def test_naming_the_head_who_needed_too_many_lets_the_next_in():
    shift = ShiftFactory(capacity=3, activity__companions_limit=2)
    group = hold(shift, held=2)
    head = sign_up(shift=shift, member=colleague(group), companions=1)
    behind = sign_up(shift=shift, member=UserFactory())

    name_member(group=group, member=head.member, by=UserFactory())

    assert [state_of(head), state_of(behind)] == [SignUpState.CONFIRMED, SignUpState.OFFERED]


def test_a_contact_is_offered_what_they_are_shown_and_nothing_listed():
    shown, listed = ShiftFactory(), ShiftFactory(activity__audience=Audience.LISTED)
    asked_in = ShiftFactory(activity__mode=SignUpMode.INVITED)

    offered = list(queries.shifts_to_hold(PostFactory(unit_contact=True).person))

    assert shown in offered
    assert listed not in offered
    assert asked_in not in offered


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"activity__mode": SignUpMode.INVITED}, Refusal.NOT_INVITED),
        ({"activity__mode": SignUpMode.ON_REQUEST}, Refusal.NOT_INVITED),
        ({"activity__sign_up_closes_at": timezone.now() - timedelta(hours=1)}, Refusal.CLOSED),
    ],
)
def test_a_unit_holds_nothing_where_nobody_may_sign_up_at_once(fields, reason):
    with pytest.raises(SignUpError) as refused:
        hold(ShiftFactory(**fields))
    assert refused.value.reason == reason


def test_a_unit_names_nobody_the_activity_is_not_for_and_goes_on_after_sign_up_closed():
    shift = ShiftFactory()
    group = hold(shift)
    shift.activity.sign_up_closes_at = timezone.now()
    shift.activity.save()
    assert name_member(group=group, member=colleague(group), by=UserFactory()).state == SignUpState.CONFIRMED

    EntryRule.objects.create(activity=shift.activity, kind=RuleKind.UNIT, unit=UnitFactory())
    with pytest.raises(SignUpError) as refused:
        name_member(group=group, member=colleague(group), by=UserFactory())
    assert refused.value.reason == Refusal.AUDIENCE


def test_a_unit_that_ends_gives_back_the_places_it_holds():
    first, second = ShiftFactory(capacity=3), ShiftFactory(capacity=3)
    group, kept = hold(first), hold(second)
    hold(second, held=1, unit=group.unit)

    end_unit(unit=group.unit, by=None)

    assert (taken(first), taken(second)) == (0, 2)
    group.refresh_from_db()
    kept.refresh_from_db()
    assert (group.is_open, kept.is_open) == (False, True)


def test_until_a_later_day_the_unit_keeps_its_places():
    shift = ShiftFactory(capacity=3)

    end_unit(unit=hold(shift).unit, by=None, on=timezone.localdate() + timedelta(days=3))

    assert taken(shift) == 2
