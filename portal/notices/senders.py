"""How a text message leaves the house. A gateway is a class with ``send``; the setting ``SMS_SENDER`` names it."""

import logging
from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.module_loading import import_string

from portal.notices.enums import Channel
from portal.notices.errors import SmsNotSentError
from portal.notices.limits import Sms, count_one_more, give_back
from portal.notices.models import MailboxEntry

logger = logging.getLogger(__name__)


class SmsSender(Protocol):
    """What a gateway must do."""

    def send(self, *, phone: str, text: str) -> None:
        """Send ``text`` to ``phone`` (E.164).

        Raises:
            portal.notices.errors.SmsNotSentError: the gateway is away; the message is tried again later.
            portal.notices.errors.SmsRefusedError: this message will never leave; nothing tries again.
        """


@runtime_checkable
class KeyedSmsSender(Protocol):
    """What a gateway that recognises a repetition does besides: it sends once for each ``key``."""

    def send_once(self, *, phone: str, text: str, key: str) -> None:
        """Send ``text`` to ``phone`` unless ``key`` was sent before; raises as ``SmsSender.send``."""


class ConsoleSmsSender:
    """Prints messages; for a laptop."""

    def send(self, *, phone: str, text: str) -> None:
        print(f"SMS {phone}: {text}")  # noqa: T201 -- printing is what this gateway is for


class MailboxSmsSender:
    """Keeps messages for the demo's mailbox page; one with a key once."""

    def send(self, *, phone: str, text: str) -> None:
        MailboxEntry.objects.create(channel=Channel.SMS, recipient=phone, body=text)

    def send_once(self, *, phone: str, text: str, key: str) -> None:
        entry = MailboxEntry(channel=Channel.SMS, recipient=phone, body=text, key=key)
        MailboxEntry.objects.bulk_create([entry], ignore_conflicts=True)


class MailboxEmailBackend(BaseEmailBackend):
    """Keeps mails for the demo's mailbox page; one with a Message-ID of its own once."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        entries = [
            MailboxEntry(
                channel=Channel.EMAIL,
                recipient=recipient,
                subject=str(mail.subject),
                body=str(mail.body),
                key=str(mail.extra_headers.get("Message-ID", "")),
            )
            for mail in email_messages
            for recipient in mail.recipients()
        ]
        return len(MailboxEntry.objects.bulk_create(entries, ignore_conflicts=True))


def send_sms(*, phone: str, text: str, kind: Sms = Sms.NOTICE, key: str = "", purpose: str = "") -> None:
    """Send ``text`` to ``phone`` through the gateway the settings name, with ``key`` if it takes one.

    A code names its ``purpose``; the wait for the next one is counted for each by itself.

    Raises:
        SmsNotSentError: the gateway is away, or the number, the address or the day has had its messages.
    """
    try:
        used = count_one_more(phone=phone, kind=kind, purpose=purpose)
    except SmsNotSentError:
        logger.warning("A text message was not sent: a limit is reached (SMS_RATES, SMS_PER_DAY).")
        raise
    try:
        _give_to_gateway(phone=phone, text=text, key=key)
    except Exception:
        if kind is Sms.NOTICE:  # it is tried again, and each try would count; a code is asked for by anybody
            give_back(used)
        raise


def _give_to_gateway(*, phone: str, text: str, key: str) -> None:
    sender: SmsSender = import_string(settings.SMS_SENDER)()
    if key and isinstance(sender, KeyedSmsSender):
        sender.send_once(phone=phone, text=text, key=key)
    else:
        sender.send(phone=phone, text=text)
