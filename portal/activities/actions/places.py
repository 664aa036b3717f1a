"""How a place passes from hand to hand. Every function here needs the lock of the shift."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal import states
from portal.activities import queries
from portal.activities.enums import HOLDS_A_PLACE, SIGN_UP_TRANSITIONS, SignUpState
from portal.activities.models import Position, Shift, SignUp
from portal.members.models import User
from portal.notices.actions import tell
from portal.notices.enums import MessageKind


def move(sign_up: SignUp, *, shift: Shift, to: SignUpState, by: User | None) -> None:
    """Change the state of ``sign_up``, and with it the places taken on ``shift`` and its position."""
    change = ((to in HOLDS_A_PLACE) - (sign_up.state in HOLDS_A_PLACE)) * sign_up.places
    count(change, shift=shift, position_id=sign_up.position_id)
    if to != SignUpState.CONFIRMED:
        sign_up.change = sign_up.reconfirm_by = sign_up.reconfirmed_at = None  # whoever comes back knows of the change
    data = states.for_whom(sign_up.member_id, by)
    states.move(sign_up, to=to, by=by, transitions=SIGN_UP_TRANSITIONS, data=data)


def count(change: int, *, shift: Shift, position_id: int | None) -> None:
    """Add ``change`` to the places taken. Nothing else touches these numbers."""
    if not change:
        return
    shift.places_taken += change
    shift.save(update_fields=["places_taken"])
    if position_id:
        Position.objects.filter(pk=position_id).update(places_taken=F("places_taken") + change)


def fill(shift: Shift) -> None:
    """Offer the free places to those who wait, the head of each queue first.

    A head who needs more places than are free waits for them, and nobody overtakes.
    """
    now = timezone.now()
    if shift.starts_at <= now or not shift.activity.is_published:
        return
    for counter in list(shift.positions.all()) or [shift]:
        _fill(counter, shift=shift, now=now)


def _fill(counter: Shift | Position, *, shift: Shift, now: datetime) -> None:
    left = counter.places_left
    if left < 1:
        return
    position = counter if isinstance(counter, Position) else None
    for sign_up in list(queries.queue(shift, position)[:left]):
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
        url=reverse("activities:mine"),
        until=sign_up.offered_until,
    )
