"""An organiser says what there is to do in a shift, and for how many each part has places."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.activities import actions, queries
from portal.activities.actions import Kept
from portal.activities.errors import (
    ActivityError,
    CapacityBelowTakenError,
    MinimumAboveCapacityError,
    PositionNamedTwiceError,
)
from portal.activities.forms import PositionForm
from portal.activities.models import Shift
from portal.activities.queries import Planned
from portal.activities.views.changes import Reach
from webui.htmx import MemberRequest

BESIDE = {PositionNamedTwiceError: "name", CapacityBelowTakenError: "capacity", MinimumAboveCapacityError: "minimum"}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def positions(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the positions of a shift, and add one."""
    shift = get_object_or_404(queries.organised_shifts(request.user), pk=pk)
    form = PositionForm(request.POST if request.method == "POST" else None)
    reach = Reach(request, shift.activity)
    if form.is_valid():
        what: dict[str, Any] = {"shift": shift, "scope": reach.scope, "fields": form.cleaned_data}
        change = partial(actions.add_positions, by=request.user, **what)
        try:
            planned = partial(queries.planned_added_positions, **what)
            return _alike(reach, change, planned, form, shift, done=_("岗位已添加。"))
        except ActivityError as refusal:
            _refuse(form, refusal)
    found = queries.shifts_with_positions(Shift.objects.filter(pk=shift.pk)).get().positions.all()
    context = {"form": form, "shift": shift, "activity": shift.activity, "positions": found, "reach": reach}
    return render(request, "portal/activities/positions.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def position(request: MemberRequest, pk: int) -> HttpResponse:
    stored = get_object_or_404(queries.organised_positions(request.user), pk=pk)
    form = PositionForm(request.POST if request.method == "POST" else None, instance=stored)
    reach = Reach(request, stored.shift.activity)
    if form.is_valid():
        what: dict[str, Any] = {"position": stored, "scope": reach.scope, "fields": form.cleaned_data}
        change = partial(actions.edit_positions, by=request.user, **what, **reach.chosen_terms)
        people = queries.people_asked_at(**what)
        try:
            planned = partial(queries.planned_positions, **what)
            return _alike(reach, change, planned, form, stored.shift, done=_("岗位已保存。"), people=people)
        except ActivityError as refusal:
            _refuse(form, refusal)
    context = {"form": form, "position": stored, "reach": reach, **_where(stored.shift)}
    return render(request, "portal/activities/position.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove_position(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask whether the position is to go, then take it out."""
    stored = get_object_or_404(queries.organised_positions(request.user), pk=pk)
    reach = Reach(request, stored.shift.activity)
    if request.method == "POST":
        what: dict[str, Any] = {"position": stored, "scope": reach.scope}
        change = partial(actions.remove_positions, by=request.user, **what)
        try:
            planned = partial(queries.planned_removed_positions, **what)
            return _alike(reach, change, planned, (), stored.shift, done=_("岗位已删除。"))
        except ActivityError as refusal:
            messages.error(request, refusal.message)
            return redirect("activities:positions", stored.shift_id)
    context = {"position": stored, "reach": reach, **_where(stored.shift)}
    return render(request, "portal/activities/remove_position.html", context)


def _alike(
    reach: Reach,
    change: Callable[[], list[Kept]],
    planned: Callable[[], list[Planned]],
    form: Any,
    shift: Shift,
    *,
    done: str,
    people: int = 0,
) -> HttpResponse:
    page = reverse("activities:positions", args=[shift.pk])
    said: dict[str, Any] = {"done": done, "back": page, "to": page, "people": people}
    return reach.alike(change, planned=planned, form=form, activity=shift.activity, **said)


def _where(shift: Shift) -> dict[str, Any]:
    return {"shift": shift, "activity": shift.activity}


def _refuse(form: PositionForm, refusal: ActivityError) -> None:
    form.add_error(BESIDE.get(type(refusal)), refusal.message)
