"""What to do when devices that could not hear each other say what they saw. Pure: nothing is read or written here.

Noting more about somebody (arrived, then completed; absent, then excused) agrees with what was noted before, in either
order. Taking back takes back what the device itself said, and only where nobody else says it too. Whatever else
differs is a conflict, which a person decides.
"""

from collections.abc import Collection

from portal.activities.enums import AttendanceState
from portal.check_in.enums import EventState

FURTHER: dict[str, frozenset[str]] = {
    AttendanceState.EXPECTED: frozenset(
        {AttendanceState.ARRIVED, AttendanceState.COMPLETED, AttendanceState.ABSENT, AttendanceState.EXCUSED}
    ),
    AttendanceState.ARRIVED: frozenset({AttendanceState.COMPLETED}),
    AttendanceState.ABSENT: frozenset({AttendanceState.EXCUSED}),
}


def is_further(state: str, than: str) -> bool:
    """Return whether ``state`` says more of the same than ``than`` does."""
    return state in FURTHER.get(than, frozenset())


def takes_back(*, seen: str, wanted: str) -> bool:
    """Return whether somebody who saw ``seen`` and tapped ``wanted`` takes a step back."""
    return is_further(seen, wanted)


def decide(*, current: str, seen: str, wanted: str, others: Collection[str]) -> EventState:
    """Return what becomes of a tap: APPLIED, AGREED or CONFLICT.

    ``current`` is the state on the server, ``seen`` what the device showed when it was tapped, ``others`` what other
    devices last said of the same person.
    """
    if wanted == current:
        return EventState.AGREED
    if takes_back(seen=seen, wanted=wanted):
        is_said_by_others = any(is_further(other, wanted) and _goes_with(other, current) for other in others)
        return EventState.CONFLICT if current != seen or is_said_by_others else EventState.APPLIED
    if is_further(wanted, current):
        return EventState.APPLIED
    return EventState.AGREED if is_further(current, wanted) else EventState.CONFLICT


def _goes_with(one: str, other: str) -> bool:
    return one == other or is_further(one, other) or is_further(other, one)
