"""The parts of a shift."""

from django.db.models import Count, Prefetch, Q, QuerySet

from portal.activities.enums import SignUpState
from portal.activities.models import Position, Shift


def shifts_with_positions(shifts: QuerySet[Shift]) -> QuerySet[Shift]:
    """Fetch with ``shifts`` their positions, each with ``waiting``, the length of its queue."""
    waiting = Count("sign_ups", filter=Q(sign_ups__state=SignUpState.WAITING))
    return shifts.prefetch_related(Prefetch("positions", queryset=Position.objects.annotate(waiting=waiting)))


def position_of(shift: Shift, key: str) -> Position | None:
    """Return the position of ``shift`` with the primary key a form sent, or ``None``."""
    return shift.positions.filter(pk=key).first() if key.isascii() and key.isdigit() else None
