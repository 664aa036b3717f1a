"""What happens when a community lets the time for its answer pass."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.organisations.enums import Role
from portal.organisations.queries import nearest_holders
from portal.report_in.actions import rows
from portal.report_in.enums import ReportInState, UnitReportInState
from portal.report_in.models import MemberReportIn, UnitReportIn
from portal.report_in.queries import unanswered, unanswered_units
from portal.states import lock, save


def escalate_silent(*, now: datetime) -> int:
    """Pass what a community has not answered in time one level up, once; return how many. Safe to run at any time."""
    today = timezone.localdate(now)
    members = sum(_escalate(report_in, now=now) for report_in in unanswered(today))
    return members + sum(_escalate_unit(report_in, now=now) for report_in in unanswered_units(today))


@transaction.atomic
def _escalate(report_in: MemberReportIn, *, now: datetime) -> bool:
    asked_at, report_in = report_in.submitted_at, rows.hold(report_in)
    is_answered = report_in.state != ReportInState.SUBMITTED or report_in.submitted_at != asked_at
    if is_answered or report_in.escalated_at:
        return False
    report_in.escalated_at = now
    save(report_in, action="escalated", by=None)
    details = {"area": report_in.area, "days": settings.REPORT_IN_ANSWER_WORKING_DAYS}
    url = reverse("report_in:review", args=[report_in.pk])
    title = _("%(area)s有一份报到超过 %(days)s 个工作日没有答复，您可以代为处理。") % details
    street = report_in.area.get_parent()
    above = nearest_holders(street, role=Role.SUPERVISOR, exclude=report_in.person) if street else []
    rows.tell_all(above, kind=MessageKind.WORK, title=title, url=url)
    rows.tell_organisers(report_in, title=_("%(area)s有一份报到已超时，已请上一级一起处理。") % details)
    body = _("我们已请上一级一起处理，您不用再提交。") if above else _("您可以直接打社区电话问一问，不用再提交。")
    tell(
        recipient=report_in.person,
        kind=MessageKind.REPORT_IN,
        title=_("%(area)s超过 %(days)s 个工作日还没有答复您的报到。") % details,
        body=body,
        url=reverse("report_in:start"),
    )
    return True


@transaction.atomic
def _escalate_unit(report_in: UnitReportIn, *, now: datetime) -> bool:
    asked_at = report_in.submitted_at
    lock(report_in.unit)
    report_in = lock(report_in, "unit", "area", "submitted_by")
    is_answered = report_in.state != UnitReportInState.SUBMITTED or report_in.submitted_at != asked_at
    if is_answered or report_in.escalated_at:
        return False
    report_in.escalated_at = now
    save(report_in, action="escalated", by=None)
    _tell_of_silence(report_in)
    return True


def _tell_of_silence(report_in: UnitReportIn) -> None:
    details = {"area": report_in.area, "unit": report_in.unit, "days": settings.REPORT_IN_ANSWER_WORKING_DAYS}
    review = reverse("report_in:unit_review", args=[report_in.pk])
    street = report_in.area.get_parent()
    above = nearest_holders(street, role=Role.SUPERVISOR, exclude=report_in.submitted_by) if street else []
    title = _("%(area)s有一份单位报到超过 %(days)s 个工作日没有答复，您可以代为处理。") % details
    rows.tell_all(above, kind=MessageKind.WORK, title=title, url=review)
    organisers = nearest_holders(report_in.area, role=Role.ORGANISER)
    title = _("%(area)s有一份单位报到已超时，已请上一级一起处理。") % details
    rows.tell_all(organisers, kind=MessageKind.WORK, title=title, url=review)
    contacts = nearest_holders(report_in.unit, role=Role.UNIT_CONTACT)
    title = _("%(area)s超过 %(days)s 个工作日还没有答复%(unit)s的单位报到。") % details
    body = _("我们已请上一级一起处理，您不用再提交。") if above else _("您可以直接打社区电话问一问，不用再提交。")
    url = reverse("report_in:unit_one", args=[report_in.pk])
    rows.tell_all(contacts, kind=MessageKind.WORK, title=title[:120], body=body, url=url)
