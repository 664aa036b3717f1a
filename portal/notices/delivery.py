"""How one delivery leaves: claimed by one worker for a while, given to the gateway, and what came of it written down.

A claim is one conditional update, so that of many workers one sends. A worker that is lost holds its claim until the
lease is over; then the message is given to the gateway again under the same key. A gateway that keeps keys sends it
once; one that does not may send twice what it had taken in the moment the worker was lost.
"""

import random
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import structlog
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.notices import letters
from portal.notices.consent import agreed_to_sms
from portal.notices.enums import AT_ANY_HOUR, DELIVERY_TRANSITIONS, MUST, WAITS, Channel, DeliveryState
from portal.notices.errors import SmsRefusedError
from portal.notices.hours import after_quiet, quiet_by_default
from portal.notices.models import Delivery, Preference
from portal.notices.senders import send_sms
from portal.notices.signals import delivery_given_up

logger = structlog.get_logger(__name__)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
NEVER = (SmsRefusedError, SMTPRecipientsRefused)


def deliver_one(pk: int, *, now: datetime) -> bool:
    """Send one delivery if it is due and nobody else does; return whether it left. Safe any number of times."""
    delivery = Delivery.objects.select_related("message", "recipient").filter(pk=pk).first()
    if delivery is None or not _may_leave(delivery, now) or not claim(delivery, now=now):
        return False
    try:
        _send(delivery)
    except NEVER as refusal:
        _give_up(delivery, refusal)
    except Exception as failure:
        _try_later(delivery, failure, now=timezone.now())
    else:
        _close(delivery, DeliveryState.SENT, sent_at=timezone.now(), error="", phone="")
        return True
    return False


def claim(delivery: Delivery, *, now: datetime) -> bool:
    """Take ``delivery`` for as long as the lease; return whether it is ours now."""
    waits = Q(state__in=WAITS, next_attempt_at__lte=now)
    free = Delivery.objects.filter(waits | lost(now), waits_for_digest=False)
    attempts = delivery.attempts + 1
    # The number of attempts names the claim: whoever comes back after the lease finds another and writes nothing.
    taken = free.filter(pk=delivery.pk, attempts=delivery.attempts).update(
        state=DeliveryState.SENDING,
        attempts=attempts,
        leased_until=now + timedelta(seconds=settings.DELIVERY_LEASE_SECONDS),
    )
    delivery.state, delivery.attempts = DeliveryState.SENDING, attempts
    return taken == 1


def lost(now: datetime) -> Q:
    """Return the condition that the worker that claimed a delivery has not come back."""
    return Q(state=DeliveryState.SENDING, leased_until__lt=now)


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: twice as long each time, give or take a quarter."""
    pause = min(FIRST_PAUSE * 2 ** min(attempts - 1, 10), LONGEST_PAUSE)
    return pause * random.uniform(0.75, 1.25)  # noqa: S311 -- keeps retries apart, guards nothing


def _may_leave(delivery: Delivery, now: datetime) -> bool:
    """Return whether it is still wanted and the hour is right; otherwise write that down."""
    if not _is_wanted(delivery, now):
        idle = Delivery.objects.filter(Q(state__in=WAITS) | lost(now), pk=delivery.pk)
        _move(idle, DeliveryState.SKIPPED, phone="", leased_until=None)
        return False
    due = _after_quiet(delivery, now)
    if due > now:
        Delivery.objects.filter(pk=delivery.pk, state__in=WAITS).update(next_attempt_at=due, handed_out_at=None)
    return due <= now


def _is_wanted(delivery: Delivery, now: datetime) -> bool:
    if delivery.useless_after is not None and delivery.useless_after <= now:
        return False
    person = delivery.recipient
    if person is None:
        return bool(delivery.phone)
    if not person.is_active or not (person.email if delivery.channel == Channel.EMAIL else person.phone):
        return False
    asks = delivery.channel == Channel.SMS and delivery.kind not in MUST
    return not asks or person.pk in agreed_to_sms([person.pk])


def _after_quiet(delivery: Delivery, now: datetime) -> datetime:
    if delivery.kind in AT_ANY_HOUR:
        return now
    chosen = Preference.objects.filter(person=delivery.recipient).first() if delivery.recipient else None
    quiet_from, quiet_until = chosen.quiet_hours if chosen else quiet_by_default()
    return after_quiet(now, quiet_from=quiet_from, quiet_until=quiet_until)


def _send(delivery: Delivery) -> None:
    if delivery.channel == Channel.EMAIL:
        letters.mail_of(delivery).send()
        return
    phone = delivery.phone or str(delivery.recipient.phone if delivery.recipient else "")
    send_sms(phone=phone, text=letters.text_of(delivery), key=str(delivery.key))


def _try_later(delivery: Delivery, failure: Exception, *, now: datetime) -> None:
    if now - delivery.created_at > timedelta(hours=settings.DELIVERY_GIVE_UP_HOURS):
        _give_up(delivery, failure)
        return
    due = now + pause_after(delivery.attempts)
    _close(delivery, DeliveryState.FAILED, error=_named(failure), next_attempt_at=due, handed_out_at=None)


def _give_up(delivery: Delivery, failure: Exception) -> None:
    if _close(delivery, DeliveryState.GIVEN_UP, error=_named(failure), phone=""):
        logger.warning("delivery.given_up", delivery=delivery.pk, channel=delivery.channel, error=_named(failure))
        delivery_given_up.send(sender=Delivery, delivery=delivery)


def _named(failure: Exception) -> str:
    return type(failure).__name__[:80]  # never its words: they may hold a number or an address


def _close(delivery: Delivery, to: DeliveryState, **fields: Any) -> bool:
    held = Delivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts)
    return _move(held, to, leased_until=None, **fields) == 1


def _move(rows: QuerySet[Delivery], to: DeliveryState, **fields: Any) -> int:
    """Change the state of those of ``rows`` that may go there; the only place besides ``claim`` that does."""
    before = [state for state, after in DELIVERY_TRANSITIONS.items() if to in after]
    return rows.filter(state__in=before).update(state=to, **fields)
