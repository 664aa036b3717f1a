"""Mails about what can wait, gathered into one for each person."""

from datetime import datetime

from django.db import transaction

from portal.notices.enums import Channel, DeliveryState, MessageKind
from portal.notices.models import Delivery

AT_ONCE = 1_000


def gather(*, now: datetime) -> int:
    """Make one mail a person of what is due; return how many. What was read in the inbox meanwhile is left out."""
    waiting = Delivery.objects.filter(
        waits_for_digest=True, state=DeliveryState.QUEUED, channel=Channel.EMAIL, next_attempt_at__lte=now
    )
    people = list(waiting.order_by("recipient").values_list("recipient", flat=True).distinct()[:AT_ONCE])
    return sum(_gather_for(person, now=now) for person in people if person is not None)


@transaction.atomic
def _gather_for(person: int, *, now: datetime) -> bool:
    # Everything that waits goes along, also what came since; held, so that two clocks make one mail.
    rows = list(
        Delivery.objects.select_for_update(no_key=True, of=("self",))
        .select_related("message")
        .filter(recipient=person, waits_for_digest=True, state=DeliveryState.QUEUED, channel=Channel.EMAIL)
    )
    unread = [row.pk for row in rows if row.message and row.message.read_at is None]
    rest = [row.pk for row in rows if row.pk not in unread]
    Delivery.objects.filter(pk__in=rest).update(state=DeliveryState.SKIPPED)
    if not unread:
        return False
    digest = Delivery.objects.create(
        recipient_id=person, kind=MessageKind.NOTICE, channel=Channel.EMAIL, next_attempt_at=now
    )
    Delivery.objects.filter(pk__in=unread).update(state=DeliveryState.GATHERED, digest=digest)
    return True
