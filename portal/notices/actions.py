"""How the house tells a person something, and notices that it was read."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils import timezone

from portal.notices.models import Message

if TYPE_CHECKING:  # members stands above this room
    from portal.members.models import User


def tell(*, recipient: "User", title: str, body: str = "", url: str = "") -> Message:
    """Put a message into the inbox of ``recipient``; part of the caller's transaction."""
    return Message.objects.create(recipient=recipient, title=title, body=body, url=url)


def mark_read(*, recipient: "User", messages: Iterable[Message]) -> int:
    """Note that ``recipient`` has seen ``messages``; return how many were new. Others' messages are left alone."""
    shown = [message.pk for message in messages if message.read_at is None]
    unread = Message.objects.filter(recipient=recipient, pk__in=shown, read_at__isnull=True)
    return unread.update(read_at=timezone.now()) if shown else 0
