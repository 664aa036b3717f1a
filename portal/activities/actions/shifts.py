"""The spans of time of an activity, and how many places each has."""

from datetime import datetime
from typing import Any

from django.db import transaction

from portal import states
from portal.activities import queries
from portal.activities.actions import changes, drawing, locks, places
from portal.activities.enums import ActivityState, OnSilence
from portal.activities.errors import (
    ActivityCancelledError,
    ActivityIsOverError,
    CapacityBelowTakenError,
    MinimumAboveCapacityError,
    ShiftCalledOffError,
    ShiftHasPositionsError,
    ShiftIsFixedError,
)
from portal.activities.models import Activity, Shift
from portal.members.models import User


@transaction.atomic
def add_shift(
    *, activity: Activity, by: User, starts_at: datetime, ends_at: datetime, capacity: int, **words: Any
) -> Shift:
    """Add a shift; on a published activity it is open for sign-up at once.

    Raises:
        ActivityCancelledError: the activity has been called off.
        ActivityIsOverError: its last shift has ended; another day is another activity.
        DrawTooLateError: it is published, and its lot would fall when the shift has begun.
        django.core.exceptions.ValidationError: it ends before it begins, or has no place.
    """
    activity = locks.lock_activity(activity)
    if activity.is_cancelled:
        raise ActivityCancelledError
    if activity.is_over:
        raise ActivityIsOverError
    shift = Shift(activity=activity, starts_at=starts_at, ends_at=ends_at, capacity=capacity, **words)
    shift.validate_constraints()
    states.save(shift, action="added", by=by)
    _mark_changed(activity)
    if activity.is_published:
        drawing.refuse_late(activity)
    return shift


@transaction.atomic
def edit_shift(
    *,
    shift: Shift,
    by: User,
    starts_at: datetime,
    ends_at: datetime,
    capacity: int,
    minimum: int | None = None,
    reconfirm_by: datetime | None = None,
    on_silence: str = OnSilence.KEEP,
    **words: Any,
) -> Shift:
    """Change a shift. Once it is published, people count on its time, and on whether they sit or stand: what is new
    is told, and everyone asked again.

    ``reconfirm_by`` and ``on_silence`` are as for ``edit_activity``; without a ``minimum`` it stays as it is.

    Raises:
        ActivityCancelledError, ShiftCalledOffError: the activity or the shift has been called off.
        ShiftIsFixedError: it is published and has begun, and the time would change.
        DrawTooLateError: it is published, and its lot would fall when the shift has begun.
        CapacityBelowTakenError: more people than that have a place.
        MinimumAboveCapacityError: more people are needed than there are places.
        ShiftHasPositionsError: the positions say how many, and who sits.
    """
    activity = locks.lock_activity(shift.activity)
    shift = locks.lock_shift(shift)
    if shift.is_called_off:
        raise ShiftCalledOffError
    is_moved, name = (shift.starts_at, shift.ends_at) != (starts_at, ends_at), shift.name
    differences = queries.told_differences(shift, {"starts_at": starts_at, "ends_at": ends_at, **words})
    if is_moved:
        _refuse_fixed(activity, shift)
    shift.starts_at, shift.ends_at = starts_at, ends_at
    for field, value in words.items():
        setattr(shift, field, value)
    _set_places(shift, capacity=capacity, minimum=shift.minimum if minimum is None else minimum, by=by)
    if differences or shift.name != name:
        _mark_changed(activity)
    if is_moved and activity.is_published:
        drawing.refuse_late(activity)
    if differences and activity.is_published:
        changes.announce(
            activity=activity,
            shifts=[shift],
            differences=differences,
            by=by,
            reconfirm_by=reconfirm_by,
            on_silence=on_silence,
        )
    return shift


@transaction.atomic
def set_capacity(*, shift: Shift, capacity: int, by: User) -> Shift:
    """Change how many places there are; new ones go to the head of the queue first.

    Raises:
        ShiftCalledOffError: it does not take place.
        CapacityBelowTakenError: more people than that have a place.
        MinimumAboveCapacityError: more people are needed than there are places.
        ShiftHasPositionsError: the positions say how many.
    """
    shift = locks.lock_shift(shift)
    if shift.is_called_off:
        raise ShiftCalledOffError
    _set_places(shift, capacity=capacity, minimum=shift.minimum, by=by)
    return shift


@transaction.atomic
def remove_shift(*, shift: Shift, by: User) -> None:
    """Take a shift out of a draft.

    Raises:
        ShiftIsFixedError: the activity has been published.
    """
    activity = locks.lock_activity(shift.activity)
    if activity.state != ActivityState.DRAFT:
        raise ShiftIsFixedError
    states.save(activity, action="shift_removed", by=by, data={"starts_at": shift.starts_at.isoformat()})
    shift.delete()


def _mark_changed(activity: Activity) -> None:
    # Calendars are told of the shifts under the number that the activity's last change gives.
    activity.save(update_fields=["updated_at"])


def _refuse_fixed(activity: Activity, shift: Shift) -> None:
    if activity.is_cancelled:
        raise ActivityCancelledError
    if activity.is_published and shift.has_started:
        raise ShiftIsFixedError


def _set_places(shift: Shift, *, capacity: int, minimum: int, by: User) -> None:
    says_itself = bool(shift.posture) or (capacity, minimum) != (shift.capacity, shift.minimum)
    if says_itself and shift.positions.exists():
        raise ShiftHasPositionsError
    if capacity < shift.places_taken:
        raise CapacityBelowTakenError(shift.places_taken)
    if minimum > capacity:
        raise MinimumAboveCapacityError
    before, shift.capacity, shift.minimum = shift.capacity, capacity, minimum
    states.save(shift, action="changed", by=by, data={"capacity": [before, capacity]})
    places.fill(shift)
