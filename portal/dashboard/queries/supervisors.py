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
from portal.organisations.permissions import areas_for, in_areas_of
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
    in_reach, year, reporting_year = in_areas_of(person, Action.SEE_NUMBERS), timezone.localdate().year, open_year()
    # People report in to communities: named by key, each is one step of an index of nothing but what is counted.
    areas = areas_for(person, Action.SEE_NUMBERS).filter(kind=AreaKind.COMMUNITY)
    communities = list(areas.values_list("pk", flat=True))
    report_ins = MemberReportIn.objects.filter(area__in=communities)
    records = ServiceRecord.objects.filter(in_reach, served_on__year=year, state__in=COUNTS)
    receipts = Receipt.objects.filter(in_reach, side=Side.COMMUNITY, report__year=reporting_year)
    return SupervisorDesk(
        year=year,
        communities=len(communities),
        reported_in=report_ins.filter(kind=ReportInKind.RESIDENCE, state=ReportInState.ACCEPTED).count(),
        waiting=report_ins.filter(state=ReportInState.SUBMITTED).count(),
        silent=reviewable(person).filter(state=ReportInState.SUBMITTED, escalated_at__isnull=False).count(),
        activities=Activity.objects.filter(in_reach, state=ActivityState.PUBLISHED, published_at__year=year).count(),
        minutes=records.aggregate(total=Sum("minutes", default=0))["total"],
        reporting_year=reporting_year.year if reporting_year else None,
        reports=receipts.count() if reporting_year else 0,
    )
