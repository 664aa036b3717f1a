"""What people do in a shift, and how many places each part has."""

from datetime import datetime
from typing import Any

from django.db import transaction

from portal import states
from portal.activities import queries
from portal.activities.actions import changes, locks, places
from portal.activities.actions.series import make_own
from portal.activities.enums import OnSilence
from portal.activities.errors import (
    ActivityCancelledError,
    CapacityBelowTakenError,
    MinimumAboveCapacityError,
    PositionInUseError,
    PositionNamedTwiceError,
    ShiftCalledOffError,
    ShiftHasSignUpsError,
    ShiftIsFixedError,
)
from portal.activities.models import GroupPlaces, Position, Shift, SignUp
from portal.members.models import User


@transaction.atomic
def add_position(*, shift: Shift, by: User, is_alone: bool = True, **fields: Any) -> Position:
    """Add a position to ``shift``; from the first one on, the shift counts the sums of its positions and leaves
    the posture to them.

    In a series it ``is_alone`` unless the same is done to the other dates.

    Raises:
        ActivityCancelledError, ShiftIsFixedError: the activity has been called off, or the shift has ended.
        ShiftHasSignUpsError: people have signed up for the shift as a whole, or a unit holds places on it.
        PositionNamedTwiceError: the shift has one of this name.
        MinimumAboveCapacityError: more people are needed than there are places.
    """
    shift = _lock_open(shift, by=by, is_alone=is_alone)
    whole = {"shift": shift, "position__isnull": True}
    if SignUp.objects.filter(**whole).exists() or GroupPlaces.objects.filter(**whole).exists():
        raise ShiftHasSignUpsError
    position = Position(shift=shift, order=shift.positions.count(), **fields)
    _refuse_unless_sound(position)
    states.save(position, action="added", by=by)
    _sum(shift, by=by)
    return position


@transaction.atomic
def edit_position(
    *,
    position: Position,
    by: User,
    is_alone: bool = True,
    reconfirm_by: datetime | None = None,
    on_silence: str = OnSilence.KEEP,
    **fields: Any,
) -> Position:
    """Change a position; new places go to the head of its queue first.

    What one does there, must know, or whether one sits: those signed up for it are told, and asked again as by
    ``edit_activity``.

    Raises:
        ActivityCancelledError, ShiftIsFixedError, PositionNamedTwiceError, MinimumAboveCapacityError: as for a new one.
        CapacityBelowTakenError: more people than that have a place.
    """
    shift = _lock_open(position.shift, by=by, is_alone=is_alone)
    position = Position.objects.get(pk=position.pk)
    position.shift = shift
    changed = {name: value for name, value in fields.items() if getattr(position, name) != value}
    material = queries.material_fields_of_position(position, changed)
    differences = queries.text_differences(position, {name: changed[name] for name in material})
    if changed.get("capacity", position.places_taken) < position.places_taken:
        raise CapacityBelowTakenError(position.places_taken)
    before = position.capacity
    for name, value in changed.items():
        setattr(position, name, value)
    if changed:
        _refuse_unless_sound(position)
        data = {"fields": sorted(changed), "capacity": [before, position.capacity]}
        states.save(position, action="changed", by=by, data=data)
        _sum(shift, by=by)
        places.fill(shift)
    if differences:
        changes.announce(
            activity=shift.activity,
            shifts=[shift],
            differences=differences,
            by=by,
            reconfirm_by=reconfirm_by,
            on_silence=on_silence,
            position=position,
        )
    return position


@transaction.atomic
def remove_position(*, position: Position, by: User, is_alone: bool = True) -> None:
    """Take a position out of its shift, which keeps its number of places where it was the last.

    Raises:
        ActivityCancelledError, ShiftIsFixedError: as for a new one.
        PositionInUseError: somebody has signed up for it, or a unit has held places on it.
    """
    shift = _lock_open(position.shift, by=by, is_alone=is_alone)
    used = {"position": position}
    if SignUp.objects.filter(**used).exists() or GroupPlaces.objects.filter(**used).exists():
        raise PositionInUseError
    position.delete()
    states.save(shift, action="position_removed", by=by, data={"name": position.name})
    _sum(shift, by=by)


def _lock_open(shift: Shift, *, by: User, is_alone: bool) -> Shift:
    """Return ``shift`` locked; its date in a series is its own from now on, where it ``is_alone`` in this."""
    activity = locks.lock_activity(shift.activity)
    shift = locks.lock_shift(shift)
    if activity.is_cancelled:
        raise ActivityCancelledError
    if shift.is_called_off:
        raise ShiftCalledOffError
    if shift.has_ended:
        raise ShiftIsFixedError
    if is_alone and activity.series_id is not None:
        make_own(activity, by=by)
    return shift


def _refuse_unless_sound(position: Position) -> None:
    if position.minimum > position.capacity:
        raise MinimumAboveCapacityError
    same = Position.objects.filter(shift=position.shift_id, name=position.name)
    if same.exclude(pk=position.pk).exists():
        raise PositionNamedTwiceError


def _sum(shift: Shift, *, by: User) -> None:
    rows = list(shift.positions.values_list("capacity", "minimum"))
    capacity, minimum = (sum(numbers) for numbers in zip(*rows, strict=True)) if rows else (0, 0)
    if rows and (capacity, minimum, "") != (shift.capacity, shift.minimum, shift.posture):
        before, shift.capacity, shift.minimum, shift.posture = shift.capacity, capacity, minimum, ""
        states.save(shift, action="changed", by=by, data={"capacity": [before, capacity]})
