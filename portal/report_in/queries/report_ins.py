"""Who has reported in where, and what waits for whom."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from portal.members.models import User
from portal.organisations.enums import Action
from portal.organisations.models import Area
from portal.organisations.permissions import in_areas_of
from portal.organisations.queries import within
from portal.report_in.enums import OPEN, PENDING, ReportInKind, ReportInState
from portal.report_in.models import MemberReportIn
from portal.working_days import latest_day_overdue

ASKS_FOR_LONGER = Q(state=ReportInState.ACCEPTED, extended_until__isnull=False, extension_decided_at__isnull=True)


def home_community(person: User) -> Area | None:
    """Return the community that accepted ``person`` as a resident."""
    return Area.objects.filter(
        report_ins__person=person,
        report_ins__kind=ReportInKind.RESIDENCE,
        report_ins__state=ReportInState.ACCEPTED,
    ).first()


def members_reported_in(area: Area) -> QuerySet[User]:
    """Return the people whose report-in was accepted in ``area`` or below it, and still stands."""
    accepted = MemberReportIn.objects.filter(
        within([area.path], field="area__path"), person=OuterRef("pk"), state=ReportInState.ACCEPTED
    )
    return User.objects.filter(Exists(accepted)).order_by("pk")


def open_residence(person: User) -> MemberReportIn | None:
    """Return the one residence report-in of ``person`` that waits or stands."""
    return _open_of(person).filter(kind=ReportInKind.RESIDENCE).first()


def open_move(person: User) -> MemberReportIn | None:
    """Return the move of ``person`` that waits for the new community."""
    return _open_of(person).filter(kind=ReportInKind.MOVE).first()


def open_temporary(person: User, area: Area) -> MemberReportIn | None:
    """Return the temporary report-in of ``person`` that waits or stands in ``area``."""
    return _open_of(person).filter(kind=ReportInKind.TEMPORARY, area=area).first()


def open_report_ins(person: User) -> list[MemberReportIn]:
    """Return all that waits or stands of ``person``: the residence, then a move, then temporary ones."""
    order = list(ReportInKind)
    found = _open_of(person).order_by("submitted_at", "pk")
    return sorted(found, key=lambda report_in: order.index(ReportInKind(report_in.kind)))


def history_of(person: User) -> QuerySet[MemberReportIn]:
    """Return every report-in ``person`` ever sent, newest first."""
    return MemberReportIn.objects.filter(person=person).select_related("area", "unit", "moves_from__area", "station")


def reviewable(person: User) -> QuerySet[MemberReportIn]:
    """Return the report-ins of others that ``person`` may answer, oldest first: their community's, and silent ones."""
    own = in_areas_of(person, Action.REVIEW_REPORT_IN)
    above = in_areas_of(person, Action.REVIEW_SILENT_REPORT_IN)
    return (
        MemberReportIn.objects.filter(own | above & Q(escalated_at__isnull=False, state__in=PENDING))
        .exclude(person=person)
        .select_related("person", "unit", "area")
        .order_by("submitted_at", "pk")
    )


def pending_counts(reports: QuerySet[MemberReportIn]) -> dict[str, int]:
    """Return how many of ``reports`` wait, by state, with ``overdue`` and ``longer``; of settled ones nobody counts."""
    waiting = reports.order_by().filter(Q(state__in=PENDING) | ASKS_FOR_LONGER)
    is_overdue = Q(state=ReportInState.SUBMITTED, escalated_at__isnull=False)
    return waiting.aggregate(
        submitted=Count("pk", filter=Q(state=ReportInState.SUBMITTED)),
        asked_back=Count("pk", filter=Q(state=ReportInState.ASKED_BACK)),
        overdue=Count("pk", filter=is_overdue),
        longer=Count("pk", filter=ASKS_FOR_LONGER),
    )


def unanswered(today: date) -> QuerySet[MemberReportIn]:
    """Return what communities have let lie beyond the working days they have, and nobody was told of yet."""
    waiting = MemberReportIn.objects.filter(state=ReportInState.SUBMITTED, escalated_at__isnull=True)
    late = waiting.filter(submitted_at__lt=overdue_before(today))
    return late.select_related("person").order_by("submitted_at", "pk")


def overdue_before(today: date) -> datetime:
    """Return the moment: what was submitted before it has had all the working days a community has for its answer."""
    last = latest_day_overdue(today, settings.REPORT_IN_ANSWER_WORKING_DAYS)
    return timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))


def temporary_to_end(today: date) -> QuerySet[MemberReportIn]:
    return _temporary().filter(expires_on__lt=today)


def temporary_unanswered(today: date) -> QuerySet[MemberReportIn]:
    """Return the temporary report-ins that still wait though their last day is over."""
    waiting = MemberReportIn.objects.filter(kind=ReportInKind.TEMPORARY, state__in=PENDING, expires_on__lt=today)
    return waiting.select_related("person").order_by("expires_on", "pk")


def temporary_to_remind(until: date) -> QuerySet[MemberReportIn]:
    """Return the temporary report-ins whose last day is no later than ``until`` and that nobody was reminded of."""
    return _temporary().filter(expires_on__lte=until, reminded_at__isnull=True)


def _temporary() -> QuerySet[MemberReportIn]:
    standing = MemberReportIn.objects.filter(kind=ReportInKind.TEMPORARY, state=ReportInState.ACCEPTED)
    return standing.select_related("person").order_by("expires_on", "pk")


def _open_of(person: User) -> QuerySet[MemberReportIn]:
    return MemberReportIn.objects.select_related("area", "unit", "station", "grid").filter(
        person=person, state__in=OPEN
    )
