"""An organiser takes a record out of the count, or puts the right minutes in its place."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.activities.queries import organised_shifts
from portal.records import actions, queries
from portal.records.errors import RecordError
from portal.records.forms import CorrectForm, ReverseForm
from webui.htmx import MemberRequest
from webui.keyset import keyset_page


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


@login_required
@permission_required("records.confirm_records", raise_exception=True)
@require_safe
def own_confirmed(request: MemberRequest) -> HttpResponse:
    """Show what counts of what members logged themselves, so that it can be corrected after it was posted, too."""
    records = queries.records_answered_for(request.user).filter(own_service__isnull=False)
    page = keyset_page(request, records, order=("-served_on", "-pk"))
    return render(request, "portal/records/own_confirmed.html", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask for the right minutes and the reason; without minutes the record is only reversed."""
    record = get_object_or_404(queries.records_answered_for(request.user), pk=pk)
    form = CorrectForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        minutes, reason = form.cleaned_data["minutes"], form.cleaned_data["reason"]
        try:
            if minutes:
                actions.correct(record=record, by=request.user, minutes=minutes, reason=reason)
            else:
                actions.reverse(record=record, by=request.user, reason=reason)
        except RecordError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("已更正，等另一位工作人员确认。") if minutes else _("已冲销，本人会收到通知。"))
            return redirect("records:announced")
    context = {"form": form, "record": record}
    return render(request, "portal/records/correct.html", context, status=422 if form.is_bound else 200)
