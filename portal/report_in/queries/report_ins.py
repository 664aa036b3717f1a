"""Who has reported in where, and what waits for whom."""

from django.db.models import Exists, OuterRef, QuerySet

from portal.members.models import User
from portal.organisations.enums import Action
from portal.organisations.models import Area
from portal.organisations.permissions import areas_for
from portal.organisations.queries import within
from portal.report_in.enums import OPEN, ReportInKind, ReportInState
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


def open_residence(person: User) -> MemberReportIn | None:
    """Return the one residence report-in of ``person`` that waits or stands."""
    return (
        MemberReportIn.objects.select_related("area", "unit")
        .filter(person=person, kind=ReportInKind.RESIDENCE, state__in=OPEN)
        .first()
    )


def reviewable(person: User) -> QuerySet[MemberReportIn]:
    """Return the report-ins of others that reach ``person`` as organiser, oldest first."""
    areas = areas_for(person, Action.REVIEW_REPORT_IN)
    return (
        MemberReportIn.objects.filter(area__in=areas)
        .exclude(person=person)
        .select_related("person", "unit", "area")
        .order_by("submitted_at", "pk")
    )
