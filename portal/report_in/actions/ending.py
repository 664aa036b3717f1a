"""How a report-in ends: by the person, by the community with a reason, or by its last day. Locks as everywhere."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.members.models import User
from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.report_in.actions import rows
from portal.report_in.actions.submitting import check_days
from portal.report_in.enums import PENDING, ReportInKind, ReportInState
from portal.report_in.errors import DaysInOrderError, ExtendedOnceError, NothingAskedError, ReasonMissingError
from portal.report_in.models import MemberReportIn
from portal.report_in.queries import temporary_to_end, temporary_to_remind, temporary_unanswered
from portal.states import lock, save


@transaction.atomic
def end_own(*, report_in: MemberReportIn, by: User) -> MemberReportIn:
    """Let a person leave a community that had accepted them; community and unit are told. Idempotent."""
    report_in = rows.hold(report_in)
    if report_in.state == ReportInState.ENDED:
        return report_in
    _end(report_in, by=by)
    details = {"name": report_in.person.name, "area": report_in.area}
    title = _("%(name)s已结束在%(area)s的报到。") % details
    rows.tell_organisers(report_in, title=title)
    rows.tell_unit(report_in, title=title)
    return report_in


@transaction.atomic
def end(*, report_in: MemberReportIn, by: User, reason: str) -> MemberReportIn:
    """End a report-in for the community, with a reason the person is shown; the unit is told. Idempotent.

    Raises:
        ReasonMissingError: ``reason`` is empty.
        OwnReportInError: nobody answers themselves.
    """
    if not reason.strip():
        raise ReasonMissingError
    report_in = rows.hold(report_in)
    if report_in.state == ReportInState.ENDED:
        return report_in
    rows.refuse_own(report_in, by=by)
    report_in.end_reason = reason.strip()
    _end(report_in, by=by)
    details = {"name": report_in.person.name, "area": report_in.area}
    tell(
        recipient=report_in.person,
        kind=MessageKind.REPORT_IN,
        title=_("%(area)s结束了您的报到。") % details,
        body=_("社区写了原因，请打开看。如果不对，请联系社区。"),
        url=reverse("report_in:history"),
    )
    rows.tell_unit(report_in, title=_("%(name)s在%(area)s的报到已结束。") % details)
    return report_in


@transaction.atomic
def ask_for_longer(*, report_in: MemberReportIn, by: User, until: date) -> MemberReportIn:
    """Ask the community once for a later last day of a temporary report-in.

    Raises:
        ExtendedOnceError: it was asked before, or the report-in does not stand.
        DaysInOrderError: ``until`` is no later than the last day.
        TooLongError: more days than the city allows.
    """
    report_in = rows.hold(report_in)
    if not report_in.may_ask_for_longer or report_in.expires_on is None:
        raise ExtendedOnceError
    if until <= report_in.expires_on:
        raise DaysInOrderError
    check_days(report_in.expires_on, until)
    report_in.extended_until = until
    save(report_in, action="longer_asked", by=by, data={"until": until.isoformat()})
    title = _("%(name)s申请延长在%(area)s的临时报到。") % {"name": report_in.person.name, "area": report_in.area}
    rows.tell_organisers(report_in, title=title)
    return report_in


@transaction.atomic
def answer_longer(*, report_in: MemberReportIn, by: User, is_granted: bool) -> MemberReportIn:
    """Grant or decline the longer stay somebody asked for; the person is told.

    Raises:
        NothingAskedError: nothing was asked, or it was answered already.
        OwnReportInError: nobody answers themselves.
    """
    report_in = rows.hold(report_in)
    rows.refuse_own(report_in, by=by)
    if not report_in.asks_for_longer:
        raise NothingAskedError
    report_in.extension_decided_at = timezone.now()
    if is_granted:
        report_in.expires_on, report_in.reminded_at = report_in.extended_until, None
    save(report_in, action="longer_granted" if is_granted else "longer_declined", by=by)
    day = date_format(report_in.expires_on or timezone.localdate(), "DATE_FORMAT")
    details = {"area": report_in.area, "day": day}
    title = _("%(area)s同意您延长到%(day)s。") if is_granted else _("%(area)s没有同意延长，临时报到仍到%(day)s。")
    tell(recipient=report_in.person, kind=MessageKind.REPORT_IN, title=title % details, url=reverse("report_in:start"))
    return report_in


def end_expired(*, today: date) -> int:
    """End the temporary report-ins whose last day is over, answered or not; return how many. Safe at any time."""
    ended = sum(_expire(report_in, today=today) for report_in in temporary_to_end(today))
    return ended + sum(_lapse(report_in, today=today) for report_in in temporary_unanswered(today))


def remind_of_end(*, today: date) -> int:
    """Tell whose temporary report-in ends soon, once; return how many. Safe to run at any time."""
    until = today + timedelta(days=settings.TEMPORARY_REPORT_IN_REMINDER_DAYS)
    return sum(_remind(report_in) for report_in in temporary_to_remind(until))


@transaction.atomic
def _expire(report_in: MemberReportIn, *, today: date) -> bool:
    report_in = rows.hold(report_in)
    if report_in.state != ReportInState.ACCEPTED or report_in.expires_on is None or report_in.expires_on >= today:
        return False
    _end(report_in, by=None, on=report_in.expires_on)
    tell(
        recipient=report_in.person,
        kind=MessageKind.REPORT_IN,
        title=_("您在%(area)s的临时报到已到期结束。") % {"area": report_in.area},
        body=_("服务过的时长都还在。还要继续住，可以重新报到。"),
        url=reverse("report_in:history"),
    )
    return True


@transaction.atomic
def _lapse(report_in: MemberReportIn, *, today: date) -> bool:
    report_in = rows.hold(report_in)
    if not report_in.is_pending or report_in.expires_on is None or report_in.expires_on >= today:
        return False
    report_in.ended_on = report_in.expires_on
    rows.move_to(report_in, to=ReportInState.WITHDRAWN, by=None)
    rows.end_consent(report_in.person)
    tell(
        recipient=report_in.person,
        kind=MessageKind.REPORT_IN,
        title=_("您在%(area)s的临时报到没有等到答复，日期已过，现已结束。") % {"area": report_in.area},
        body=_("不用做什么。还要继续住，可以重新报到。"),
        url=reverse("report_in:history"),
    )
    return True


@transaction.atomic
def _remind(report_in: MemberReportIn) -> bool:
    report_in = rows.hold(report_in)
    if report_in.state != ReportInState.ACCEPTED or report_in.reminded_at or report_in.expires_on is None:
        return False
    report_in.reminded_at = timezone.now()
    save(report_in, action="reminded", by=None)
    details = {"area": report_in.area, "day": date_format(report_in.expires_on, "DATE_FORMAT")}
    tell(
        recipient=report_in.person,
        kind=MessageKind.REPORT_IN,
        title=_("您在%(area)s的临时报到%(day)s到期。") % details,
        body=_("到期会自动结束，不用办手续。还要住一段时间，可以申请延长一次。"),
        url=reverse("report_in:start"),
    )
    return True


def _end(report_in: MemberReportIn, *, by: User | None, on: date | None = None) -> None:
    report_in.ended_on = on or timezone.localdate()
    rows.move_to(report_in, to=ReportInState.ENDED, by=by)
    if report_in.kind == ReportInKind.RESIDENCE:
        _stand_alone(report_in)
    rows.end_consent(report_in.person)


def _stand_alone(report_in: MemberReportIn) -> None:
    # A move that still waits has nothing to leave any more: it waits on as a first report-in does.
    waiting = MemberReportIn.objects.filter(person=report_in.person, kind=ReportInKind.MOVE, state__in=PENDING).first()
    if waiting:
        waiting = lock(waiting)
        waiting.kind = ReportInKind.RESIDENCE
        save(waiting, action="stands_alone", by=None)
