"""What a person does with their own report-in. The person's row is locked first, then the report-in."""

from django.db import transaction
from django.utils import timezone

from portal.members.actions import give_consent, withdraw_consent
from portal.members.enums import Purpose
from portal.members.models import User
from portal.members.queries import home_unit
from portal.organisations.models import Area
from portal.organisations.queries import communities
from portal.report_in.actions import rows
from portal.report_in.enums import ReportInKind, ReportInState
from portal.report_in.errors import AlreadyReportedInError, NoHomeUnitError, NotACommunityError
from portal.report_in.models import MemberReportIn
from portal.report_in.queries import open_residence
from portal.states import lock, save

CONSENT_VERSION = "2026-1"


@transaction.atomic
def submit_report_in(*, person: User, area: Area, note: str = "") -> MemberReportIn:
    """Report ``person`` in to the community ``area``, noting their consent. Locks the person.

    Raises:
        NoHomeUnitError: no unit vouches for the person.
        NotACommunityError: ``area`` is not a community that is open.
        AlreadyReportedInError: a report-in waits or stands already.
    """
    person = lock(person)
    unit = home_unit(person)
    if unit is None:
        raise NoHomeUnitError
    if not communities().filter(pk=area.pk).exists():
        raise NotACommunityError
    if open_residence(person):
        raise AlreadyReportedInError
    give_consent(person=person, purpose=Purpose.REPORT_IN, text_version=CONSENT_VERSION)
    report_in = MemberReportIn(person=person, unit=unit, area=area, kind=ReportInKind.RESIDENCE, note=note)
    save(report_in, action=ReportInState.SUBMITTED, by=person)
    rows.tell_community(report_in)
    return report_in


@transaction.atomic
def resubmit(*, report_in: MemberReportIn, by: User, note: str) -> MemberReportIn:
    """Send a report-in again after the community asked it back."""
    report_in = rows.hold(report_in)
    report_in.note = note
    report_in.submitted_at = timezone.now()
    rows.move_to(report_in, to=ReportInState.SUBMITTED, by=by)
    rows.tell_community(report_in)
    return report_in


@transaction.atomic
def withdraw(*, report_in: MemberReportIn, by: User) -> MemberReportIn:
    """Take a report-in back before the community has accepted it; the consent ends with it."""
    report_in = rows.hold(report_in)
    if report_in.state == ReportInState.WITHDRAWN:
        return report_in
    report_in.ended_on = timezone.localdate()
    rows.move_to(report_in, to=ReportInState.WITHDRAWN, by=by)
    withdraw_consent(person=report_in.person, purpose=Purpose.REPORT_IN)
    return report_in
