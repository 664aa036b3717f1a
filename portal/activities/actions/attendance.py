"""Who came, and for how long."""

from django.db import transaction
from django.utils import timezone

from portal import states
from portal.activities.actions import locks
from portal.activities.enums import ATTENDANCE_TRANSITIONS, NEEDS_THE_START, AttendanceState, SignUpState
from portal.activities.errors import (
    AttendanceClosedError,
    AttendanceNotOpenError,
    MinutesMissingError,
    NotCompletedError,
    NotSignedUpError,
    OwnAttendanceError,
    ShiftNotStartedError,
)
from portal.activities.models import Attendance, Shift, SignUp
from portal.members.models import User

LONGEST = 24 * 60


@transaction.atomic
def record_attendance(
    *, sign_up: SignUp, by: User, state: AttendanceState | str, minutes: int | None = None
) -> Attendance:
    """Note whether someone came, and for how many minutes (their planned time unless told otherwise).

    Idempotent. Going back to EXPECTED undoes what was noted. Locks the sign-up.

    Raises:
        AttendanceError: one of its kinds for each reason.
        IllegalMoveError: the table has no such move.
    """
    sign_up = locks.lock_sign_up(sign_up)
    attendance = Attendance.objects.filter(sign_up=sign_up).first() or Attendance(sign_up=sign_up)
    minutes = _minutes(sign_up, state=AttendanceState(state), minutes=minutes)
    if (attendance.state, attendance.minutes) == (state, minutes):
        return attendance
    _refuse_unless_open(attendance, by=by)
    _refuse_too_early(sign_up.shift, state=AttendanceState(state))
    before = attendance.minutes
    attendance.minutes, attendance.recorded_by, attendance.recorded_at = minutes, by, timezone.now()
    if attendance.state == state:
        states.save(attendance, action="corrected", by=by, data={"minutes": [before, minutes]})
    else:
        _move(attendance, to=AttendanceState(state), by=by)
    return attendance


@transaction.atomic
def close_attendance(*, attendance: Attendance, by: User) -> Attendance:
    """Fix the minutes once a second person has confirmed them.

    Raises:
        AttendanceClosedError: somebody else was quicker.
        NotCompletedError: there are no minutes.
    """
    attendance = _lock(attendance)
    if attendance.is_closed:
        raise AttendanceClosedError
    if attendance.state != AttendanceState.COMPLETED:
        raise NotCompletedError
    attendance.closed_at = timezone.now()
    states.save(attendance, action="closed", by=by)
    return attendance


@transaction.atomic
def reopen_attendance(*, attendance: Attendance, by: User) -> Attendance:
    """Let the minutes be corrected, after their record was reversed. Idempotent."""
    attendance = _lock(attendance)
    if attendance.is_closed:
        attendance.closed_at = None
        states.save(attendance, action="reopened", by=by)
    return attendance


def _lock(attendance: Attendance) -> Attendance:
    locks.lock_sign_up(attendance.sign_up)
    return Attendance.objects.get(pk=attendance.pk)


def _move(attendance: Attendance, *, to: AttendanceState, by: User) -> None:
    states.move(attendance, to=to, by=by, transitions=ATTENDANCE_TRANSITIONS, data={"minutes": attendance.minutes})


def _minutes(sign_up: SignUp, *, state: AttendanceState, minutes: int | None) -> int | None:
    if state != AttendanceState.COMPLETED:
        return None
    minutes = sign_up.shift.minutes if minutes is None else minutes
    if not 0 < minutes <= LONGEST:
        raise MinutesMissingError
    return minutes


def _refuse_unless_open(attendance: Attendance, *, by: User) -> None:
    sign_up = attendance.sign_up
    if attendance.is_closed:
        raise AttendanceClosedError
    if sign_up.state != SignUpState.CONFIRMED or sign_up.shift.was_called_off:
        raise NotSignedUpError
    if sign_up.member_id == by.pk:
        raise OwnAttendanceError


def _refuse_too_early(shift: Shift, *, state: AttendanceState) -> None:
    if state in NEEDS_THE_START and not shift.has_started:
        raise ShiftNotStartedError
    if timezone.now() < shift.attendance_opens_at:
        raise AttendanceNotOpenError
