"""What waits in an inbox."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from portal.notices.models import Message

if TYPE_CHECKING:  # members stands above this room
    from portal.members.models import User


def inbox_of(person: "User") -> QuerySet[Message]:
    """Return the messages to ``person``, newest first."""
    return Message.objects.filter(recipient=person)


def unread_count(person: "User") -> int:
    """Return how many messages ``person`` has not opened; one count over an index."""
    return inbox_of(person).filter(read_at__isnull=True).count()
