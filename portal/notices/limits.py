"""How many text messages may leave: to a number, from an address, and on a day. Counted where they are sent.

Each count is taken under a lock that the database cache holds for all processes (a row that only one can insert), so
that many requests at once do not each see room for one more.
"""

import math
from contextlib import suppress
from enum import StrEnum

from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import RateLimitUsage
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from portal.notices.errors import SmsNotSentError, SmsTooSoonError
from portal.notices.signals import sms_nearly_used_up

A_DAY = 24 * 60 * 60
NEARLY = 0.8


class Sms(StrEnum):
    """What a message is: a code, which anybody may ask for, or something the house has to say."""

    CODE = "code"
    NOTICE = "notice"


def count_one_more(*, phone: str, kind: Sms, purpose: str = "") -> RateLimitUsage:
    """Count a message about to leave to ``phone``; at 80 % of a day's messages whoever listens is told.

    A code waits a minute for the last one of its ``purpose`` only: who has just logged in is soon served at a counter.
    What a number and an address get in an hour and a day is counted over all purposes. What comes back is for
    ``give_back``, should the message not leave after all.

    Raises:
        SmsTooSoonError: a code for the same ``purpose`` left to the number within the minute.
        SmsNotSentError: the number, the address or the day has had enough.
    """
    if kind is Sms.CODE and not _room("wait", f"{purpose}:{phone}"):
        raise SmsTooSoonError
    if kind is Sms.CODE and not _room("code", phone):
        raise SmsNotSentError
    used = _room("any", phone)
    if used is None:
        raise SmsNotSentError
    try:
        sent = _count_today(1)
    except SmsNotSentError:
        used.rollback()
        raise
    if sent == math.ceil(settings.SMS_PER_DAY * NEARLY):
        sms_nearly_used_up.send(sender=Sms, sent=sent, limit=settings.SMS_PER_DAY)
    return used


def give_back(used: RateLimitUsage) -> None:
    """Take back a count of ``count_one_more``: the gateway was away, so that nothing left."""
    used.rollback()
    with suppress(SmsNotSentError):  # not held: the day only keeps one too many
        _count_today(-1)


def _room(action: str, key: str) -> RateLimitUsage | None:
    request = getattr(context, "request", None)
    rates = settings.SMS_RATES[action]
    if request is None:  # a job: there is no address to count by
        request, rates = HttpRequest(), ",".join(rate for rate in rates.split(",") if not rate.endswith("/ip"))
    return ratelimit.consume(
        request, app="portal.notices", action=action, config={action: rates}, key=key, limit_get=True
    )


def _count_today(change: int) -> int:
    key = f"sms-sent:{timezone.localdate()}"
    with ratelimit.cache_lock(key) as is_held:
        if not is_held:
            raise SmsNotSentError
        sent = max(int(cache.get(key, 0)) + change, 0)
        if change > 0 and sent > settings.SMS_PER_DAY:
            raise SmsNotSentError
        cache.set(key, sent, timeout=2 * A_DAY)
    return sent
