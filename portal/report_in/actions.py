"""Reporting in, and the community's answer. The person's row is locked first, then the report-in."""

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.members.actions import give_consent, withdraw_consent
from portal.members.enums import Purpose
from portal.members.models import User
from portal.members.queries import home_unit
from portal.notices.actions import tell
from portal.organisations.enums import Role
from portal.organisations.models import Area
from portal.organisations.queries import communities, nearest_holders
from portal.report_in.enums import REPORT_IN_TRANSITIONS, ReportInKind, ReportInState
from portal.report_in.errors import (
    AlreadyReportedInError,
    NoHomeUnitError,
    NotACommunityError,
    OwnReportInError,
    ReasonMissingError,
)
from portal.report_in.models import MemberReportIn
from portal.report_in.queries import open_residence
from portal.states import lock, move, save

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
    _tell_community(report_in)
    return report_in


@transaction.atomic
def accept(*, report_in: MemberReportIn, by: User) -> MemberReportIn:
    """Receive the person in the community; the report-in gets its number. Tells the person and the unit.

    Raises:
        OwnReportInError: nobody receives themselves, whatever else they may do.
    """
    report_in = _lock(report_in)
    if report_in.state == ReportInState.ACCEPTED:
        return report_in
    # The row's own number cannot be given twice, however many communities accept at once.
    report_in.number = f"BD-{timezone.localdate().year}-{report_in.pk:06}"
    _decide(report_in, to=ReportInState.ACCEPTED, by=by)
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
        _tell_all(contacts, title=_("%(name)s已到%(area)s报到。") % details, url=receipt)
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
    report_in = _lock(report_in)
    report_in.reason = reason.strip()
    _decide(report_in, to=ReportInState.ASKED_BACK, by=by)
    tell(
        recipient=report_in.person,
        title=_("%(area)s请您补充报到信息。") % {"area": report_in.area},
        body=report_in.reason,
        url=reverse("report_in:start"),
    )
    return report_in


@transaction.atomic
def resubmit(*, report_in: MemberReportIn, by: User, note: str) -> MemberReportIn:
    """Send a report-in again after the community asked it back."""
    report_in = _lock(report_in)
    report_in.note = note
    report_in.submitted_at = timezone.now()
    _move(report_in, to=ReportInState.SUBMITTED, by=by)
    _tell_community(report_in)
    return report_in


@transaction.atomic
def withdraw(*, report_in: MemberReportIn, by: User) -> MemberReportIn:
    """Take a report-in back before the community has accepted it; the consent ends with it."""
    report_in = _lock(report_in)
    if report_in.state == ReportInState.WITHDRAWN:
        return report_in
    report_in.ended_on = timezone.localdate()
    _move(report_in, to=ReportInState.WITHDRAWN, by=by)
    withdraw_consent(person=report_in.person, purpose=Purpose.REPORT_IN)
    return report_in


def _lock(report_in: MemberReportIn) -> MemberReportIn:
    lock(report_in.person)
    return lock(report_in, "person", "area", "unit")


def _decide(report_in: MemberReportIn, *, to: ReportInState, by: User) -> None:
    if report_in.person_id == by.pk:
        raise OwnReportInError
    report_in.decided_by, report_in.decided_at = by, timezone.now()
    _move(report_in, to=to, by=by)


def _move(report_in: MemberReportIn, *, to: ReportInState, by: User) -> None:
    move(report_in, to=to, by=by, transitions=REPORT_IN_TRANSITIONS)


def _tell_community(report_in: MemberReportIn) -> None:
    organisers = nearest_holders(report_in.area, role=Role.ORGANISER, exclude=report_in.person)
    title = _("%(area)s有一份新的报到等您确认。") % {"area": report_in.area}
    _tell_all(organisers, title=title, url=reverse("report_in:review", args=[report_in.pk]))


def _tell_all(people: Iterable[User], *, title: str, url: str) -> None:
    for person in people:
        tell(recipient=person, title=title, url=url)
