"""What people say of their own attendance: that they are there, that they left, why they could not come."""

from django.db import transaction
from django.utils import timezone

from portal import states
from portal.activities import queries
from portal.activities.actions import locks, places
from portal.activities.actions.attendance import LONGEST, record_attendance, within_span
from portal.activities.actions.sign_ups import accept_offer
from portal.activities.enums import AttendanceState, Road, SignUpMode, SignUpState
from portal.activities.errors import (
    ActivityCancelledError,
    ActivityNotPublishedError,
    AlreadyNotedError,
    AttendanceClosedError,
    AttendanceNotOpenError,
    MinutesMissingError,
    NeedsConsentError,
    NoPlaceLeftError,
    NotArrivedError,
    NotMissedError,
    ReasonMissingError,
    ShiftCalledOffError,
    ShiftIsOverError,
    ShiftsOverlapError,
    SignUpError,
)
from portal.activities.models import Attendance, Position, Shift, SignUp
from portal.activities.queries import entry
from portal.members.models import User


@transaction.atomic
def arrive(*, sign_up: SignUp, how: Road, by: User | None = None) -> Attendance:
    """Note that somebody says of themselves that they have arrived. Idempotent; what an organiser noted stands.

    ``by`` answers for a device at the door that does not know who they are; else it is they themselves.

    Raises:
        ShiftIsOverError: it is too late.
        AlreadyNotedError: an organiser has noted something else.
        AttendanceError: as in ``record_attendance``.
    """
    sign_up = locks.lock_sign_up(sign_up)
    _refuse_if_over(sign_up.shift)
    attendance = Attendance.objects.filter(sign_up=sign_up).first()
    if attendance and attendance.state in (AttendanceState.ARRIVED, AttendanceState.COMPLETED):
        return attendance
    if attendance and attendance.state != AttendanceState.EXPECTED:
        raise AlreadyNotedError
    return record_attendance(sign_up=sign_up, by=by or sign_up.member, state=AttendanceState.ARRIVED, how=how)


@transaction.atomic
def leave(*, sign_up: SignUp, minutes: int | None = None) -> Attendance:
    """Note that somebody says they have left, and after how many minutes if not the planned ones.

    No more than a claim: an organiser completes it. Saying it again corrects it.

    Raises:
        NotArrivedError: they are not noted as there.
        AttendanceClosedError, MinutesMissingError: as they say.
    """
    sign_up = locks.lock_sign_up(sign_up)
    attendance = Attendance.objects.filter(sign_up=sign_up).first()
    if attendance and attendance.is_closed:
        raise AttendanceClosedError
    if attendance is None or attendance.state not in (AttendanceState.ARRIVED, AttendanceState.COMPLETED):
        raise NotArrivedError
    if minutes is not None and not 0 < minutes <= LONGEST:
        raise MinutesMissingError
    if attendance.left_at and attendance.asked_minutes == minutes:
        return attendance
    now = within_span(sign_up.shift, timezone.now())
    attendance.left_at = attendance.left_at or max(now, attendance.arrived_at or now)
    attendance.asked_minutes = minutes
    states.save(attendance, action="left", by=sign_up.member, data={"minutes": minutes})
    return attendance


@transaction.atomic
def walk_in(*, shift: Shift, member: User, by: User) -> SignUp:
    """Give ``member``, who has come without a place, a free one; also after the start, until the end. Idempotent.

    Before the start nobody overtakes the queue. Where the shift has positions, the first free one they are fit for.

    Raises:
        ActivityError: one of its kinds for each reason.
    """
    locks.lock_person(member)
    shift = locks.lock_shift(shift)
    mine = shift.sign_ups.filter(member=member).first() or SignUp(shift=shift, member=member)
    if mine.state == SignUpState.CONFIRMED:
        return mine
    _refuse_unless_on(shift)
    if mine.state == SignUpState.OFFERED and not shift.has_started:
        return accept_offer(sign_up=mine, by=by)
    if shift.activity.mode != SignUpMode.AT_ONCE and by == member:
        raise NeedsConsentError
    _refuse_overlap(shift, mine)
    mine.position, mine.places, mine.group = _free_position(shift, mine), 1, None
    mine.queued_at = mine.offered_until = None
    places.move(mine, shift=shift, to=SignUpState.CONFIRMED, by=by)
    return mine


@transaction.atomic
def explain_absence(*, attendance: Attendance, text: str) -> Attendance:
    """Keep what somebody noted as absent says to it. Writing again replaces it.

    Raises:
        NotMissedError: they are not noted as absent.
        ReasonMissingError: nothing was written.
    """
    locks.lock_sign_up(attendance.sign_up)
    attendance = Attendance.objects.get(pk=attendance.pk)
    if attendance.state != AttendanceState.ABSENT:
        raise NotMissedError
    if not text.strip():
        raise ReasonMissingError
    if attendance.reply != text.strip():
        attendance.reply, attendance.replied_at = text.strip(), timezone.now()
        states.save(attendance, action="explained", by=attendance.sign_up.member)
    return attendance


def _refuse_unless_on(shift: Shift) -> None:
    if shift.activity.is_cancelled:
        raise ActivityCancelledError
    if not shift.activity.is_published:
        raise ActivityNotPublishedError
    if shift.is_called_off:
        raise ShiftCalledOffError
    if timezone.now() < shift.attendance_opens_at:
        raise AttendanceNotOpenError
    _refuse_if_over(shift)


def _refuse_overlap(shift: Shift, mine: SignUp) -> None:
    if mine.pk and mine.state == SignUpState.OFFERED:  # kept beyond the start: given back, and taken again
        places.move(mine, shift=shift, to=SignUpState.LAPSED, by=None)
    others = queries.overlapping_sign_ups(mine.member, shift).exclude(pk=mine.pk)
    if other := others.select_related("shift__activity").first():
        raise ShiftsOverlapError(other.shift.activity.title)


def _free_position(shift: Shift, mine: SignUp) -> Position | None:
    """Return a free position the member is fit for and nobody waits for; ``None`` where the shift has no positions.

    Raises:
        NoPlaceLeftError: nothing is free.
        SignUpError: the activity is not for them.
    """
    positions: list[Position | None] = [*shift.positions.all()]
    open_ones = [one for one in positions or [None] if (one or shift).places_left > 0]
    free = [one for one in open_ones if not _others_wait(shift, one, mine)]
    reasons = [entry.refusal(shift, one, mine.member) for one in free]
    for one, reason in zip(free, reasons, strict=True):
        if reason is None:
            return one
    if not free or reasons[0] is None:
        raise NoPlaceLeftError
    raise SignUpError(reasons[0], skill=free[0].get_skill_display() if free[0] else "")


def _others_wait(shift: Shift, position: Position | None, mine: SignUp) -> bool:
    return not shift.has_started and queries.queue(shift, position).exclude(pk=mine.pk).exists()


def _refuse_if_over(shift: Shift) -> None:
    if timezone.now() > shift.attendance_ends_at:
        raise ShiftIsOverError
