"""The parts of a shift."""

from django.db.models import Count, Prefetch, Q, QuerySet, prefetch_related_objects

from portal.activities.enums import SignUpState
from portal.activities.models import Activity, Position, Shift
from portal.activities.queries.sign_ups import with_queue_lengths


def shifts_with_positions(shifts: QuerySet[Shift]) -> QuerySet[Shift]:
    """Fetch with ``shifts`` their positions, each with ``waiting``, the length of its queue."""
    waiting = Count("sign_ups", filter=Q(sign_ups__state=SignUpState.WAITING))
    return shifts.prefetch_related(Prefetch("positions", queryset=Position.objects.annotate(waiting=waiting)))


def shifts_of(activity: Activity) -> list[Shift]:
    """Return the shifts of ``activity`` with their positions and queues; it holds them itself from then on."""
    shifts = shifts_with_positions(with_queue_lengths(Shift.objects.all()))
    prefetch_related_objects([activity], Prefetch("shifts", queryset=shifts))
    return list(activity.shifts.all())


def position_of(shift: Shift, key: str) -> Position | None:
    """Return the position of ``shift`` with the primary key a form sent, or ``None``."""
    return shift.positions.filter(pk=key).first() if key.isascii() and key.isdigit() else None
