"""Reminding people to report in: each phone once in a while, whoever asks, however many ask at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from portal.members.models import RosterEntry, User
from portal.notices.actions import text
from portal.notices.enums import Channel, MessageKind
from portal.notices.telling import Note, tell_each
from portal.organisations.models import Unit
from portal.report_in.errors import NumbersChangedError, TooManyMessagesError
from portal.report_in.models import GapReminder
from portal.report_in.queries.gaps import reminder_cutoff, reminders_over

MOST_AT_ONCE = 2_000
GAP_KEY = "report_in.gap:"


@dataclass(frozen=True)
class Reminded:
    """How many a reminder reached."""

    in_app: int
    sms: int


@transaction.atomic
def remind_gap(*, rows: "QuerySet[RosterEntry]", unit: Unit, by: User, most_sms: int, now: datetime) -> Reminded:
    """Remind the people of ``rows``: in the inbox where they have an account, by text message where they never came.

    Who was reminded within ``GAP_REMINDER_DAYS`` is left alone. ``most_sms`` is the number ``by`` was shown; the log
    keeps the numbers at ``unit``. Locks the phones, so that nobody is reminded twice.

    Raises:
        TooManyMessagesError: there are too many rows, or text messages, for one click.
        NumbersChangedError: more text messages would leave than ``by`` has seen.
    """
    entries = list(rows.select_related("unit", "person")[: MOST_AT_ONCE + 1])
    if len(entries) > MOST_AT_ONCE:
        raise TooManyMessagesError
    by_phone = {str(entry.phone): entry for entry in reversed(entries)}
    free = _hold_free(by_phone, now=now)
    texts = [one for one in free if by_phone[str(one.phone)].person_id is None]
    if len(texts) > settings.GAP_REMINDER_SMS_MAX:
        raise TooManyMessagesError
    if len(texts) > most_sms:
        raise NumbersChangedError
    inbox = [one for one in free if by_phone[str(one.phone)].person_id is not None]
    _note(texts, Channel.SMS, by=by, now=now)
    _note(inbox, "", by=by, now=now)
    _tell([by_phone[str(one.phone)] for one in inbox])
    words = _("%(unit)s请您到居住的社区报到：打开 %(address)s，用这个手机号登录就行。自愿参加，不影响您办事。")
    for one in texts:
        name = by_phone[str(one.phone)].unit.name
        text(
            phone=str(one.phone),
            text=words % {"unit": name, "address": settings.BASE_URL},
            kind=MessageKind.REPORT_IN,
            once=f"{GAP_KEY}{one.pk}:{now.timestamp()}",
        )
    log(unit, "report_in.gap.reminded", user=by, data={"in_app": len(inbox), "sms": len(texts)})
    return Reminded(in_app=len(inbox), sms=len(texts))


def free_reminder(*, once: str) -> None:
    """Let somebody be reminded again whose text message, known by ``once``, will never leave."""
    if once.startswith(GAP_KEY):
        GapReminder.objects.filter(pk=int(once.split(":")[1])).update(sent_at=None)


def forget_reminders(*, now: datetime) -> int:
    """Erase the reminders that keep nothing back any more; return how many."""
    return reminders_over(now).delete()[0]


def _hold_free(phones: Collection[str], *, now: datetime) -> list[GapReminder]:
    """Lock a row for each phone, in one order for all, and return those that may be reminded."""
    known = sorted(phones)
    GapReminder.objects.bulk_create([GapReminder(phone=phone) for phone in known], ignore_conflicts=True)
    rows = GapReminder.objects.filter(phone__in=known).order_by("phone").select_for_update(no_key=True)
    cutoff = reminder_cutoff(now)
    return [row for row in rows if row.sent_at is None or row.sent_at <= cutoff]


def _note(rows: Collection[GapReminder], channel: str, *, by: User, now: datetime) -> None:
    GapReminder.objects.filter(pk__in=[row.pk for row in rows]).update(sent_at=now, channel=channel, sent_by=by)


def _tell(entries: Iterable[RosterEntry]) -> None:
    people: defaultdict[Unit, list[User]] = defaultdict(list)
    for entry in entries:
        if entry.person is not None:
            people[entry.unit].append(entry.person)
    for unit, members in people.items():
        note = Note(
            kind=MessageKind.REPORT_IN,
            title=_("%(unit)s提醒您到居住的社区报到。") % {"unit": unit},
            body=_("选好社区就能提交，姓名和单位不用再填。自愿参加；请假或有困难，告诉单位联络员就行。"),
            url=reverse("report_in:start"),
        )
        tell_each(members, note)
