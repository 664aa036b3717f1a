from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from portal.activities.models import Attendance, Shift
from portal.activities.queries import organised_shifts, unconfirmed_attendances
from portal.members.models import User
from portal.records import actions, queries
from portal.records.errors import RecordError
from portal.records.forms import ChoiceForm, ReverseForm
from webui.htmx import MemberRequest
from webui.pagination import page_of

SHIFTS_ON_A_PAGE = 10


@dataclass(frozen=True)
class Line:
    """One attendance in the queue, and why the reader may not confirm it."""

    attendance: Attendance
    refusal: str


@dataclass(frozen=True)
class Group:
    """The attendances of one shift."""

    shift: Shift
    lines: list[Line]

    @property
    def confirmable(self) -> int:
        return sum(not line.refusal for line in self.lines)


@login_required
@require_safe
def mine(request: MemberRequest) -> HttpResponse:
    """Show a member each of their records, and why it counts or does not yet."""
    years = queries.years_of(request.user)
    year = next((year for year in years if str(year) == request.GET.get("year")), None)
    minutes, posted = (sum_of(request.user, year=year) for sum_of in (queries.counted_minutes, queries.posted_minutes))
    context = {
        "years": years,
        "year": year,
        "minutes": minutes,
        "posted": posted,
        "announced": minutes - posted,
        "waiting": unconfirmed_attendances(request.user),
        "page": page_of(request, queries.records_of(request.user, year=year)),
    }
    return render(request, "portal/records/mine.html", context)


@login_required
@permission_required("records.confirm_records", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: MemberRequest) -> HttpResponse:
    """Show what waits for a second person, by shift; confirm what is chosen, and say beside the others why not."""
    refusals: dict[int, str] = {}
    if request.method == "POST":
        refusals = _confirm(_chosen(request), request)
        if not refusals:
            return redirect(request.get_full_path())
    page = page_of(request, queries.shifts_to_confirm(request.user), size=SHIFTS_ON_A_PAGE)
    attendances = queries.records_to_confirm(request.user).filter(sign_up__shift__in=list(page))
    groups = _groups(attendances, request.user, refusals)
    context = {"page": page, "groups": groups, "may_confirm": any(group.confirmable for group in groups)}
    return render(request, "portal/records/confirm.html", context, status=422 if refusals else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reverse(request: MemberRequest, attendance_pk: int) -> HttpResponse:
    """Ask for the reason, then take the record of an attendance out of the count."""
    shift = get_object_or_404(organised_shifts(request.user), sign_ups__attendance__pk=attendance_pk)
    record = get_object_or_404(queries.records_answered_for(request.user), attendance__pk=attendance_pk)
    form = ReverseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.reverse(record=record, by=request.user, reason=form.cleaned_data["reason"])
        except RecordError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("已冲销，到场登记可以更正了。"))
            return redirect("activities:attendance", shift.pk)
    context = {"form": form, "record": record, "shift": shift}
    return render(request, "portal/records/reverse.html", context, status=422 if form.is_bound else 200)


def _chosen(request: MemberRequest) -> QuerySet[Attendance]:
    """Return what was ticked, or everything the reader may confirm of the shift whose button was pressed."""
    waiting = queries.records_to_confirm(request.user)
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        return waiting.none()
    if form.cleaned_data["shift"]:
        return queries.confirmable(waiting, by=request.user).filter(sign_up__shift=form.cleaned_data["shift"])
    return waiting.filter(pk__in=form.cleaned_data["attendance"])


def _confirm(attendances: Iterable[Attendance], request: MemberRequest) -> dict[int, str]:
    refusals: dict[int, str] = {}
    confirmed = 0
    for attendance in attendances:
        try:
            actions.confirm_attendance(attendance=attendance, by=request.user)
        except RecordError as refusal:
            refusals[attendance.pk] = refusal.message
        else:
            confirmed += 1
    if confirmed:
        text = ngettext("已确认 %(n)d 条，开始公示。", "已确认 %(n)d 条，开始公示。", confirmed)
        messages.success(request, text % {"n": confirmed})
    elif not refusals:
        messages.info(request, _("请先勾选要确认的服务。"))
    return refusals


def _groups(attendances: Iterable[Attendance], person: User, refusals: Mapping[int, str]) -> list[Group]:
    def line(attendance: Attendance) -> Line:
        refusal = queries.why_not_confirm(attendance, by=person)
        return Line(attendance, refusals.get(attendance.pk) or (refusal.message if refusal else ""))

    by_shift = groupby(attendances, key=lambda attendance: attendance.sign_up.shift)
    return [Group(shift, [line(attendance) for attendance in group]) for shift, group in by_shift]
