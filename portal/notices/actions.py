"""How the house tells a person something, and notices that it was read."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from portal import states
from portal.notices.audiences import reach_of
from portal.notices.delivery import lost
from portal.notices.digests import gather
from portal.notices.enums import (
    MAILING_TRANSITIONS,
    WAITS,
    Channel,
    MailingState,
    MessageKind,
)
from portal.notices.errors import NobodyReachedError, TooManyMailingsError
from portal.notices.expanding import expand
from portal.notices.hours import after_quiet, quiet_by_default
from portal.notices.models import Delivery, Mailing, Message, Preference
from portal.notices.models.deliveries import LONGEST_TEXT
from portal.notices.tasks import deliver
from portal.notices.telling import A_JOB, Note, preferences_of, send_out, tell_each

if TYPE_CHECKING:  # members stands above this room
    from portal.members.models import User

MOST_AT_ONCE = 2_000
LINES_SHOWN = 20
LOST_AFTER = timedelta(minutes=10)


@transaction.atomic(savepoint=False)
def tell(
    *,
    recipient: "User",
    title: str,
    body: str = "",
    url: str = "",
    kind: MessageKind = MessageKind.NOTICE,
    once: str = "",
    sms: str = "",
    until: datetime | None = None,
) -> Message:
    """Put a message into the inbox of ``recipient``, and repeat it by mail and SMS as they want; part of the caller's
    transaction. ``once`` keeps it from being told twice; ``until`` is when nobody needs it any more.
    """
    note = Note(title=title, body=body, url=url, kind=kind, once=once, sms=sms, until=until)
    told = tell_each([recipient], note)
    return told[0] if told else Message.objects.get(recipient=recipient, once=once)


@transaction.atomic
def tally(*, recipient: "User", each: Note, title_of: Callable[[int], str], url: str) -> Message:
    """Tell what happens often as one message a day: the first as ``each`` says, from the second on with the number.

    ``each.once`` says what is counted together, such as a unit and a day. Whoever wants every one gets ``each``.
    Locks that message; a new number calls again.
    """
    if not preferences_of([recipient.pk])[recipient.pk].tallies:
        return tell_each([recipient], replace(each, once=""))[0]
    fresh = tell_each([recipient], each)
    if fresh:
        return fresh[0]
    known = Message.objects.select_for_update(no_key=True).get(recipient=recipient, once=each.once)
    lines = known.body.splitlines() if known.number > 1 else [known.title]
    if len(lines) <= LINES_SHOWN:
        lines.append(each.title if len(lines) < LINES_SHOWN else "……")
    known.number += 1
    known.title, known.body, known.url = title_of(known.number)[:120], "\n".join(lines), url
    known.read_at, known.created_at = None, timezone.now()
    known.save(update_fields=["title", "body", "url", "number", "read_at", "created_at"])
    return known


def text(*, phone: str, text: str, kind: MessageKind, once: str, until: datetime | None = None) -> Delivery:
    """Queue a text message to a ``phone`` whose holder has no account, outside the house's quiet hours. Idempotent."""
    quiet_from, quiet_until = quiet_by_default()
    delivery = Delivery(
        phone=phone,
        text=text[:LONGEST_TEXT],
        kind=kind,
        channel=Channel.SMS,
        once=once,
        next_attempt_at=after_quiet(timezone.now(), quiet_from=quiet_from, quiet_until=quiet_until),
        useless_after=until,
    )
    try:
        with transaction.atomic():
            send_out([delivery])
    except IntegrityError:
        return Delivery.objects.get(once=once)
    return delivery


@transaction.atomic
def set_preference(*, person: "User", choices: dict[str, dict[str, bool]], **fields: Any) -> Preference:
    """Keep how ``person`` wants to be told; what is already queued keeps its hour. Logs that it changed, not what.

    Locks the person: there may be no row yet to lock.
    """
    states.lock(person)
    preference = Preference.objects.select_for_update(no_key=True).filter(person=person).first()
    preference = preference or Preference(person=person)
    preference.choices = choices
    for name, value in fields.items():
        setattr(preference, name, value)
    states.save(preference, action="set", by=person)
    return preference


@transaction.atomic
def send_mailing(*, sender: "User", audience: str, target: str, token: UUID, title: str, body: str) -> Mailing:
    """Send what ``sender`` wrote to everybody of an audience; the worker puts it into the inboxes. The same ``token``
    is the same mailing. Locks the sender.

    Raises:
        NobodyReachedError: there is no such audience for them, or nobody in it.
        TooManyMailingsError: they have written ``MAILINGS_PER_DAY`` today.
    """
    sender = states.lock(sender)
    known = Mailing.objects.filter(token=token, sender=sender).first()
    if known:
        return known
    reach = reach_of(sender=sender, audience=audience, target=target)
    if reach is None or not reach.people.exists():
        raise NobodyReachedError
    today = Mailing.objects.filter(sender=sender, created_at__gt=timezone.now() - timedelta(days=1))
    if today.count() >= settings.MAILINGS_PER_DAY:
        raise TooManyMailingsError
    about = {"audience": audience, "target": target, "label": reach.label[:160]}
    mailing = Mailing(sender=sender, token=token, title=title, body=body, **about)
    states.move(mailing, to=MailingState.QUEUED, by=sender, transitions=MAILING_TRANSITIONS, data=about)
    transaction.on_commit(partial(expand.enqueue, mailing.pk))
    return mailing


def mark_read(*, recipient: "User", messages: Iterable[Message]) -> int:
    """Note that ``recipient`` has seen ``messages``; return how many were new. Others' messages are left alone."""
    shown = [message.pk for message in messages if message.read_at is None]
    unread = Message.objects.filter(recipient=recipient, pk__in=shown, read_at__isnull=True)
    return unread.update(read_at=timezone.now()) if shown else 0


def hand_out_due(*, now: datetime) -> int:
    """Give the worker what is due: what waited for its hour or another try, what a lost worker held. Return how many.

    Whatever was given out and not sent within ``LOST_AFTER`` is given out again; of two jobs one sends.
    """
    gather(now=now)
    mailings = Mailing.objects.filter(state=MailingState.QUEUED, worked_on_at__lt=now - LOST_AFTER)
    for mailing in list(mailings.values_list("pk", flat=True)):
        Mailing.objects.filter(pk=mailing).update(worked_on_at=now)
        expand.enqueue(mailing)
    waits = Q(state__in=WAITS, next_attempt_at__lte=now)
    idle = Q(handed_out_at__isnull=True) | Q(handed_out_at__lt=now - LOST_AFTER)
    due = Delivery.objects.filter(lost(now) | waits, idle, waits_for_digest=False).order_by("next_attempt_at", "pk")
    pks = list(due.values_list("pk", flat=True)[:MOST_AT_ONCE])
    Delivery.objects.filter(pk__in=pks).update(handed_out_at=now)
    for start in range(0, len(pks), A_JOB):
        deliver.enqueue(pks[start : start + A_JOB])
    return len(pks)
