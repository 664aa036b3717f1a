"""A supervisor's first page: how many, never who."""

from dataclasses import dataclass

from django.db.models import Sum
from django.utils import timezone

from portal.activities.enums import ActivityState
from portal.activities.models import Activity
from portal.annual_reports.enums import Side
from portal.annual_reports.models import Receipt
from portal.annual_reports.queries import open_year
from portal.members.models import User
from portal.organisations.enums import Action, AreaKind
from portal.organisations.permissions import areas_for
from portal.records.enums import COUNTS
from portal.records.models import ServiceRecord
from portal.report_in.enums import ReportInKind, ReportInState
from portal.report_in.models import MemberReportIn
from portal.report_in.queries import reviewable


@dataclass(frozen=True)
class SupervisorDesk:
    """The subtree of a supervisor in numbers."""

    year: int
    communities: int
    reported_in: int
    waiting: int
    silent: int
    activities: int
    minutes: int
    reporting_year: int | None
    reports: int


def supervisor_desk(person: User) -> SupervisorDesk:
    areas, year, reporting_year = areas_for(person, Action.SEE_NUMBERS), timezone.localdate().year, open_year()
    report_ins = MemberReportIn.objects.filter(area__in=areas)
    records = ServiceRecord.objects.filter(area__in=areas, served_on__year=year, state__in=COUNTS)
    receipts = Receipt.objects.filter(area__in=areas, side=Side.COMMUNITY, report__year=reporting_year)
    return SupervisorDesk(
        year=year,
        communities=areas.filter(kind=AreaKind.COMMUNITY).count(),
        reported_in=report_ins.filter(kind=ReportInKind.RESIDENCE, state=ReportInState.ACCEPTED).count(),
        waiting=report_ins.filter(state=ReportInState.SUBMITTED).count(),
        silent=reviewable(person).filter(state=ReportInState.SUBMITTED, escalated_at__isnull=False).count(),
        activities=Activity.objects.filter(
            area__in=areas, state=ActivityState.PUBLISHED, published_at__year=year
        ).count(),
        minutes=records.aggregate(total=Sum("minutes", default=0))["total"],
        reporting_year=reporting_year.year if reporting_year else None,
        reports=receipts.count() if reporting_year else 0,
    )
