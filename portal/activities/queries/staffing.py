"""Where people will be missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from portal.activities.models import Position, Shift

SOON = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class Gap:
    """A shift, or one position of it, that lacks people: below its minimum, or soon and not half full."""

    shift: Shift
    position: Position | None
    missing: int
    is_below_minimum: bool


def gaps(shifts: Iterable[Shift]) -> list[Gap]:
    """Return the gaps in those of ``shifts`` still to come, soonest first; their positions are to be prefetched."""
    now = timezone.now()
    ahead = sorted(
        (shift for shift in shifts if shift.starts_at > now and not shift.is_called_off),
        key=lambda shift: shift.starts_at,
    )
    return [gap for shift in ahead for gap in _gaps_of(shift, is_soon=shift.starts_at <= now + SOON)]


def _gaps_of(shift: Shift, *, is_soon: bool) -> list[Gap]:
    parts: list[Shift | Position] = list(shift.positions.all()) or [shift]
    found = []
    for part in parts:
        position = part if isinstance(part, Position) else None
        if part.places_taken < part.minimum:
            found.append(Gap(shift, position, part.minimum - part.places_taken, is_below_minimum=True))
        elif not part.minimum and is_soon and part.places_taken * 2 < part.capacity:
            found.append(Gap(shift, position, part.capacity - part.places_taken, is_below_minimum=False))
    return found
