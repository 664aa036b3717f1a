"""Two accounts of one person signed up to the same shift: one place is left, with whatever is known of who came."""

from portal import states
from portal.activities.actions import locks, places
from portal.activities.actions.attendance import record_attendance
from portal.activities.actions.sign_ups import withdraw
from portal.activities.enums import HOLDS_A_PLACE, AttendanceState, SignUpState
from portal.activities.errors import ActivityError
from portal.activities.models import Attendance, Shift, SignUp
from portal.members.models import User


def hold_same_shifts(*, gone: User, kept: User) -> None:
    """Lock every shift both signed up to, before anything that hangs on one is locked."""
    theirs = Shift.objects.filter(sign_ups__member=gone)
    locks.lock_each_shift(theirs.filter(pk__in=Shift.objects.filter(sign_ups__member=kept)))


def settle_same_shifts(*, gone: User, kept: User, by: User) -> int:
    """Leave one place on every shift both accounts signed up to, that of ``kept``; return on how many.

    A place ``kept`` had given back is taken up again where ``gone`` has one, and who came is noted where nothing was,
    or no minutes. The sign-up of ``gone`` stays with it, without a place of its own. The caller holds both people and
    the shifts, and has reversed what would count twice.
    """
    twice = SignUp.objects.filter(member=gone, shift__sign_ups__member=kept).select_related("shift")
    theirs = list(twice.order_by("shift_id"))
    for sign_up in theirs:
        _settle(sign_up, kept=kept, by=by)
    return len(theirs)


def _settle(theirs: SignUp, *, kept: User, by: User) -> None:
    shift = locks.lock_shift(theirs.shift)
    theirs, own = locks.lock_sign_ups(theirs, SignUp.objects.get(shift=shift, member=kept))
    theirs.shift = own.shift = shift  # one row, so that the places in use are counted once
    noted, known = _noted(theirs), _noted(own)
    says_more = noted is not None and (known is None or (_has_served(noted) and not _has_served(known)))
    if noted and not says_more:
        _forget(theirs, by=by)
    elif noted or own.state != SignUpState.CONFIRMED:
        _hand_over(theirs, own, by=by)
    if noted and says_more:
        Attendance.objects.filter(sign_up=own).delete()  # without minutes, so no record rests on it
        noted.sign_up = own
        states.save(noted, action="corrected", by=by)
    if theirs.is_open and not shift.has_started:
        withdraw(sign_up=theirs, by=by, until_start=True)


def _noted(sign_up: SignUp) -> Attendance | None:
    """Return what was noted of somebody's coming, if anything was."""
    return Attendance.objects.filter(sign_up=sign_up).exclude(state=AttendanceState.EXPECTED).first()


def _has_served(attendance: Attendance) -> bool:
    return attendance.state == AttendanceState.COMPLETED


def _hand_over(theirs: SignUp, own: SignUp, *, by: User) -> None:
    if theirs.state != SignUpState.CONFIRMED:
        return
    places.move(theirs, shift=theirs.shift, to=SignUpState.WITHDRAWN, by=by)
    if own.state != SignUpState.CONFIRMED:
        if own.state not in HOLDS_A_PLACE:
            own.places, own.position, own.group = theirs.places, theirs.position, None
        own.queued_at = own.offered_until = None
        places.move(own, shift=theirs.shift, to=SignUpState.CONFIRMED, by=by)


def _forget(theirs: SignUp, *, by: User) -> None:
    # Both were noted as there: what counts is noted at the own sign-up, and nobody is to confirm the other.
    try:
        record_attendance(sign_up=theirs, by=by, state=AttendanceState.EXPECTED)
    except (ActivityError, states.IllegalMoveError):  # a called-off shift or a closed attendance stays as it was
        return
