"""An organiser says what there is to do in a shift, and for how many each part has places."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.activities import actions, queries
from portal.activities.errors import (
    ActivityError,
    CapacityBelowTakenError,
    MinimumAboveCapacityError,
    PositionNamedTwiceError,
)
from portal.activities.forms import PositionForm
from portal.activities.models import Shift
from webui.htmx import MemberRequest

BESIDE = {PositionNamedTwiceError: "name", CapacityBelowTakenError: "capacity", MinimumAboveCapacityError: "minimum"}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def positions(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the positions of a shift, and add one."""
    shift = get_object_or_404(queries.organised_shifts(request.user), pk=pk)
    form = PositionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.add_position(shift=shift, by=request.user, **form.cleaned_data)
        except ActivityError as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, _("岗位已添加。"))
            return redirect("activities:positions", shift.pk)
    found = queries.shifts_with_positions(Shift.objects.filter(pk=shift.pk)).get().positions.all()
    context = {"form": form, "shift": shift, "activity": shift.activity, "positions": found}
    return render(request, "portal/activities/positions.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def position(request: MemberRequest, pk: int) -> HttpResponse:
    stored = get_object_or_404(queries.organised_positions(request.user), pk=pk)
    form = PositionForm(request.POST if request.method == "POST" else None, instance=stored)
    if form.is_valid():
        try:
            actions.edit_position(position=stored, by=request.user, **form.cleaned_data)
        except ActivityError as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, _("岗位已保存。"))
            return redirect("activities:positions", stored.shift_id)
    context = {"form": form, "position": stored, "shift": stored.shift, "activity": stored.shift.activity}
    return render(request, "portal/activities/position.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove_position(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask whether the position is to go, then take it out."""
    stored = get_object_or_404(queries.organised_positions(request.user), pk=pk)
    if request.method == "POST":
        try:
            actions.remove_position(position=stored, by=request.user)
        except ActivityError as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("岗位已删除。"))
        return redirect("activities:positions", stored.shift_id)
    context = {"position": stored, "shift": stored.shift, "activity": stored.shift.activity}
    return render(request, "portal/activities/remove_position.html", context)


def _refuse(form: PositionForm, refusal: ActivityError) -> None:
    form.add_error(BESIDE.get(type(refusal)), refusal.message)
