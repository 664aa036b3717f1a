"""A community becomes another, and its report-ins follow. Locks as everywhere: the person, then the report-in."""

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.members.models import User
from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.organisations.errors import StillInUseError
from portal.organisations.models import Area
from portal.report_in.actions import rows
from portal.report_in.enums import OPEN, ReportInKind, ReportInState
from portal.report_in.models import AddressName, MemberReportIn
from portal.report_in.queries import grids_of, open_temporary
from portal.states import lock, save


@transaction.atomic
def follow(*, before: Area, after: Area, on: date, by: User | None) -> int:
    """Move every open report-in from ``before`` to ``after``; return how many. Idempotent.

    One that stood ends as moved on the day, and an accepted one in ``after`` follows it, so that the hours of before
    keep their community. One that waits for an answer waits at ``after``. Each person is told. The caller holds both
    communities, so nothing new comes to ``before``, and the people; what ended while they were waited for stays ended.
    """
    found = MemberReportIn.objects.filter(area=before, state__in=OPEN).select_related("person", "area").order_by("pk")
    for report_in in found:
        held = rows.hold(report_in)
        if held.state in OPEN and held.area_id == before.pk:
            _follow(held, after, on=on, by=by)
    MemberReportIn.objects.filter(grid=before, state__in=OPEN).update(grid=after)
    known = AddressName.objects.filter(area=after).values("text")
    AddressName.objects.filter(area=before).exclude(text__in=known).update(area=after)
    return len(found)


def leave_grid(*, grid: Area) -> None:
    """Forget who lived in a grid that ends with nobody following: they are in the community as before."""
    MemberReportIn.objects.filter(grid=grid).update(grid=None)


def refuse_while_reported_in(*, area: Area) -> None:
    """Refuse to end a community with nobody following while somebody's report-in there waits or stands.

    Raises:
        StillInUseError: somebody's does.
    """
    if MemberReportIn.objects.filter(area=area, state__in=OPEN).exists():
        raise StillInUseError(_("还有人报到在这里。请合并到别的社区，他们的报到会一起转过去。"))


def _follow(report_in: MemberReportIn, after: Area, *, on: date, by: User | None) -> None:
    details = {"before": report_in.area, "after": after}
    there = _stay_in(after, report_in)
    if there and there.is_pending and not report_in.is_pending:
        _close(lock(there), on=on, by=by)  # what stands goes before what waits
        there = None
    if there:
        _close(report_in, on=on, by=by)
    elif report_in.is_pending:
        data = {"from": report_in.area.code, "to": after.code}
        report_in.area, report_in.grid = after, _grid_within(report_in, after)
        save(report_in, action="redirected", by=by, data=data)
    else:
        _continue(report_in, after, on=on, by=by)
    tell(
        recipient=report_in.person,
        kind=MessageKind.REPORT_IN,
        title=_("%(before)s已由%(after)s承接，您的报到随之转到%(after)s。") % details,
        body=_("不用再办手续。以前的服务记录仍记在原来的社区。"),
        url=reverse("report_in:start"),
    )


def _stay_in(after: Area, report_in: MemberReportIn) -> MemberReportIn | None:
    return open_temporary(report_in.person, after) if report_in.is_temporary else None


def _close(report_in: MemberReportIn, *, on: date, by: User | None) -> None:
    report_in.ended_on = on
    rows.move_to(report_in, to=ReportInState.WITHDRAWN if report_in.is_pending else ReportInState.ENDED, by=by)


def _grid_within(report_in: MemberReportIn, after: Area) -> Area | None:
    return grids_of(after).filter(pk=report_in.grid_id).first()


def _continue(report_in: MemberReportIn, after: Area, *, on: date, by: User | None) -> None:
    report_in.ended_on = on
    grid = _grid_within(report_in, after)
    rows.move_to(report_in, to=ReportInState.MOVED, by=by)
    then = MemberReportIn(
        person=report_in.person,
        unit=report_in.unit,
        area=after,
        grid=grid,
        kind=report_in.kind,
        moves_from=report_in,
        temporary_reason=report_in.temporary_reason,
        starts_on=report_in.starts_on,
        station=report_in.station,
        expires_on=report_in.expires_on,
        extended_until=report_in.extended_until,
        extension_decided_at=report_in.extension_decided_at,
        reminded_at=report_in.reminded_at,
    )
    save(then, action=ReportInState.SUBMITTED, by=by, data={"follows": report_in.pk})
    then.number = f"BD-{timezone.localdate().year}-{then.pk:06}"
    then.decided_at, then.decided_by = timezone.now(), by
    rows.move_to(then, to=ReportInState.ACCEPTED, by=by)
    # A move that waits leaves the report-in that stands now.
    MemberReportIn.objects.filter(moves_from=report_in, kind=ReportInKind.MOVE, state__in=OPEN).update(moves_from=then)
