"""A unit's contact holds places and names who will come."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.activities import actions, queries
from portal.activities.errors import SignUpError
from portal.activities.forms import HoldForm, NamesForm
from portal.activities.models import GroupPlaces
from portal.organisations.enums import Action
from portal.organisations.permissions import may_somewhere
from webui.htmx import MemberRequest
from webui.pagination import page_of


@login_required
@require_safe
def index(request: MemberRequest) -> HttpResponse:
    """Show what the contact's units hold, what is to be named first."""
    _require_contact(request)
    groups = queries.groups_of(request.user).order_by("-shift__starts_at", "-pk")
    context = {"page": page_of(request, groups), "shifts": queries.shifts_to_hold(request.user)}
    return render(request, "portal/activities/groups.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: MemberRequest, pk: int) -> HttpResponse:
    shift = get_object_or_404(queries.visible_shifts(request.user), pk=pk)
    _require_contact(request)
    units = queries.may_hold(request.user, shift)
    form = HoldForm(request.POST if request.method == "POST" else None, shift=shift, units=units)
    if form.is_valid():
        try:
            group = actions.hold_places(shift=shift, by=request.user, **form.cleaned_data)
        except SignUpError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("名额已经留好。现在可以写名字，也可以以后再写。"))
            return redirect("activities:group", group.pk)
    context = {"form": form, "shift": shift, "activity": shift.activity}
    return render(request, "portal/activities/hold.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def group(request: MemberRequest, pk: int) -> HttpResponse:
    """Show who is named, and name more."""
    group = get_object_or_404(queries.groups_of(request.user), pk=pk)
    form = NamesForm(request.POST if request.method == "POST" else None, people=queries.people_to_name(group))
    if form.is_valid():
        if _name(request, form, group):
            messages.success(request, _("名字已经写好，本人会收到通知。"))
            return redirect("activities:group", group.pk)
        group.refresh_from_db()
    named = group.sign_ups.select_related("member").order_by("member__name", "pk")
    context = {"form": form, "group": group, "named": [one for one in named if one.is_open]}
    return render(request, "portal/activities/group.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def release(request: MemberRequest, pk: int) -> HttpResponse:
    group = get_object_or_404(queries.groups_of(request.user), pk=pk)
    actions.release_places(group=group, by=request.user)
    messages.success(request, _("没有写名字的名额已经让出来。"))
    return redirect("activities:group", group.pk)


def _name(request: MemberRequest, form: NamesForm, group: GroupPlaces) -> bool:
    for member in form.cleaned_data["members"]:
        try:
            actions.name_member(group=group, member=member, by=request.user)
        except SignUpError as refusal:
            form.add_error("members", _("%(name)s：%(why)s") % {"name": member, "why": refusal.message})
    return not form.errors


def _require_contact(request: MemberRequest) -> None:
    if not may_somewhere(request.user, Action.HOLD_GROUP_PLACES):
        raise PermissionDenied
