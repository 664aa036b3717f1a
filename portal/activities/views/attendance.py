"""An organiser notes who came: one page, one submit."""

from collections.abc import Iterable, Iterator

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.activities import actions, queries
from portal.activities.enums import AttendanceState
from portal.activities.errors import AttendanceError
from portal.activities.forms import AttendanceForm
from portal.activities.models import Shift
from portal.members.models import User
from portal.states import IllegalMoveError
from webui.htmx import MemberRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the roster of a shift; save all of it, or say beside the lines why nothing was saved."""
    shift = get_object_or_404(queries.organised_shifts(request.user), pk=pk)
    lines = list(_lines(shift, request))
    if request.method != "POST":
        return _page(request, shift, lines)
    saved = _save(lines, by=request.user, complete_rest="complete_rest" in request.POST)
    if not shift.takes_attendance or any(line.errors for line in lines):
        return _page(request, shift, lines, status=422)
    messages.success(request, _("已保存。") if saved else _("没有改动。"))
    return redirect("activities:attendance", shift.pk)


def _lines(shift: Shift, request: MemberRequest) -> Iterator[AttendanceForm]:
    data = request.POST if request.method == "POST" else None
    for sign_up in queries.roster(shift):
        yield AttendanceForm(data, sign_up=sign_up, planned=shift.minutes)


def _save(lines: Iterable[AttendanceForm], *, by: User, complete_rest: bool) -> int:
    """Record every open line, or none of them when one is wrong or refused."""
    open_lines = [line for line in lines if not line.attendance.is_closed]
    if not all(line.is_valid() for line in open_lines):
        return 0
    with transaction.atomic():
        saved = sum(_record(line, by=by, complete_rest=complete_rest) for line in open_lines)
        if any(line.errors for line in open_lines):
            transaction.set_rollback(True)
    return saved


def _record(line: AttendanceForm, *, by: User, complete_rest: bool) -> bool:
    state, minutes = line.wanted(complete_rest=complete_rest)
    if (state, minutes) == (line.attendance.state, line.attendance.minutes):
        return False
    try:
        for step in line.steps_to(state):
            actions.record_attendance(sign_up=line.sign_up, by=by, state=step, minutes=minutes)
    except (AttendanceError, IllegalMoveError) as refusal:
        line.add_error(None, str(refusal))
        return False
    return True


def _page(request: MemberRequest, shift: Shift, lines: list[AttendanceForm], *, status: int = 200) -> HttpResponse:
    context = {
        "shift": shift,
        "activity": shift.activity,
        "lines": lines,
        "wrong": [line for line in lines if line.errors],
        "came": sum(line.attendance.state == AttendanceState.COMPLETED for line in lines),
        "may_complete_rest": shift.has_started and any(line.may_be_completed for line in lines),
    }
    return render(request, "portal/activities/attendance.html", context, status=status)
