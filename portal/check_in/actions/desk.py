"""An organiser ticks, one by one or all at once."""

from collections.abc import Iterable

from django.db import transaction

from portal.activities.actions import record_attendance, undo_attendance, walk_in
from portal.activities.enums import AttendanceState, Road
from portal.activities.models import Attendance, Shift, SignUp
from portal.activities.queries import roster
from portal.members.models import User

UNDO, LEFT = "undo", "left"


def note(*, sign_up: SignUp, by: User, move: str, how: Road = Road.ORGANISER) -> Attendance:
    """Do what one button says: a state, ``left`` (completed, and gone now) or ``undo``.

    Raises:
        AttendanceError, IllegalMoveError: as ``activities.actions`` says.
    """
    if move == UNDO:
        return undo_attendance(sign_up=sign_up, by=by, how=how)
    state = AttendanceState.COMPLETED if move == LEFT else AttendanceState(move)
    return record_attendance(sign_up=sign_up, by=by, state=state, how=how, has_left=move == LEFT)


def everybody_arrived(*, shift: Shift, by: User) -> int:
    """Note everybody who is still expected as arrived; return how many. Oneself is left to somebody else."""
    return _each(_in_state(shift, AttendanceState.EXPECTED), by=by, move=AttendanceState.ARRIVED)


def complete_everybody(*, shift: Shift, by: User) -> int:
    """Complete everybody who has arrived, with their planned minutes; return how many."""
    return _each(_in_state(shift, AttendanceState.ARRIVED), by=by, move=AttendanceState.COMPLETED)


@transaction.atomic
def walk_in_arrived(*, shift: Shift, member: User, by: User) -> Attendance:
    """Give somebody who came without a place a free one, and note that they are there.

    Raises:
        ActivityError: one of its kinds for each reason.
    """
    sign_up = walk_in(shift=shift, member=member, by=by)
    return record_attendance(sign_up=sign_up, by=by, state=AttendanceState.ARRIVED)


def _in_state(shift: Shift, state: AttendanceState) -> list[SignUp]:
    return [sign_up for sign_up in roster(shift) if _state_of(sign_up) == state]


def _state_of(sign_up: SignUp) -> str:
    attendance: Attendance | None = getattr(sign_up, "attendance", None)
    return attendance.state if attendance else AttendanceState.EXPECTED


@transaction.atomic
def _each(sign_ups: Iterable[SignUp], *, by: User, move: str) -> int:
    noted = 0
    for sign_up in sorted(sign_ups, key=lambda sign_up: sign_up.pk):  # one order for all who hold several
        if sign_up.member_id != by.pk:
            note(sign_up=sign_up, by=by, move=move)
            noted += 1
    return noted
