"""How many text messages may leave: to a number, from an address, and on a day. Counted where they are sent.

Each count is taken under a lock that the database cache holds for all processes (a row that only one can insert), so
that many requests at once do not each see room for one more.
"""

import math
from enum import StrEnum

from allauth.core import context
from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from portal.notices.errors import SmsNotSentError
from portal.notices.signals import sms_nearly_used_up

A_DAY = 24 * 60 * 60
NEARLY = 0.8


class Sms(StrEnum):
    """What a message is: a code, which anybody may ask for, or something the house has to say."""

    CODE = "code"
    NOTICE = "notice"


def count_one_more(*, phone: str, kind: Sms) -> None:
    """Count a message about to leave to ``phone``; at 80 % of a day's messages whoever listens is told, once.

    Raises:
        SmsNotSentError: the number, the address or the day has had enough.
    """
    if kind is Sms.CODE and not _has_room("code", phone):
        raise SmsNotSentError
    if not _has_room("any", phone):
        raise SmsNotSentError
    sent = _sent_today()
    if sent > settings.SMS_PER_DAY:
        raise SmsNotSentError
    if sent == math.ceil(settings.SMS_PER_DAY * NEARLY):
        sms_nearly_used_up.send(sender=Sms, sent=sent, limit=settings.SMS_PER_DAY)


def _has_room(action: str, phone: str) -> bool:
    request = getattr(context, "request", None)
    rates = settings.SMS_RATES[action]
    if request is None:  # a job: there is no address to count by
        request, rates = HttpRequest(), ",".join(rate for rate in rates.split(",") if not rate.endswith("/ip"))
    usage = ratelimit.consume(
        request, app="portal.notices", action=action, config={action: rates}, key=phone, limit_get=True
    )
    return bool(usage)


def _sent_today() -> int:
    key = f"sms-sent:{timezone.localdate()}"
    with ratelimit.cache_lock(key) as is_held:
        if not is_held:
            raise SmsNotSentError
        sent = int(cache.get(key, 0)) + 1
        cache.set(key, sent, timeout=2 * A_DAY)
    return sent
