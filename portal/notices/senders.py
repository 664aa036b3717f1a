"""How a text message leaves the house. A gateway is a class with ``send``; the setting ``SMS_SENDER`` names it."""

import logging
from collections.abc import Sequence
from typing import Protocol

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django.utils.module_loading import import_string

from portal.notices.enums import Channel
from portal.notices.errors import SmsNotSentError
from portal.notices.models import MailboxEntry

A_DAY = 24 * 60 * 60

logger = logging.getLogger(__name__)


class SmsSender(Protocol):
    """What a gateway must do."""

    def send(self, *, phone: str, text: str) -> None:
        """Send ``text`` to ``phone`` (E.164), or raise ``portal.notices.errors.SmsNotSentError``."""


class ConsoleSmsSender:
    """Prints messages; for a laptop."""

    def send(self, *, phone: str, text: str) -> None:
        print(f"SMS {phone}: {text}")  # noqa: T201 -- printing is what this gateway is for


class MailboxSmsSender:
    """Keeps messages for the demo's mailbox page."""

    def send(self, *, phone: str, text: str) -> None:
        MailboxEntry.objects.create(channel=Channel.SMS, recipient=phone, body=text)


class MailboxEmailBackend(BaseEmailBackend):
    """Keeps mails for the demo's mailbox page."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        entries = [
            MailboxEntry(channel=Channel.EMAIL, recipient=recipient, subject=str(mail.subject), body=str(mail.body))
            for mail in email_messages
            for recipient in mail.recipients()
        ]
        return len(MailboxEntry.objects.bulk_create(entries))


def send_sms(*, phone: str, text: str) -> None:
    """Send ``text`` to ``phone`` through the gateway the settings name.

    Raises:
        SmsNotSentError: the gateway is away, or the messages of this day are used up.
    """
    if _count_one_more() > settings.SMS_PER_DAY:
        logger.error("The text messages of this day are used up (SMS_PER_DAY).")
        raise SmsNotSentError
    sender: SmsSender = import_string(settings.SMS_SENDER)()
    sender.send(phone=phone, text=text)


def _count_one_more() -> int:
    key = f"sms-sent:{timezone.localdate()}"
    cache.add(key, 0, timeout=A_DAY)
    return cache.incr(key)
