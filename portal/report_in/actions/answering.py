"""The community's answer to a report-in. The person's row is locked first, then the report-in."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.members.models import User
from portal.notices.actions import tell
from portal.organisations.enums import Role
from portal.organisations.queries import nearest_holders
from portal.report_in.actions import rows
from portal.report_in.enums import ReportInState
from portal.report_in.errors import ReasonMissingError
from portal.report_in.models import MemberReportIn


@transaction.atomic
def accept(*, report_in: MemberReportIn, by: User) -> MemberReportIn:
    """Receive the person in the community; the report-in gets its number. Tells the person and the unit.

    Raises:
        OwnReportInError: nobody receives themselves, whatever else they may do.
    """
    report_in = rows.hold(report_in)
    if report_in.state == ReportInState.ACCEPTED:
        return report_in
    # The row's own number cannot be given twice, however many communities accept at once.
    report_in.number = f"BD-{timezone.localdate().year}-{report_in.pk:06}"
    rows.decide(report_in, to=ReportInState.ACCEPTED, by=by)
    receipt = reverse("report_in:receipt", args=[report_in.number])
    details = {"name": report_in.person.name, "area": report_in.area, "number": report_in.number}
    tell(
        recipient=report_in.person,
        title=_("%(area)s已确认您的报到。") % details,
        body=_("回执编号 %(number)s。现在可以报名社区的活动了。") % details,
        url=receipt,
    )
    if report_in.unit:
        contacts = nearest_holders(report_in.unit, role=Role.UNIT_CONTACT)
        rows.tell_all(contacts, title=_("%(name)s已到%(area)s报到。") % details, url=receipt)
    return report_in


@transaction.atomic
def ask_back(*, report_in: MemberReportIn, by: User, reason: str) -> MemberReportIn:
    """Return the report-in to its person, saying what is missing.

    Raises:
        ReasonMissingError: ``reason`` is empty.
        OwnReportInError: nobody answers themselves.
    """
    if not reason.strip():
        raise ReasonMissingError
    report_in = rows.hold(report_in)
    report_in.reason = reason.strip()
    rows.decide(report_in, to=ReportInState.ASKED_BACK, by=by)
    tell(
        recipient=report_in.person,
        title=_("%(area)s请您补充报到信息。") % {"area": report_in.area},
        body=report_in.reason,
        url=reverse("report_in:start"),
    )
    return report_in
