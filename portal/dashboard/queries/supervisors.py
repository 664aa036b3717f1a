"""A supervisor's first page: how many, never who.

The sums of a city walk half a million rows: they are made once in ``KEPT_FOR`` for each reach and kept in between, with
the time they were made. What a supervisor has to act upon is counted afresh.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.db.models import Sum
from django.utils import timezone

from portal.activities.enums import ActivityState
from portal.activities.models import Activity
from portal.annual_reports.enums import Side
from portal.annual_reports.models import Receipt, ReportingYear
from portal.annual_reports.queries import open_year
from portal.members.models import User
from portal.organisations.enums import Action, AreaKind
from portal.organisations.permissions import areas_for, in_areas_of, reach_of
from portal.records.enums import COUNTS
from portal.records.models import ServiceRecord
from portal.report_in.enums import ReportInKind, ReportInState
from portal.report_in.models import MemberReportIn
from portal.report_in.queries import reviewable, silent_units

KEPT_FOR = timedelta(minutes=10)


@dataclass(frozen=True)
class Figures:
    """The subtree of a supervisor in numbers, as they stood at ``counted_at``; ``minutes`` of service in ``year``."""

    counted_at: datetime
    year: int
    communities: int
    reported_in: int
    waiting: int
    activities: int
    minutes: int
    reporting_year: int | None
    reports: int


@dataclass(frozen=True)
class SupervisorDesk:
    """What waits for a supervisor, and their subtree in numbers."""

    silent: int
    silent_units: int
    figures: Figures


def supervisor_desk(person: User) -> SupervisorDesk:
    silent = reviewable(person).filter(state=ReportInState.SUBMITTED, escalated_at__isnull=False)
    return SupervisorDesk(silent.count(), silent_units(person).count(), figures_of(person))


def figures_of(person: User) -> Figures:
    """Return the numbers of what ``person`` sees, at most ``KEPT_FOR`` old; whoever sees the same shares them."""
    today, reporting_year = timezone.localdate(), open_year()
    key = _key(person, today, reporting_year)
    figures: Figures | None = cache.get(key)
    if figures is None:
        figures = _counted(person, today, reporting_year)
        cache.set(key, figures, timeout=KEPT_FOR.total_seconds())
    return figures


def _key(person: User, today: date, reporting_year: ReportingYear | None) -> str:
    paths, _units = reach_of(person, Action.SEE_NUMBERS)
    seen = "|".join([*sorted(paths), str(today), str(reporting_year and reporting_year.pk)])
    return f"supervisor-figures:{hashlib.sha256(seen.encode()).hexdigest()}"


def _counted(person: User, today: date, reporting_year: ReportingYear | None) -> Figures:
    in_reach = in_areas_of(person, Action.SEE_NUMBERS)
    # People report in to communities: named by key, each is one step of an index of nothing but what is counted.
    areas = areas_for(person, Action.SEE_NUMBERS).filter(kind=AreaKind.COMMUNITY)
    communities = list(areas.values_list("pk", flat=True))
    report_ins = MemberReportIn.objects.filter(area__in=communities)
    activities = Activity.objects.filter(in_reach, state=ActivityState.PUBLISHED, published_at__year=today.year)
    records = ServiceRecord.objects.filter(in_reach, served_on__year=today.year, state__in=COUNTS)
    receipts = Receipt.objects.filter(in_reach, side=Side.COMMUNITY, report__year=reporting_year)
    return Figures(
        counted_at=timezone.now(),
        year=today.year,
        communities=len(communities),
        reported_in=report_ins.filter(kind=ReportInKind.RESIDENCE, state=ReportInState.ACCEPTED).count(),
        waiting=report_ins.filter(state=ReportInState.SUBMITTED).count(),
        activities=activities.count(),
        minutes=records.aggregate(total=Sum("minutes", default=0))["total"],
        reporting_year=reporting_year.year if reporting_year else None,
        reports=receipts.count() if reporting_year else 0,
    )
