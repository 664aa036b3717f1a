"""What a delivery says: a mail, or one text message."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.notices.models import Delivery, Message
from portal.notices.models.deliveries import LONGEST_TEXT


def mail_of(delivery: Delivery) -> EmailMessage:
    """Return the mail of one message, or of all that were gathered. Its Message-ID is the key, the same each time."""
    messages = _messages_of(delivery)
    if len(messages) == 1:
        subject = messages[0].title
    else:
        subject = ngettext("您有 %(number)s 条新消息", "您有 %(number)s 条新消息", len(messages)) % {
            "number": len(messages)
        }
    about = {
        "name": delivery.recipient.name if delivery.recipient else "",
        "messages": [{"title": one.title, "body": one.body, "url": _whole(one.url)} for one in messages],
        "inbox": _whole(reverse("notices:inbox")),
        "settings": _whole(reverse("notices:preferences")),
    }
    body = render_to_string("portal/notices/email.txt", about)
    to = [delivery.recipient.email] if delivery.recipient else []
    headers = {"Message-ID": f"<{delivery.key}@{_host()}>"}
    return EmailMessage(_("【报到】%(subject)s") % {"subject": " ".join(subject.split())}, body, to=to, headers=headers)


def text_of(delivery: Delivery) -> str:
    """Return the text message of one delivery."""
    if delivery.text or delivery.message is None:
        return delivery.text
    text = _("【报到】%(title)s") % {"title": delivery.message.title.rstrip("。")}
    address = _whole(delivery.message.url or reverse("notices:inbox"))
    return f"{text[: LONGEST_TEXT - len(address) - 1]}。{address}"


def _messages_of(delivery: Delivery) -> list[Message]:
    if delivery.message:
        return [delivery.message]
    parts = delivery.parts.filter(message__isnull=False).select_related("message").order_by("pk")
    return [part.message for part in parts if part.message]


def _whole(path: str) -> str:
    return f"{settings.BASE_URL.rstrip('/')}{path}" if path.startswith("/") else path


def _host() -> str:
    return settings.BASE_URL.rstrip("/").partition("://")[2].partition(":")[0] or "localhost"
