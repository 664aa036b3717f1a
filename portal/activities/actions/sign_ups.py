"""A member takes a place, waits for one, or gives it back."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.activities import queries
from portal.activities.actions import conditions, entering, locks, places
from portal.activities.enums import AttendanceState, Refusal, SignUpMode, SignUpState
from portal.activities.errors import AlreadyArrivedError, OfferHasLapsedError, ShiftHasStartedError, SignUpError
from portal.activities.models import Attendance, Position, Shift, SignUp
from portal.activities.queries import clashes
from portal.members.models import User
from portal.notices.actions import tell
from portal.notices.enums import MessageKind


@transaction.atomic
def sign_up(
    *,
    shift: Shift,
    member: User,
    by: User | None = None,
    position: Position | None = None,
    companions: int = 0,
    override_reason: str = "",
    guardian_agrees: bool = False,
) -> SignUp:
    """Give ``member`` and their ``companions`` places on ``shift``, or one place in its queue.

    Idempotent: signing up twice returns the sign-up that is already there. Locks the member, then the shift; while
    the member is held they get no other sign-up, so what they have is read before the wait for the shift.
    A newcomer never overtakes those who wait, even when a place is free. ``by`` is who enters it for the member; with
    ``override_reason`` they set aside what ``enums.MAY_BE_OVERRIDDEN`` names, and the reason is kept.
    A least age is set aside only for who said to be of age, or where ``guardian_agrees``.

    Raises:
        SignUpError: its ``reason`` says which of ``enums.Refusal`` it is.
    """
    locks.lock_person(member)
    own = shift.sign_ups.filter(member=member).order_by()
    (was_here, around), planned = clashes.here_and_around(member, shift), (shift.starts_at, shift.ends_at)
    shift = locks.lock_shift_to_enter(shift)
    mine = (own.first() if was_here else None) or SignUp(shift=shift, member=member)
    mine.shift = shift
    if mine.is_open:
        return mine
    conditions.refuse_unless_open(shift)
    mine.position = places.position_on(shift, position)
    is_as_planned = planned == (shift.starts_at, shift.ends_at)
    wish = conditions.Wish(
        shift, member, mine.position, companions, around=around if is_as_planned else None, has_guardian=guardian_agrees
    )
    mine.strain = conditions.weigh(wish, override=bool(override_reason)) or ""
    mine.places, mine.group, mine.answer = companions + 1, None, ""
    mine.override_reason, mine.overridden_by = override_reason, by if override_reason else None
    mine.guardian_agrees = bool(override_reason) and guardian_agrees
    if shift.activity.mode == SignUpMode.ON_REQUEST and not override_reason:
        places.move(mine, shift=shift, to=SignUpState.REQUESTED, by=by or member)
    else:
        entering.enter(mine, shift=shift, by=by or member)
    if override_reason:
        _tell_of_exception(mine, shift)
    return mine


@transaction.atomic
def withdraw(*, sign_up: SignUp, by: User, until_start: bool = False) -> SignUp:
    """Give back a place, or leave the queue; a freed place goes to the head of the queue. Idempotent.

    A member's own deadline is the activity's; whoever acts for them, and an account that is closed, has until the
    start.

    Raises:
        ShiftHasStartedError: it is too late.
        AlreadyArrivedError: they have been ticked as arrived.
        SignUpError: the member's deadline has passed.
    """
    shift, sign_up = locks.lock_place(sign_up)
    if not sign_up.is_open:
        return sign_up
    if shift.has_started:
        raise ShiftHasStartedError
    if Attendance.objects.filter(sign_up=sign_up).exclude(state=AttendanceState.EXPECTED).exists():
        raise AlreadyArrivedError
    if sign_up.member_id == by.pk and not until_start and not sign_up.may_be_withdrawn:
        raise SignUpError(Refusal.WITHDRAW_CLOSED)
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
    shift, sign_up = locks.lock_place(sign_up)
    if sign_up.state == SignUpState.CONFIRMED:
        return sign_up
    conditions.refuse_unless_open(shift)
    _refuse_unless_offered(sign_up)
    places.move(sign_up, shift=shift, to=SignUpState.CONFIRMED, by=by)
    return sign_up


@transaction.atomic
def decline_offer(*, sign_up: SignUp, by: User) -> SignUp:
    """Let the kept place go to the next in the queue. Idempotent.

    Raises:
        OfferHasLapsedError: nothing is kept any more.
    """
    shift, sign_up = locks.lock_place(sign_up)
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
            kind=MessageKind.SIGN_UP,
            title=_("“%(title)s”的空位已让给下一位") % {"title": shift.activity.title},
            body=_("没有在保留时间内收到您的确认。如果还想参加，可以重新报名排队。"),
            url=reverse("activities:detail", args=[shift.activity.code]),
        )
    places.fill(shift)
    return len(lapsed)


def _tell_of_exception(mine: SignUp, shift: Shift) -> None:
    told = (
        _("社区工作者替您排上了队：%(title)s")
        if mine.state == SignUpState.WAITING
        else _("社区工作者为您报了名：%(title)s")
    )
    tell(
        recipient=mine.member,
        kind=MessageKind.SIGN_UP,
        title=told % {"title": shift.activity.title},
        body=_("来不来由您决定。不方便的话，请在“我的活动”里退出。"),
        url=reverse("activities:mine"),
    )


def _refuse_unless_offered(sign_up: SignUp) -> None:
    is_offered = sign_up.state == SignUpState.OFFERED
    if not is_offered or (sign_up.offered_until and sign_up.offered_until <= timezone.now()):
        raise OfferHasLapsedError
