"""A shift of several positions counts their sums, and each has its own places and its own queue."""

import pytest
from django.db import IntegrityError, transaction

from portal.activities import queries
from portal.activities.actions import (
    add_position,
    edit_position,
    edit_shift,
    remove_position,
    set_capacity,
    sign_up,
    start_series,
    withdraw,
)
from portal.activities.enums import Frequency, Posture, Refusal, SignUpState
from portal.activities.errors import (
    ActivityCancelledError,
    CapacityBelowTakenError,
    MinimumAboveCapacityError,
    PositionInUseError,
    PositionNamedTwiceError,
    ShiftHasPositionsError,
    ShiftHasSignUpsError,
    ShiftIsFixedError,
    SignUpError,
)
from portal.activities.models import Position
from portal.activities.recurring import Recurrence
from portal.members.enums import Skill
from tests.factories.activities import GroupPlacesFactory, PositionFactory, ShiftFactory, SignUpFactory
from tests.factories.members import ProfileFactory, UserFactory
from tests.portal.activities.logs import logged
from tests.portal.activities.queues import place_of, state_of

pytestmark = pytest.mark.django_db

CONFIRMED, WAITING, OFFERED = SignUpState.CONFIRMED, SignUpState.WAITING, SignUpState.OFFERED


def test_add_position_makes_the_shift_count_the_sums():
    shift = ShiftFactory(capacity=10)

    desk = add_position(shift=shift, by=UserFactory(), name="签到台", capacity=2, minimum=1)
    add_position(shift=shift, by=UserFactory(), name="搬运", capacity=5)

    shift.refresh_from_db()
    assert (shift.capacity, shift.minimum) == (7, 1)
    assert logged(desk) == ["activities.position.added"]


def test_where_there_are_positions_they_say_who_sits():
    shift = ShiftFactory(posture=Posture.SEATED)

    desk = add_position(shift=shift, by=UserFactory(), name="签到台", capacity=2)

    shift.refresh_from_db()
    assert shift.posture == ""
    times = {"starts_at": shift.starts_at, "ends_at": shift.ends_at, "capacity": 2}
    with pytest.raises(ShiftHasPositionsError):
        edit_shift(shift=desk.shift, by=UserFactory(), posture=Posture.STANDING, **times)


def test_add_position_is_refused_once_people_signed_up_for_the_whole():
    mine = SignUpFactory()

    with pytest.raises(ShiftHasSignUpsError):
        add_position(shift=mine.shift, by=UserFactory(), name="签到台", capacity=2)


def test_a_position_is_refused_where_a_unit_holds_places_on_the_whole():
    held = GroupPlacesFactory()

    with pytest.raises(ShiftHasSignUpsError):
        add_position(shift=held.shift, by=UserFactory(), name="签到台", capacity=2)


def test_a_unit_that_held_places_keeps_the_position():
    desk = PositionFactory()
    GroupPlacesFactory(shift=desk.shift, position=desk)

    with pytest.raises(PositionInUseError):
        remove_position(position=desk, by=UserFactory())


def test_two_positions_of_a_shift_have_two_names():
    desk = PositionFactory(name="签到台")
    other = PositionFactory(shift=desk.shift, name="搬运")

    with pytest.raises(PositionNamedTwiceError):
        add_position(shift=desk.shift, by=UserFactory(), name="签到台", capacity=2)
    with pytest.raises(PositionNamedTwiceError):
        edit_position(position=other, by=UserFactory(), name="签到台")


def test_a_position_needs_no_more_people_than_it_has_places_for():
    desk = PositionFactory(capacity=3, minimum=2)

    with pytest.raises(MinimumAboveCapacityError):
        edit_position(position=desk, by=UserFactory(), capacity=1)
    with pytest.raises(MinimumAboveCapacityError):
        add_position(shift=desk.shift, by=UserFactory(), name="搬运", capacity=1, minimum=2)


def test_what_is_over_or_called_off_keeps_its_positions():
    over = PositionFactory(shift=ShiftFactory(past=True))
    cancelled = PositionFactory(shift__activity__cancelled=True)

    for position, refusal in ((over, ShiftIsFixedError), (cancelled, ActivityCancelledError)):
        with pytest.raises(refusal):
            edit_position(position=position, by=UserFactory(), capacity=9)


def test_a_date_of_a_series_with_a_position_of_its_own_is_its_own():
    shift = ShiftFactory(activity__draft=True)
    by = UserFactory()
    start_series(activity=shift.activity, by=by, rule=Recurrence(shift.starts_at.date(), Frequency.WEEKLY, count=2))

    add_position(shift=shift, by=by, name="签到台", capacity=2)

    shift.activity.refresh_from_db()
    assert shift.activity.is_own


def test_sign_up_needs_a_position_of_this_shift():
    shift = PositionFactory().shift

    for wrong in (None, PositionFactory()):
        with pytest.raises(SignUpError) as refusal:
            sign_up(shift=shift, member=UserFactory(), position=wrong)
        assert refusal.value.reason == Refusal.POSITION_NEEDED


def test_each_position_has_its_own_places_and_queue():
    desk = PositionFactory(capacity=1)
    carry = PositionFactory(shift=desk.shift, capacity=2)

    first = sign_up(shift=desk.shift, member=UserFactory(), position=desk)
    second = sign_up(shift=desk.shift, member=UserFactory(), position=desk)
    other = sign_up(shift=desk.shift, member=UserFactory(), position=carry)

    desk.refresh_from_db()
    desk.shift.refresh_from_db()
    assert [first.state, second.state, other.state] == [CONFIRMED, WAITING, CONFIRMED]
    assert (desk.places_taken, desk.shift.places_taken) == (1, 2)
    withdraw(sign_up=other, by=other.member)
    assert state_of(second) == WAITING
    withdraw(sign_up=first, by=first.member)
    assert state_of(second) == OFFERED


def test_the_place_in_the_queue_is_counted_within_the_position():
    desk = PositionFactory(capacity=1)
    carry = PositionFactory(shift=desk.shift, capacity=1)
    for position in (desk, carry):
        sign_up(shift=desk.shift, member=UserFactory(), position=position)
    sign_up(shift=desk.shift, member=UserFactory(), position=desk)

    mine = sign_up(shift=desk.shift, member=UserFactory(), position=carry)

    assert place_of(mine) == 1
    assert queries.sign_ups_on(desk.shift.activity, member=mine.member).get().queue_place == 1


def test_edit_position_gives_new_places_to_its_queue():
    desk = PositionFactory(capacity=1)
    sign_up(shift=desk.shift, member=UserFactory(), position=desk)
    heir = sign_up(shift=desk.shift, member=UserFactory(), position=desk)

    edit_position(position=desk, by=UserFactory(), capacity=2)

    desk.shift.refresh_from_db()
    assert (state_of(heir), desk.shift.capacity, desk.shift.places_taken) == (OFFERED, 2, 2)
    assert logged(desk) == ["activities.position.changed"]


def test_edit_position_is_refused_below_what_is_taken():
    desk = PositionFactory(capacity=2)
    for _ in range(2):
        sign_up(shift=desk.shift, member=UserFactory(), position=desk)

    with pytest.raises(CapacityBelowTakenError):
        edit_position(position=desk, by=UserFactory(), capacity=1)


def test_remove_position_takes_its_places_out_of_the_sum():
    desk = PositionFactory(capacity=2)
    carry = PositionFactory(shift=desk.shift, capacity=3)

    remove_position(position=carry, by=UserFactory())

    desk.shift.refresh_from_db()
    assert desk.shift.capacity == 2
    assert logged(desk.shift) == ["activities.shift.position_removed", "activities.shift.changed"]


def test_remove_position_is_refused_once_somebody_signed_up():
    desk = PositionFactory()
    sign_up(shift=desk.shift, member=UserFactory(), position=desk)

    with pytest.raises(PositionInUseError):
        remove_position(position=desk, by=UserFactory())


def test_set_capacity_is_refused_where_positions_say_how_many():
    desk = PositionFactory()

    with pytest.raises(ShiftHasPositionsError):
        set_capacity(shift=desk.shift, capacity=20, by=UserFactory())


def test_the_database_refuses_more_in_a_position_than_it_has():
    desk = PositionFactory(capacity=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        Position.objects.filter(pk=desk.pk).update(places_taken=2)


def test_a_position_that_needs_a_skill_is_for_those_who_have_it_or_by_exception():
    position = PositionFactory(skill=Skill.LAW)
    able = ProfileFactory()
    able.known_skills.create(skill=Skill.LAW)

    assert sign_up(shift=position.shift, member=able.person, position=position).state == CONFIRMED
    with pytest.raises(SignUpError) as refused:
        sign_up(shift=position.shift, member=UserFactory(), position=position)
    assert refused.value.reason == Refusal.SKILL
    assert str(Skill.LAW.label) in refused.value.message
    by_exception = sign_up(
        shift=position.shift, member=UserFactory(), position=position, by=UserFactory(), override_reason="正在学。"
    )
    assert by_exception.state == CONFIRMED
