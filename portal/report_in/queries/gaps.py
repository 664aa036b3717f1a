"""Whom a unit's contact may still help to report in: a private list, by branch and name, never a rank."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from portal.members.models import RosterEntry, User
from portal.organisations.enums import Action
from portal.organisations.models import Unit
from portal.organisations.permissions import in_units_of, units_for
from portal.organisations.queries import within
from portal.report_in.enums import ReportInKind, ReportInState
from portal.report_in.models import GapReminder, MemberReportIn
from portal.report_in.queries.leaves import standing_leave

GAP_ORDER = ("unit__path", "name", "pk")
GAP_FIELDS = ("name", "phone", "person", "unit__path", "unit__name")
BRANCHES_SHOWN = 200
MOST_COUNTED = 1_000


@dataclass(frozen=True)
class Counted:
    """How many there are; ``is_more`` where there are more than ``number``, which nobody counted."""

    number: int
    is_more: bool = False


@dataclass(frozen=True)
class ReminderPlan:
    """How many a reminder would reach, by which way, and how many it leaves alone."""

    in_app: int
    sms: int
    lately: int

    @property
    def reached(self) -> int:
        return self.in_app + self.sms

    @property
    def price(self) -> float | None:
        """Return about what the text messages cost, in 元; ``None`` where no price is known."""
        return self.sms * settings.SMS_PRICE_FEN / 100 if settings.SMS_PRICE_FEN else None

    @property
    def has_too_many_messages(self) -> bool:
        return self.sms > settings.GAP_REMINDER_SMS_MAX


def gap_branches(person: User) -> QuerySet[Unit]:
    """Return the units and branches by which ``person`` may narrow the list, at most ``BRANCHES_SHOWN``."""
    return units_for(person, Action.SEE_GAP_LIST).filter(ends_on__isnull=True).order_by("path")[:BRANCHES_SHOWN]


def gap_list(person: User, *, branch: Unit | None = None, name: str = "") -> QuerySet[RosterEntry]:
    """Return the roster rows whose person no community has received, without those on leave, by branch and name.

    ``person`` sees the units they answer for, ``branch`` one of them with what lies beneath.
    """
    today = timezone.localdate()
    received = MemberReportIn.objects.filter(
        person=OuterRef("person"), kind=ReportInKind.RESIDENCE, state=ReportInState.ACCEPTED
    )
    rows = RosterEntry.objects.filter(
        ~Exists(received),
        ~standing_leave(today, person="person"),
        Q(exempt_until__isnull=True) | Q(exempt_until__lt=today) | Q(person__isnull=False),
        in_units_of(person, Action.SEE_GAP_LIST),
        left_on__isnull=True,
        is_confirmed=True,
    )
    if branch:
        rows = rows.filter(within([branch.path], field="unit__path"))
    if name:
        rows = rows.filter(name__icontains=name)
    return rows.select_related("unit").only(*GAP_FIELDS).order_by(*GAP_ORDER)


def counted(rows: "QuerySet[RosterEntry]") -> Counted:
    """Return how many ``rows`` there are, counted no further than ``MOST_COUNTED``: nobody needs the exact number."""
    number = rows.order_by()[: MOST_COUNTED + 1].count()
    return Counted(min(number, MOST_COUNTED), is_more=number > MOST_COUNTED)


def reminder_cutoff(now: datetime) -> datetime:
    """Return since when a reminder keeps the next one back."""
    return now - timedelta(days=settings.GAP_REMINDER_DAYS)


def reminder_plan(rows: "QuerySet[RosterEntry]", *, now: datetime) -> ReminderPlan:
    """Count how a reminder to ``rows`` would reach people; one query."""
    lately = Exists(GapReminder.objects.filter(phone=OuterRef("phone"), sent_at__gt=reminder_cutoff(now)))
    counts = (
        rows.order_by()
        .annotate(was_lately=lately)
        .aggregate(
            in_app=Count("phone", distinct=True, filter=Q(person__isnull=False, was_lately=False)),
            sms=Count("phone", distinct=True, filter=Q(person__isnull=True, was_lately=False)),
            lately=Count("phone", distinct=True, filter=Q(was_lately=True)),
        )
    )
    return ReminderPlan(**counts)


def reminders_over(now: datetime) -> QuerySet[GapReminder]:
    """Return the reminders that no longer keep anything back."""
    cutoff = reminder_cutoff(now)
    return GapReminder.objects.filter(Q(sent_at__lte=cutoff) | Q(sent_at__isnull=True, created_at__lte=cutoff))
