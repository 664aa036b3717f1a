"""What waits in an inbox."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from portal.notices.consent import agreed_to_sms
from portal.notices.enums import Channel, DeliveryState, MessageKind
from portal.notices.models import Delivery, Mailing, Message, Preference

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


@dataclass(frozen=True)
class Numbers:
    """How many people a mailing would reach: in the inbox, and of these by mail and by text message besides."""

    people: int
    mail: int
    sms: int


def numbers_of(people: "QuerySet[User]") -> Numbers:
    """Count whom a mailing to ``people`` would reach by which way."""
    kind = MessageKind.MAILING
    able = people.filter(is_active=True)
    against = Q(**{f"choices__{kind}__muted": True})
    no_mail = Preference.objects.filter(against | Q(**{f"choices__{kind}__{Channel.EMAIL}": False}))
    by_sms = Preference.objects.filter(**{f"choices__{kind}__{Channel.SMS}": True}).exclude(
        pk__in=Preference.objects.filter(against).values("pk")
    )
    asked = able.filter(phone__isnull=False, pk__in=by_sms.values("person"))
    return Numbers(
        people=people.count(),
        mail=able.exclude(email="").exclude(pk__in=no_mail.values("person")).count(),
        sms=len(agreed_to_sms(list(asked.values_list("pk", flat=True)))),
    )


def mailings_of(sender: "User") -> QuerySet[Mailing]:
    """Return what ``sender`` wrote, newest first, with ``read``: how many have opened it."""
    # Counted for each row shown: joined, all messages of all mailings would be read to show a page of them.
    opened = Message.objects.filter(mailing=OuterRef("pk"), read_at__isnull=False).order_by().values("mailing")
    read = Coalesce(Subquery(opened.annotate(number=Count("pk")).values("number")), 0)
    return Mailing.objects.filter(sender=sender).annotate(read=read).order_by("-pk")


def told_by(mailing: Mailing) -> QuerySet[Message]:
    """Return the messages of ``mailing`` with their people and deliveries."""
    deliveries = Delivery.objects.select_related("digest")
    found = Message.objects.filter(mailing=mailing).select_related("recipient").order_by("pk")
    return found.prefetch_related(Prefetch("deliveries", queryset=deliveries))


def ways_of(mailing: Mailing) -> dict[str, int]:
    """Return how many deliveries of ``mailing`` have left by each channel, and how many never will (``given_up``)."""
    about = Delivery.objects.filter(message__mailing=mailing)
    left = Q(state=DeliveryState.SENT) | Q(digest__state=DeliveryState.SENT)
    lost = Q(state=DeliveryState.GIVEN_UP) | Q(digest__state=DeliveryState.GIVEN_UP)
    return about.aggregate(
        email=Count("pk", filter=left & Q(channel=Channel.EMAIL)),
        sms=Count("pk", filter=left & Q(channel=Channel.SMS)),
        given_up=Count("pk", filter=lost),
    )
