"""Who came, and for how long. Every road that notes it ends here."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from portal import states
from portal.activities.actions import locks
from portal.activities.enums import (
    ATTENDANCE_TRANSITIONS,
    ATTENDANCE_UNDO,
    NEEDS_THE_START,
    OWN_ROADS,
    AttendanceState,
    Road,
    SignUpState,
)
from portal.activities.errors import (
    AttendanceClosedError,
    AttendanceNotOpenError,
    MinutesMissingError,
    NotCompletedError,
    NothingToUndoError,
    NotSignedUpError,
    OwnAttendanceError,
    ShiftNotStartedError,
)
from portal.activities.models import Attendance, Shift, SignUp
from portal.members.models import User

LONGEST = 24 * 60
HERE = (AttendanceState.ARRIVED, AttendanceState.COMPLETED)


@transaction.atomic
def record_attendance(
    *,
    sign_up: SignUp,
    by: User,
    state: AttendanceState | str,
    minutes: int | None = None,
    how: Road = Road.ORGANISER,
    at: datetime | None = None,
    has_left: bool = False,
) -> Attendance:
    """Note whether someone came, and for how many minutes (their planned time unless told otherwise).

    Idempotent. Going back to EXPECTED undoes what was noted. ``at`` is when it happened, now unless told, and never
    outside the shift's span; ``has_left`` also notes it as the time of leaving. Nobody notes themselves, except that
    by QR or code they say that they have arrived. Locks the sign-up.

    Raises:
        AttendanceError: one of its kinds for each reason.
        IllegalMoveError: the table has no such move.
    """
    sign_up = locks.lock_sign_up(sign_up)
    attendance = Attendance.objects.filter(sign_up=sign_up).first() or Attendance(sign_up=sign_up)
    state = AttendanceState(state)
    minutes = _minutes(sign_up, state=state, minutes=minutes)
    if (attendance.state, attendance.minutes) == (state, minutes):
        return attendance
    _refuse_unless_open(attendance)
    _refuse_own(sign_up, by=by, state=state, how=how)
    _refuse_too_early(sign_up.shift, state=state)
    before, was = attendance.minutes, AttendanceState(attendance.state)
    attendance.minutes, attendance.how = minutes, how
    attendance.recorded_by, attendance.recorded_at = by, timezone.now()
    _note_times(attendance, state=state, at=within_span(sign_up.shift, at or timezone.now()), has_left=has_left)
    if was == state:
        states.save(attendance, action="corrected", by=by, data={"minutes": [before, minutes]})
    else:
        attendance.before = "" if state == AttendanceState.EXPECTED else was
        _move(attendance, to=state, by=by)
    return attendance


@transaction.atomic
def undo_attendance(*, sign_up: SignUp, by: User, how: Road = Road.ORGANISER) -> Attendance:
    """Take back the last step, and only that one.

    Raises:
        NothingToUndoError: nothing was noted, or it was undone already.
        AttendanceError: it is closed, or one's own.
    """
    sign_up = locks.lock_sign_up(sign_up)
    attendance = Attendance.objects.filter(sign_up=sign_up).first()
    if attendance is None or not attendance.before:
        raise NothingToUndoError
    _refuse_unless_open(attendance)
    _refuse_own(sign_up, by=by, state=AttendanceState.EXPECTED, how=how)
    to = AttendanceState(attendance.before)
    attendance.before, attendance.minutes, attendance.left_at, attendance.how = "", None, None, how
    attendance.recorded_by, attendance.recorded_at = by, timezone.now()
    if to not in HERE:
        attendance.arrived_at = attendance.asked_minutes = None
    if to == AttendanceState.EXPECTED:
        attendance.reply, attendance.replied_at = "", None
    states.move(attendance, to=to, by=by, transitions=ATTENDANCE_UNDO, data={"undo": True})
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


def within_span(shift: Shift, moment: datetime) -> datetime:
    """Return ``moment``, or the nearest one at which anybody can have come or gone: clocks of devices go wrong."""
    latest = min(timezone.now(), shift.attendance_ends_at)
    return max(shift.attendance_opens_at, min(moment, latest))


def _lock(attendance: Attendance) -> Attendance:
    locks.lock_sign_up(attendance.sign_up)
    return Attendance.objects.get(pk=attendance.pk)


def _move(attendance: Attendance, *, to: AttendanceState, by: User) -> None:
    data = {"minutes": attendance.minutes, "how": attendance.how}
    states.move(attendance, to=to, by=by, transitions=ATTENDANCE_TRANSITIONS, data=data)


def _note_times(attendance: Attendance, *, state: AttendanceState, at: datetime, has_left: bool) -> None:
    if state == AttendanceState.EXPECTED:
        attendance.reply, attendance.replied_at = "", None
    if state not in HERE:
        attendance.arrived_at = attendance.left_at = attendance.asked_minutes = None
    elif state == AttendanceState.ARRIVED:
        attendance.arrived_at = at
    elif has_left:
        attendance.left_at = max(at, attendance.arrived_at or at)


def _minutes(sign_up: SignUp, *, state: AttendanceState, minutes: int | None) -> int | None:
    if state != AttendanceState.COMPLETED:
        return None
    minutes = sign_up.shift.minutes if minutes is None else minutes
    if not 0 < minutes <= LONGEST:
        raise MinutesMissingError
    return minutes


def _refuse_unless_open(attendance: Attendance) -> None:
    sign_up = attendance.sign_up
    if attendance.is_closed:
        raise AttendanceClosedError
    if sign_up.state != SignUpState.CONFIRMED or sign_up.shift.was_called_off:
        raise NotSignedUpError


def _refuse_own(sign_up: SignUp, *, by: User, state: AttendanceState, how: Road) -> None:
    is_own = sign_up.member_id == by.pk
    if is_own and not (how in OWN_ROADS and state == AttendanceState.ARRIVED):
        raise OwnAttendanceError


def _refuse_too_early(shift: Shift, *, state: AttendanceState) -> None:
    if state in NEEDS_THE_START and not shift.has_started:
        raise ShiftNotStartedError
    if timezone.now() < shift.attendance_opens_at:
        raise AttendanceNotOpenError
