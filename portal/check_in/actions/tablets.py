"""A tablet at the door, opened for one shift: people find themselves on it, and it reaches nothing else."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, get_random_string

from portal.activities.actions import arrive
from portal.activities.enums import Road
from portal.activities.errors import AttendanceNotOpenError, NotSignedUpError, ShiftIsOverError
from portal.activities.models import Attendance, Shift, SignUp
from portal.check_in import tokens
from portal.check_in.errors import EndCodeWrongError, TabletClosedError
from portal.check_in.models import Tablet
from portal.members.models import User
from portal.states import lock, save

KEY_LENGTH = 40


@transaction.atomic
def open_tablet(*, shift: Shift, by: User) -> tuple[Tablet, str]:
    """Open a tablet for ``shift`` until its end; return it and its key, which is kept nowhere else.

    Raises:
        AttendanceNotOpenError, ShiftIsOverError: it is not the time.
    """
    if not shift.takes_attendance:
        raise AttendanceNotOpenError
    if not shift.is_on:
        raise ShiftIsOverError
    key = get_random_string(KEY_LENGTH)
    expires_at = shift.attendance_ends_at + timedelta(seconds=1)
    tablet = Tablet(shift=shift, digest=tokens.tablet_digest(key), opened_by=by, expires_at=expires_at)
    save(tablet, action="opened", by=by)
    return tablet, key


@transaction.atomic
def arrive_at_tablet(*, tablet: Tablet, sign_up: SignUp) -> Attendance:
    """Note that somebody found themselves on the tablet. Idempotent; what an organiser noted stands.

    Raises:
        TabletClosedError: it was ended.
        AttendanceError: one of its kinds for each reason.
    """
    tablet = lock(tablet, "opened_by")
    if not tablet.is_open:
        raise TabletClosedError
    sign_up = lock(sign_up)
    if sign_up.shift_id != tablet.shift_id:
        raise NotSignedUpError
    return arrive(sign_up=sign_up, how=Road.TABLET, by=tablet.opened_by)


def end_tablet(*, tablet: Tablet, key: str, code: str) -> None:
    """End the tablet from itself, by the code its organiser was shown.

    Raises:
        EndCodeWrongError: it is another code.
    """
    if not constant_time_compare(code, tokens.end_code(key)):
        raise EndCodeWrongError
    close_tablet(tablet=tablet, by=tablet.opened_by)


@transaction.atomic
def close_tablet(*, tablet: Tablet, by: User) -> None:
    """End the tablet, wherever it is. Idempotent."""
    tablet = lock(tablet)
    if tablet.closed_at is None:
        tablet.closed_at = timezone.now()
        save(tablet, action="closed", by=by)
