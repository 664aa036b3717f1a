"""How a place passes from hand to hand. Every function here needs the lock of the shift."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal import states
from portal.activities import queries
from portal.activities.enums import (
    COVER_TRANSITIONS,
    HOLDS_A_PLACE,
    SIGN_UP_TRANSITIONS,
    CoverState,
    Refusal,
    SignUpState,
)
from portal.activities.errors import SignUpError
from portal.activities.models import GroupPlaces, Position, Shift, SignUp
from portal.members.models import User
from portal.notices.actions import tell
from portal.notices.enums import MessageKind


def move(
    sign_up: SignUp, *, shift: Shift, to: SignUpState, by: User | None, data: dict[str, Any] | None = None
) -> None:
    """Change the state of ``sign_up``, and with it the places taken on ``shift`` and its position.

    ``data`` is what the log adds.
    """
    change = ((to in HOLDS_A_PLACE) - (sign_up.state in HOLDS_A_PLACE)) * sign_up.places
    if sign_up.state == SignUpState.CONFIRMED:
        _end_covers(sign_up, by=by)
    if to != SignUpState.CONFIRMED:
        sign_up.change = sign_up.reconfirm_by = sign_up.reconfirmed_at = None  # whoever comes back knows of the change
    if not _count_in_group(sign_up, change):
        count(change, shift=shift, position_id=sign_up.position_id)
    said = states.for_whom(sign_up.member_id, by) | (data or {})
    states.move(sign_up, to=to, by=by, transitions=SIGN_UP_TRANSITIONS, data=said)


def _end_covers(sign_up: SignUp, *, by: User | None) -> None:
    """Stop looking for somebody in the place of ``sign_up``: there is no place to take over any more."""
    for request in sign_up.covers.filter(state=CoverState.OPEN):
        states.move(request, to=CoverState.ENDED, by=by, transitions=COVER_TRANSITIONS)


def count(change: int, *, shift: Shift, position_id: int | None) -> None:
    """Add ``change`` to the places taken. Nothing else touches these numbers."""
    if not change:
        return
    shift.places_taken += change
    shift.save(update_fields=["places_taken"])
    if position_id:
        Position.objects.filter(pk=position_id).update(places_taken=F("places_taken") + change)


def _count_in_group(sign_up: SignUp, change: int) -> bool:
    """Let a unit's open group take or give the place: it counted as taken before, and does so still."""
    if not change or sign_up.group_id is None:
        return False
    return bool(
        GroupPlaces.objects.filter(pk=sign_up.group_id, closed_at__isnull=True).update(named=F("named") + change)
    )


def position_on(shift: Shift, wanted: Position | None) -> Position | None:
    """Return ``wanted`` as it is now; a shift that has positions needs one of its own.

    Raises:
        SignUpError: it was not said which.
    """
    if not getattr(shift.activity, "has_positions", True):
        return None  # asked already, see activity_to_enter
    positions = {position.pk: position for position in shift.positions.order_by()}
    if not positions:
        return None
    if wanted is None or wanted.pk not in positions:
        raise SignUpError(Refusal.POSITION_NEEDED)
    return positions[wanted.pk]


def fill(shift: Shift) -> None:
    """Offer the free places to those who wait, the head of each queue first.

    A head who needs more places than are free waits for them, and nobody overtakes.
    """
    now = timezone.now()
    is_on = shift.activity.is_published and not shift.is_called_off and shift.starts_at > now
    if not is_on or queries.draw_pending(shift.activity):
        return
    counters: list[Shift | Position] = [*shift.positions.all()]
    for counter in counters or [shift]:
        _fill(counter, shift=shift, now=now)


def _fill(counter: Shift | Position, *, shift: Shift, now: datetime) -> None:
    left = counter.places_left
    if left < 1:
        return
    position = counter if isinstance(counter, Position) else None
    waiting = queries.queue(shift, position)
    if shift.activity.prefers_newcomers:
        waiting = waiting.filter(queue_rank=0)
    for sign_up in list(waiting[:left]):
        if sign_up.places > left:
            return
        left -= sign_up.places
        _offer(sign_up, shift=shift, now=now)


def _offer(sign_up: SignUp, *, shift: Shift, now: datetime) -> None:
    sign_up.offered_until = min(now + timedelta(hours=settings.OFFER_HOURS), shift.starts_at)
    move(sign_up, shift=shift, to=SignUpState.OFFERED, by=None)
    until = timezone.localtime(sign_up.offered_until)
    day, time = date_format(until, "MONTH_DAY_FORMAT"), date_format(until, "TIME_FORMAT")
    tell(
        recipient=sign_up.member,
        kind=MessageKind.OFFER,
        title=_("“%(title)s”有空位了") % {"title": shift.activity.title},
        body=_("您排到了。空位为您保留到 %(day)s %(time)s，请在这之前确认参加，或者让给下一位。")
        % {"day": day, "time": time},
        url=reverse("activities:offer", args=[queries.offer_token(sign_up)]),
        until=sign_up.offered_until,
    )
