from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from portal.activities.models import Attendance
from portal.activities.queries import organised_shifts, unconfirmed_attendances
from portal.members.models import User
from portal.records import actions, queries
from portal.records.errors import RecordError
from portal.records.forms import ReverseForm
from webui.htmx import MemberRequest
from webui.pagination import page_of

QUEUE_PAGE = 50


@login_required
@require_safe
def mine(request: MemberRequest) -> HttpResponse:
    """Show a member each of their records, and why it counts or does not yet."""
    years = queries.years_of(request.user)
    year = next((year for year in years if str(year) == request.GET.get("year")), None)
    context = {
        "years": years,
        "year": year,
        "minutes": queries.counted_minutes(request.user, year=year),
        "waiting": unconfirmed_attendances(request.user),
        "page": page_of(request, queries.records_of(request.user, year=year)),
    }
    return render(request, "portal/records/mine.html", context)


@login_required
@permission_required("records.confirm_records", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: MemberRequest) -> HttpResponse:
    """Show what waits for a second person; confirm what is ticked, and say beside the others why they were refused."""
    waiting = queries.records_to_confirm(request.user)
    refusals: dict[int, str] = {}
    if request.method == "POST":
        ticked = [int(pk) for pk in request.POST.getlist("attendance") if pk.isdecimal()][:QUEUE_PAGE]
        refusals = _confirm(waiting.filter(pk__in=ticked), request)
        if not refusals:
            return redirect(request.get_full_path())
    page = page_of(request, waiting, size=QUEUE_PAGE)
    rows = [(one, refusals.get(one.pk) or _hint(one, request.user)) for one in page]
    context = {"page": page, "rows": rows}
    return render(request, "portal/records/confirm.html", context, status=422 if refusals else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reverse(request: MemberRequest, attendance_pk: int) -> HttpResponse:
    """Ask for the reason, then take the record of an attendance out of the count."""
    shift = get_object_or_404(organised_shifts(request.user), sign_ups__attendance=attendance_pk)
    record = get_object_or_404(queries.records_answered_for(request.user), attendance=attendance_pk)
    form = ReverseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.reverse(record=record, by=request.user, reason=form.cleaned_data["reason"])
        except RecordError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("已冲销，到场登记可以更正了。"))
            return redirect("activities:attendance", shift.pk)
    context = {"form": form, "record": record}
    return render(request, "portal/records/reverse.html", context, status=422 if form.is_bound else 200)


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


def _hint(attendance: Attendance, person: User) -> str:
    refusal = queries.why_not_confirm(attendance, by=person)
    return refusal.message if refusal else ""
