"""How messages come into inboxes, and the deliveries that repeat them elsewhere; in the caller's transaction."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.notices.consent import agreed_to_sms
from portal.notices.enums import AT_ANY_HOUR, MUST, URGENT, WAYS, Channel, MessageKind
from portal.notices.hours import after_quiet, next_digest
from portal.notices.models import Delivery, Message, Preference
from portal.notices.models.deliveries import LONGEST_TEXT
from portal.notices.tasks import deliver

if TYPE_CHECKING:  # members stands above this room
    from portal.members.models import User

A_JOB = 50


@dataclass(frozen=True)
class Note:
    """What is told. ``sms`` is said instead of the title where a text message leaves; ``until`` when it is of no use.

    ``once`` keeps a person from being told the same thing twice.
    """

    title: str
    body: str = ""
    url: str = ""
    kind: MessageKind = MessageKind.NOTICE
    once: str = ""
    sms: str = ""
    until: datetime | None = None
    mailing: int | None = None


def tell_each(recipients: Iterable["User"], note: Note) -> list[Message]:
    """Put ``note`` into the inbox of each who has not got it yet; return the new messages.

    The number of queries is the same for one and for many.
    """
    people = {person.pk: person for person in recipients}
    chosen = preferences_of(people)
    messages = _new_messages(people, note, chosen)
    if messages:
        told = [people[message.recipient_id] for message in messages]
        send_out(_deliveries(dict(zip((m.pk for m in messages), told, strict=True)), note, chosen))
    return messages


def preferences_of(people: Collection[int]) -> dict[int, Preference]:
    """Return what each of ``people``, given by key, has chosen; the house's own rule for the others."""
    chosen = Preference.objects.filter(person__in=list(people)).in_bulk(field_name="person_id")
    return {key: chosen.get(key) or Preference(person_id=key) for key in people}


def send_out(deliveries: Sequence[Delivery]) -> None:
    """Write ``deliveries`` down; what is due leaves once the transaction is committed, the clock finds the rest."""
    now = timezone.now()
    for row in deliveries:
        row.handed_out_at = now if row.next_attempt_at <= now and not row.waits_for_digest else None
    due = [row.pk for row in Delivery.objects.bulk_create(deliveries) if row.handed_out_at]
    for start in range(0, len(due), A_JOB):
        transaction.on_commit(partial(deliver.enqueue, due[start : start + A_JOB]))


def _new_messages(people: dict[int, "User"], note: Note, chosen: dict[int, Preference]) -> list[Message]:
    if not note.once:
        return _write(people, note, chosen)
    known = _told(people, note)
    try:
        with transaction.atomic():
            return _write({key: person for key, person in people.items() if key not in known}, note, chosen)
    except IntegrityError:  # somebody told one of them in this moment
        known = _told(people, note)
        return _write({key: person for key, person in people.items() if key not in known}, note, chosen)


def _told(people: dict[int, "User"], note: Note) -> set[int]:
    told = Message.objects.filter(recipient__in=list(people), once=note.once)
    return set(told.values_list("recipient_id", flat=True))


def _write(people: dict[int, "User"], note: Note, chosen: dict[int, Preference]) -> list[Message]:
    return Message.objects.bulk_create(
        Message(
            recipient=person,
            kind=note.kind,
            title=note.title[:120],
            body=note.body,
            url=note.url,
            once=note.once,
            mailing_id=note.mailing,
            is_muted=chosen[key].is_muted(note.kind),
        )
        for key, person in people.items()
    )


def _deliveries(told: dict[int, "User"], note: Note, chosen: dict[int, Preference]) -> list[Delivery]:
    now = timezone.now()
    deliveries = []
    for channel, reached in _reached(told.values(), note, chosen).items():
        for key, person in told.items():
            if person.pk in reached:
                delivery = _delivery(person, channel, note, chosen[person.pk], now)
                delivery.message_id = key
                deliveries.append(delivery)
    return deliveries


def _reached(people: Iterable["User"], note: Note, chosen: dict[int, Preference]) -> dict[Channel, set[int]]:
    able = [person for person in people if person.is_active]
    mail = {p.pk for p in able if p.email and chosen[p.pk].wants(note.kind, Channel.EMAIL)}
    texts: set[int] = set()
    if Channel.SMS in WAYS[note.kind]:
        texts = {p.pk for p in able if p.phone and chosen[p.pk].wants(note.kind, Channel.SMS)}
        if note.kind not in MUST:
            texts &= agreed_to_sms(texts)
        elif not note.sms:  # what must be said by SMS whatever one agreed to has its own words
            texts = set()
    return {Channel.EMAIL: mail, Channel.SMS: texts}


def _delivery(person: "User", channel: Channel, note: Note, preference: Preference, now: datetime) -> Delivery:
    waits = channel == Channel.EMAIL and note.kind not in URGENT
    due = next_digest(now, digest=preference.digest, hour=preference.digest_hour) if waits else now
    if note.kind not in AT_ANY_HOUR:
        quiet_from, quiet_until = preference.quiet_hours
        due = after_quiet(due, quiet_from=quiet_from, quiet_until=quiet_until)
    return Delivery(
        recipient=person,
        kind=note.kind,
        channel=channel,
        text=note.sms[:LONGEST_TEXT] if channel == Channel.SMS else "",
        next_attempt_at=due,
        useless_after=note.until,
        waits_for_digest=waits and due > now,
    )
