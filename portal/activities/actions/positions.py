"""What people do in a shift, and how many places each part has."""

from typing import Any

from django.db import transaction

from portal import states
from portal.activities.actions import locks, places
from portal.activities.errors import CapacityBelowTakenError, PositionInUseError, ShiftHasSignUpsError
from portal.activities.models import Position, Shift, SignUp
from portal.members.models import User


@transaction.atomic
def add_position(*, shift: Shift, by: User, **fields: Any) -> Position:
    """Add a position to ``shift``; from the first one on, the shift counts the sums of its positions.

    Raises:
        ShiftHasSignUpsError: people have signed up for the shift as a whole.
    """
    shift = locks.lock_shift(shift)
    if shift.sign_ups.filter(position__isnull=True).exists():
        raise ShiftHasSignUpsError
    position = Position(shift=shift, **fields)
    states.save(position, action="added", by=by)
    _sum(shift, by=by)
    return position


@transaction.atomic
def edit_position(*, position: Position, by: User, **fields: Any) -> Position:
    """Change a position; new places go to the head of its queue first.

    Raises:
        CapacityBelowTakenError: more people than that have a place.
    """
    shift = locks.lock_shift(position.shift)
    position = Position.objects.get(pk=position.pk)
    changed = {name: value for name, value in fields.items() if getattr(position, name) != value}
    if changed.get("capacity", position.places_taken) < position.places_taken:
        raise CapacityBelowTakenError(position.places_taken)
    before = position.capacity
    for name, value in changed.items():
        setattr(position, name, value)
    if changed:
        data = {"fields": sorted(changed), "capacity": [before, position.capacity]}
        states.save(position, action="changed", by=by, data=data)
        _sum(shift, by=by)
        places.fill(shift)
    return position


@transaction.atomic
def remove_position(*, position: Position, by: User) -> None:
    """Take a position out of its shift, which keeps its number of places where it was the last.

    Raises:
        PositionInUseError: somebody has signed up for it.
    """
    shift = locks.lock_shift(position.shift)
    if SignUp.objects.filter(position=position).exists():
        raise PositionInUseError
    position.delete()
    states.save(shift, action="position_removed", by=by, data={"name": position.name})
    _sum(shift, by=by)


def _sum(shift: Shift, *, by: User) -> None:
    capacity = sum(shift.positions.values_list("capacity", flat=True))
    if capacity and capacity != shift.capacity:
        before, shift.capacity = shift.capacity, capacity
        states.save(shift, action="changed", by=by, data={"capacity": [before, capacity]})
