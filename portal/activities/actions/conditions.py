"""Why somebody may not sign up now. Every refusal names its reason."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from portal.activities import queries
from portal.activities.enums import MAY_BE_OVERRIDDEN, Refusal
from portal.activities.errors import (
    ActivityCancelledError,
    ActivityNotPublishedError,
    ShiftHasStartedError,
    ShiftsOverlapError,
    SignUpError,
)
from portal.activities.models import Position, Shift
from portal.activities.queries import entry
from portal.members.models import User


def refuse_unless_open(shift: Shift) -> None:
    """Raise unless places of ``shift`` may still change hands."""
    if shift.activity.is_cancelled:
        raise ActivityCancelledError
    if not shift.activity.is_published:
        raise ActivityNotPublishedError
    if shift.has_started:
        raise ShiftHasStartedError


def refuse_overlap(shift: Shift, member: User) -> None:
    """Raise where ``member`` has something else at the time of ``shift``."""
    other = queries.overlapping_sign_ups(member, shift).select_related("shift__activity").first()
    if other:
        raise ShiftsOverlapError(other.shift.activity.title)


def refuse_unfit(
    shift: Shift, *, position: Position | None, member: User, companions: int, override: bool = False
) -> None:
    """Raise the first reason against ``member``; with ``override`` only those nobody may set aside."""
    for refusal in _against(shift, position=position, member=member, companions=companions):
        if not (override and refusal.reason in MAY_BE_OVERRIDDEN):
            raise refusal


def _against(shift: Shift, *, position: Position | None, member: User, companions: int) -> Iterator[SignUpError]:
    yield from _times(shift)
    reason = entry.refusal(shift, position, member)
    if reason:
        yield SignUpError(reason, skill=position.get_skill_display() if position else "")
    limit = shift.activity.companions_limit
    if companions > limit:
        yield SignUpError(Refusal.COMPANIONS, limit=limit)
    if companions + 1 > (position or shift).capacity:
        yield SignUpError(Refusal.TOO_LARGE)


def _times(shift: Shift) -> Iterator[SignUpError]:
    opens, closes = shift.activity.sign_up_opens_at, shift.activity.sign_up_closes_at
    now = timezone.now()
    if opens and now < opens:
        yield SignUpError(Refusal.NOT_OPEN_YET, moment=_moment(opens))
    if closes and now >= closes:
        yield SignUpError(Refusal.CLOSED, moment=_moment(closes))


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{date_format(local, 'MONTH_DAY_FORMAT')} {date_format(local, 'TIME_FORMAT')}"
