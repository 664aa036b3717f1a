"""What every change to a report-in shares: the locks, the move, whom to tell."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.members.models import User
from portal.notices.actions import tell
from portal.organisations.enums import Role
from portal.organisations.queries import nearest_holders
from portal.report_in.enums import REPORT_IN_TRANSITIONS, ReportInState
from portal.report_in.errors import OwnReportInError
from portal.report_in.models import MemberReportIn
from portal.states import lock, move


def hold(report_in: MemberReportIn) -> MemberReportIn:
    lock(report_in.person)
    return lock(report_in, "person", "area", "unit")


def decide(report_in: MemberReportIn, *, to: ReportInState, by: User) -> None:
    if report_in.person_id == by.pk:
        raise OwnReportInError
    report_in.decided_by, report_in.decided_at = by, timezone.now()
    move_to(report_in, to=to, by=by)


def move_to(report_in: MemberReportIn, *, to: ReportInState, by: User) -> None:
    move(report_in, to=to, by=by, transitions=REPORT_IN_TRANSITIONS)


def tell_community(report_in: MemberReportIn) -> None:
    organisers = nearest_holders(report_in.area, role=Role.ORGANISER, exclude=report_in.person)
    title = _("%(area)s有一份新的报到等您确认。") % {"area": report_in.area}
    tell_all(organisers, title=title, url=reverse("report_in:review", args=[report_in.pk]))


def tell_all(people: Iterable[User], *, title: str, url: str) -> None:
    for person in people:
        tell(recipient=person, title=title, url=url)
