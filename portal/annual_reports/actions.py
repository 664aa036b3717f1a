"""Drafting, sending and answering a member's yearly report."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.annual_reports.enums import REPORT_TRANSITIONS, ReportState, Side
from portal.annual_reports.errors import (
    AlreadyAnsweredError,
    HomeCommunityMissingError,
    HomeUnitMissingError,
    NotARecipientError,
    NotYourReportError,
    ReplyMissingError,
    ReportAlreadySentError,
    YearNotOpenError,
)
from portal.annual_reports.models import AnnualReport, Receipt, ReportingYear
from portal.annual_reports.queries import draft_text, figures_of, recipients_of, report_on
from portal.annual_reports.rules import is_own_report, is_recipient
from portal.members.models import User
from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.organisations.enums import Role
from portal.organisations.models import Area, Unit
from portal.organisations.queries import nearest_holders
from portal.states import lock, move, save


@transaction.atomic
def draft_report(*, member: User, year: ReportingYear) -> AnnualReport:
    """Begin the member's report on ``year`` with what the records tell.

    Idempotent: a report that is there is returned as it is, with everything its member wrote.

    Raises:
        YearNotOpenError: there is none yet, and it is too early or too late to begin one.
    """
    _lock_person(member)
    report = report_on(year, member=member)
    if report.pk:
        return report
    if not year.is_open:
        raise YearNotOpenError
    save(report, action="drafted", by=member)
    return report


@transaction.atomic
def edit_report(*, report: AnnualReport, by: User, summary: str, plan: str) -> AnnualReport:
    """Keep what the member wrote. Refused once the report is sent."""
    report = _lock_draft(report, by=by)
    report.summary, report.plan = summary, plan
    save(report, action="edited", by=by)
    return report


@transaction.atomic
def redraft_report(*, report: AnnualReport, by: User) -> AnnualReport:
    """Write the summary anew from the records as they are now; the plan stays."""
    report = _lock_draft(report, by=by)
    report.summary = draft_text(figures_of(report.member, report.year.year), report.year.year)
    save(report, action="redrafted", by=by)
    return report


@transaction.atomic
def send_report(*, report: AnnualReport, by: User) -> AnnualReport:
    """Send the report to the member's community and unit at once, and freeze its numbers.

    Sent exactly once, however often and however fast it is asked for.

    Raises:
        ReportError: of the kind that tells why not.
    """
    _lock_person(report.member)
    report = _lock_draft(report, by=by)
    if not report.year.is_open:
        raise YearNotOpenError
    area, unit = recipients_of(report.member)
    if unit is None:
        raise HomeUnitMissingError
    if area is None:
        raise HomeCommunityMissingError
    report.snapshot = figures_of(report.member, report.year.year).as_snapshot()
    report.sent_at = now = timezone.now()
    _move(report, to=ReportState.SENT, by=by)
    _deliver(report, area=area, unit=unit, at=now)
    return report


@transaction.atomic
def acknowledge(*, receipt: Receipt, by: User, reply: str) -> Receipt:
    """Answer a report for the community or the unit that received it; the second answer completes the report.

    Raises:
        ReportError: of the kind that tells why not.
    """
    report = _lock(receipt.report)
    receipt = lock(receipt, "area", "unit")
    receipt.report = report
    if not is_recipient(by, receipt):
        raise NotARecipientError
    if receipt.is_answered:
        raise AlreadyAnsweredError
    if not reply.strip():
        raise ReplyMissingError
    receipt.acknowledged_at, receipt.acknowledged_by, receipt.reply = timezone.now(), by, reply.strip()
    save(receipt, action="acknowledged", by=by)
    if not report.receipts.filter(acknowledged_at__isnull=True).exists():
        _move(report, to=ReportState.ANSWERED, by=by)
    _tell_reply(receipt)
    return receipt


def _move(report: AnnualReport, *, to: ReportState, by: User) -> None:
    move(report, to=to, by=by, transitions=REPORT_TRANSITIONS)


def _lock_person(person: User) -> None:
    # Who moves house or changes unit holds this row too, so the recipients stand still while a report is sent.
    lock(person)


def _lock(report: AnnualReport) -> AnnualReport:
    return lock(report, "year", "member")


def _lock_draft(report: AnnualReport, *, by: User) -> AnnualReport:
    report = _lock(report)
    if not is_own_report(by, report):
        raise NotYourReportError
    if not report.is_draft:
        raise ReportAlreadySentError
    return report


def _deliver(report: AnnualReport, *, area: Area, unit: Unit, at: datetime) -> None:
    """Hand a copy to each side, and tell those who answer there, and the member."""
    to_area = Receipt(report=report, side=Side.COMMUNITY, area=area, received_at=at)
    to_unit = Receipt(report=report, side=Side.UNIT, unit=unit, received_at=at)
    copies = (
        (to_area, nearest_holders(area, role=Role.ORGANISER, exclude=report.member)),
        (to_unit, nearest_holders(unit, role=Role.UNIT_CONTACT, exclude=report.member)),
    )
    for receipt, readers in copies:
        save(receipt, action="delivered", by=report.member)
        for person in readers:
            _tell_arrival(receipt, person)
    tell(
        recipient=report.member,
        kind=MessageKind.REPORTS,
        title=_("%(year)s 年度报告已送达") % {"year": report.year},
        body=_("%(area)s和%(unit)s已收到您的报告。他们回复后，会在这里告诉您。") % {"area": area, "unit": unit},
        url=_url_of(report),
    )


def _tell_arrival(receipt: Receipt, person: User) -> None:
    tell(
        recipient=person,
        kind=MessageKind.REPORTS,
        title=_("收到一份 %(year)s 年度报告") % {"year": receipt.report.year},
        body=_("一位成员把年度报告交到了%(recipient)s，请您阅读并回复。") % {"recipient": receipt.recipient},
        url=reverse("annual_reports:answer", args=[receipt.pk]),
    )


def _tell_reply(receipt: Receipt) -> None:
    report = receipt.report
    tell(
        recipient=report.member,
        kind=MessageKind.REPORTS,
        title=_("%(recipient)s回复了您的 %(year)s 年度报告") % {"recipient": receipt.recipient, "year": report.year},
        body=receipt.reply,
        url=_url_of(report),
    )


def _url_of(report: AnnualReport) -> str:
    return reverse("annual_reports:edit", args=[report.year.year])
