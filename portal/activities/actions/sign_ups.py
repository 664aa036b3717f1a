"""A member takes a place, waits for one, or gives it back."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.activities import queries
from portal.activities.actions import locks, places
from portal.activities.enums import AttendanceState, SignUpState
from portal.activities.errors import (
    ActivityCancelledError,
    ActivityNotPublishedError,
    AlreadyArrivedError,
    OfferHasLapsedError,
    ShiftHasStartedError,
    ShiftsOverlapError,
)
from portal.activities.models import Attendance, Shift, SignUp
from portal.members.models import User
from portal.notices.actions import tell

ONE_TICK = timedelta(microseconds=1)


@transaction.atomic
def sign_up(*, shift: Shift, member: User, by: User | None = None) -> SignUp:
    """Give ``member`` a place on ``shift``, or a place in its queue.

    Idempotent: signing up twice returns the sign-up that is already there. Locks the member, then the shift.
    A newcomer never overtakes those who wait, even when a place is free. ``by`` is who enters it for the member.

    Raises:
        SignUpError: one of its kinds for each reason.
    """
    locks.lock_person(member)
    shift = locks.lock_shift(shift)
    mine = shift.sign_ups.filter(member=member).first() or SignUp(shift=shift, member=member)
    if mine.is_open:
        return mine
    _refuse_unless_open(shift)
    _refuse_overlap(shift, member)
    last = queries.queue(shift).last()
    if last is None and shift.places_left > 0:
        mine.queued_at = mine.offered_until = None
        places.move(mine, shift=shift, to=SignUpState.CONFIRMED, by=by or member)
    else:
        mine.queued_at, mine.offered_until = _behind(last), None
        places.move(mine, shift=shift, to=SignUpState.WAITING, by=by or member)
        places.fill(shift)
    return mine


@transaction.atomic
def withdraw(*, sign_up: SignUp, by: User) -> SignUp:
    """Give back a place, or leave the queue; a freed place goes to the head of the queue. Idempotent.

    Raises:
        ShiftHasStartedError: it is too late.
        AlreadyArrivedError: they have been ticked as arrived.
    """
    shift, sign_up = _lock(sign_up)
    if not sign_up.is_open:
        return sign_up
    if shift.has_started:
        raise ShiftHasStartedError
    if Attendance.objects.filter(sign_up=sign_up).exclude(state=AttendanceState.EXPECTED).exists():
        raise AlreadyArrivedError
    places.move(sign_up, shift=shift, to=SignUpState.WITHDRAWN, by=by)
    places.fill(shift)
    return sign_up


@transaction.atomic
def accept_offer(*, sign_up: SignUp, by: User) -> SignUp:
    """Take the place that is kept for the member. Idempotent.

    Raises:
        OfferHasLapsedError: the time to answer is over.
        SignUpError: the activity is cancelled or has begun.
    """
    shift, sign_up = _lock(sign_up)
    if sign_up.state == SignUpState.CONFIRMED:
        return sign_up
    _refuse_unless_open(shift)
    _refuse_unless_offered(sign_up)
    places.move(sign_up, shift=shift, to=SignUpState.CONFIRMED, by=by)
    return sign_up


@transaction.atomic
def decline_offer(*, sign_up: SignUp, by: User) -> SignUp:
    """Let the kept place go to the next in the queue. Idempotent.

    Raises:
        OfferHasLapsedError: nothing is kept any more.
    """
    shift, sign_up = _lock(sign_up)
    if sign_up.state == SignUpState.WITHDRAWN:
        return sign_up
    _refuse_unless_offered(sign_up)
    places.move(sign_up, shift=shift, to=SignUpState.WITHDRAWN, by=by)
    places.fill(shift)
    return sign_up


def lapse_offers(*, now: datetime) -> int:
    """Take back the offers nobody answered in time and pass them on; return how many. Safe to run at any time."""
    shifts = Shift.objects.filter(sign_ups__in=queries.lapsed_offers(now)).distinct().order_by("pk")
    return sum(_lapse_offers_of(shift, now=now) for shift in list(shifts))


@transaction.atomic
def _lapse_offers_of(shift: Shift, *, now: datetime) -> int:
    shift = locks.lock_shift(shift)
    lapsed = list(queries.lapsed_offers(now).filter(shift=shift).select_related("member").order_by("queued_at", "pk"))
    for sign_up in lapsed:
        places.move(sign_up, shift=shift, to=SignUpState.LAPSED, by=None)
        tell(
            recipient=sign_up.member,
            title=_("“%(title)s”的空位已让给下一位") % {"title": shift.activity.title},
            body=_("没有在保留时间内收到您的确认。如果还想参加，可以重新报名排队。"),
            url=reverse("activities:detail", args=[shift.activity.code]),
        )
    places.fill(shift)
    return len(lapsed)


def _lock(sign_up: SignUp) -> tuple[Shift, SignUp]:
    shift = locks.lock_shift(sign_up.shift)
    return shift, locks.lock_sign_up(sign_up)


def _behind(last: SignUp | None) -> datetime:
    # Clocks of two machines may differ; the order of the queue may not.
    now = timezone.now()
    return max(now, last.queued_at + ONE_TICK) if last and last.queued_at else now


def _refuse_unless_open(shift: Shift) -> None:
    if shift.activity.is_cancelled:
        raise ActivityCancelledError
    if not shift.activity.is_published:
        raise ActivityNotPublishedError
    if shift.has_started:
        raise ShiftHasStartedError


def _refuse_overlap(shift: Shift, member: User) -> None:
    other = queries.overlapping_sign_ups(member, shift).select_related("shift__activity").first()
    if other:
        raise ShiftsOverlapError(other.shift.activity.title)


def _refuse_unless_offered(sign_up: SignUp) -> None:
    is_offered = sign_up.state == SignUpState.OFFERED
    if not is_offered or (sign_up.offered_until and sign_up.offered_until <= timezone.now()):
        raise OfferHasLapsedError
