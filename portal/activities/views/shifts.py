"""An organiser sets the times of an activity."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.activities import actions, queries
from portal.activities.enums import Scope
from portal.activities.errors import ActivityError, ActivityIsOverError
from portal.activities.forms import CancelForm, ShiftForm
from portal.activities.models import Activity, Shift
from portal.activities.views.changes import Reach
from webui.htmx import MemberRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_shift(request: MemberRequest, code: str) -> HttpResponse:
    activity = get_object_or_404(queries.organised_activities(request.user), code=code)
    if activity.is_over:
        messages.error(request, ActivityIsOverError().message)
        return redirect("activities:overview", activity.code)
    form = ShiftForm(request.POST if request.method == "POST" else None)
    reach = Reach(request, activity)
    if form.is_valid():
        what: dict[str, Any] = {"activity": activity, "scope": reach.scope}
        times = {name: form.cleaned_data[name] for name in ("starts_at", "ends_at")}
        try:
            return reach.alike(
                partial(actions.add_shifts, by=request.user, **what, **form.cleaned_data),
                planned=partial(queries.planned_added_shifts, **what, **times),
                form=form,
                activity=activity,
                back=reverse("activities:add_shift", args=[code]),
                done=_("班次已添加。"),
                to=reverse("activities:overview", args=[code]),
            )
        except ActivityError as refusal:
            form.add_error(None, refusal.message)
    return _page(request, form, activity, reach=reach)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_shift(request: MemberRequest, pk: int) -> HttpResponse:
    """Change a shift; what reaches other dates or people's plans is shown first."""
    shift = get_object_or_404(queries.organised_shifts(request.user), pk=pk)
    activity = shift.activity
    form = ShiftForm(request.POST if request.method == "POST" else None, instance=shift)
    reach = Reach(request, activity)
    if form.is_valid():
        stored = Shift.objects.select_related("activity").get(pk=pk)  # the form has written on the other
        fields = {
            name: getattr(form.instance, name)
            for name in ("starts_at", "ends_at", "capacity", "minimum", "name", "posture")
        }
        planned = queries.planned_shifts(stored, reach.scope, fields)
        people = queries.people_to_ask(
            shifts=Shift.objects.filter(pk__in=queries.shifts_told_of(stored, reach.scope, fields))
        )
        if (people or reach.scope != Scope.THIS) and not reach.is_settled:
            back = reverse("activities:edit_shift", args=[pk])
            return reach.preview(form=form, planned=planned, activity=stored.activity, people=people, back=back)
        try:
            actions.edit_shifts(shift=stored, by=request.user, scope=reach.scope, fields=fields, **reach.chosen_terms)
        except ActivityError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("班次已保存。"))
            return redirect("activities:overview", activity.code)
    return _page(request, form, activity, shift=shift, reach=reach)


@login_required
@require_POST
def remove_shift(request: MemberRequest, pk: int) -> HttpResponse:
    shift = get_object_or_404(queries.organised_shifts(request.user), pk=pk)
    try:
        actions.remove_shift(shift=shift, by=request.user)
    except ActivityError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("班次已删除。"))
    return redirect("activities:overview", shift.activity.code)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def call_off_shift(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then call the shift off; the activity goes on."""
    shift = get_object_or_404(queries.organised_shifts(request.user), pk=pk)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.call_off_shift(shift=shift, by=request.user, reason=form.cleaned_data["reason"])
        except ActivityError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("这一班已取消，报名的人都会收到通知。"))
            return redirect("activities:overview", shift.activity.code)
    people = queries.people_to_ask(shifts=Shift.objects.filter(pk=shift.pk))
    context = {
        "form": form,
        "shift": shift,
        "activity": shift.activity,
        "people": people,
        "refusal": None if form.is_bound else actions.why_it_goes_on(shift),
    }
    return render(request, "portal/activities/call_off_shift.html", context, status=422 if form.is_bound else 200)


def _page(
    request: MemberRequest,
    form: ShiftForm,
    activity: Activity,
    *,
    shift: Shift | None = None,
    reach: Reach | None = None,
) -> HttpResponse:
    context = {"form": form, "activity": activity, "shift": shift, "reach": reach}
    return render(request, "portal/activities/shift.html", context, status=422 if form.is_bound else 200)
