"""Why somebody may not sign up now. Every refusal names its reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from portal.activities.enums import MAY_BE_OVERRIDDEN, Refusal, SignUpMode, Strain
from portal.activities.errors import (
    ActivityCancelledError,
    ActivityNotPublishedError,
    ShiftCalledOffError,
    ShiftHasStartedError,
    ShiftsOverlapError,
    SignUpError,
)
from portal.activities.models import Invitation, Position, Shift, SignUp
from portal.activities.queries import audience, clashes, entry
from portal.members.models import User

HOUR = 60


@dataclass(frozen=True)
class Wish:
    """Who wants to come to what; ``leaving`` is what they give up for it, in a swap.

    ``around`` is what else they have, where the caller has read it.
    A wish that is not new comes by a place somebody has already: when sign-up opens and closes is nothing to it.
    ``has_guardian`` says that a guardian of a minor agrees; it matters once an organiser sets the age aside.
    """

    shift: Shift
    member: User
    position: Position | None = None
    companions: int = 0
    leaving: SignUp | None = None
    around: list[SignUp] | None = None
    is_new: bool = True
    has_guardian: bool = False


def refuse_unless_open(shift: Shift) -> None:
    """Raise unless places of ``shift`` may still change hands."""
    if shift.activity.is_cancelled:
        raise ActivityCancelledError
    if not shift.activity.is_published:
        raise ActivityNotPublishedError
    if shift.is_called_off:
        raise ShiftCalledOffError
    if shift.has_started:
        raise ShiftHasStartedError


def refuse_to_hold(shift: Shift) -> None:
    """Raise unless whoever asks may have places of ``shift`` now, without being asked or accepted."""
    for refusal in _times(shift):
        raise refusal
    if shift.activity.mode != SignUpMode.AT_ONCE:
        raise SignUpError(Refusal.NOT_INVITED)


def is_for(wish: Wish) -> bool:
    """Return whether ``wish.member`` is one of those the activity and the position are for."""
    return next(_person(wish), None) is None


def weigh(wish: Wish, *, override: bool = False) -> Strain | None:
    """Raise the first reason against ``wish``; else return what strain it puts on the member.

    With ``override`` only those reasons count that nobody may set aside.
    """
    others = wish.around
    if others is None:
        others = clashes.sign_ups_around(wish.member, wish.shift, leaving=wish.leaving)
    strain = _strain(wish.shift, others)
    for refusal in _against(wish, others, strain):
        if not (override and refusal.reason in MAY_BE_OVERRIDDEN):
            raise refusal
    return Strain(strain.reason) if strain else None


def _against(wish: Wish, others: list[SignUp], strain: SignUpError | None) -> Iterator[SignUpError]:
    if wish.is_new:
        yield from _times(wish.shift)
    yield from _person(wish)
    yield from _numbers(wish)
    other = clashes.overlapping(wish.shift, others)
    if other:
        yield ShiftsOverlapError(other.activity.title)
    other = clashes.too_far(wish.shift, others)
    if other:
        yield SignUpError(Refusal.TRAVEL, title=other.activity.title, minutes=settings.TRAVEL_GAP_MINUTES)
    if strain and settings.OVERLOAD_IS_REFUSED:
        yield strain


def _times(shift: Shift) -> Iterator[SignUpError]:
    opens, closes = shift.activity.sign_up_opens_at, shift.activity.sign_up_closes_at
    now = timezone.now()
    if opens and now < opens:
        yield SignUpError(Refusal.NOT_OPEN_YET, moment=_moment(opens))
    if closes and now >= closes:
        yield SignUpError(Refusal.CLOSED, moment=_moment(closes))


def _person(wish: Wish) -> Iterator[SignUpError]:
    invited = Invitation.objects.filter(activity=wish.shift.activity_id, member=wish.member)
    if wish.shift.activity.mode == SignUpMode.INVITED and not invited.exists():
        yield SignUpError(Refusal.NOT_INVITED)
    for reason in entry.refusals(wish.shift, wish.position, wish.member):
        yield SignUpError(reason, skill=wish.position.get_skill_display() if wish.position else "")
        if reason == Refusal.AGE and not wish.has_guardian and audience.may_be_minor(wish.shift.activity, wish.member):
            yield SignUpError(Refusal.MINOR)


def _numbers(wish: Wish) -> Iterator[SignUpError]:
    limit = wish.shift.activity.companions_limit
    if wish.companions > limit:
        yield SignUpError(Refusal.COMPANIONS, limit=limit)
    if wish.companions + 1 > (wish.position or wish.shift).capacity:
        yield SignUpError(Refusal.TOO_LARGE)


def _strain(shift: Shift, others: list[SignUp]) -> SignUpError | None:
    if clashes.minutes_in_the_week(shift, others) > settings.WEEKLY_MINUTES_LIMIT:
        return SignUpError(Refusal.OVERLOAD, hours=settings.WEEKLY_MINUTES_LIMIT // HOUR)
    other = clashes.without_rest(shift, others)
    if other:
        return SignUpError(Refusal.REST, title=other.activity.title, hours=settings.REST_HOURS)
    return None


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{date_format(local, 'MONTH_DAY_FORMAT')} {date_format(local, 'TIME_FORMAT')}"
