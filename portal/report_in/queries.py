"""Who has reported in where."""

from django.db.models import Exists, OuterRef, QuerySet

from portal.members.models import User
from portal.organisations.models import Area
from portal.organisations.queries import within
from portal.report_in.enums import ReportInKind, ReportInState
from portal.report_in.models import MemberReportIn


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
