"""What waits in an inbox."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from portal.notices.consent import agreed_to_sms
from portal.notices.enums import MessageKind
from portal.notices.models import Message, Preference

if TYPE_CHECKING:  # members stands above this room
    from portal.members.models import User


def inbox_of(person: "User") -> QuerySet[Message]:
    """Return the messages to ``person``, newest first."""
    return Message.objects.filter(recipient=person)


def unread_count(person: "User") -> int:
    """Return how many messages ``person`` has not opened, without muted ones; one count over an index."""
    return inbox_of(person).filter(read_at__isnull=True, is_muted=False).count()


def preference_of(person: "User") -> Preference:
    """Return what ``person`` has chosen, or an unsaved row with the house's own rule."""
    return Preference.objects.filter(person=person).first() or Preference(person=person)


def kinds_for(person: "User") -> list[MessageKind]:
    """Return the kinds ``person`` may want to choose about: those of duties only where one has come."""
    duties = {MessageKind.WORK, MessageKind.PROGRESS}
    come = set(inbox_of(person).filter(kind__in=duties).order_by().values_list("kind", flat=True).distinct())
    return [kind for kind in MessageKind if kind not in duties or kind in come]


def gets_sms(person: "User") -> bool:
    """Return whether ``person`` agreed to be told by text message."""
    return person.pk in agreed_to_sms([person.pk])
