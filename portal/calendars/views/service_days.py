"""Service days: everybody looks, supervisors call them, organisers put activities in."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.activities.models import Activity
from portal.calendars import actions, queries
from portal.calendars.errors import ServiceDayError
from portal.calendars.forms import AddActivityForm, ServiceDayForm
from portal.calendars.models import ServiceDay
from portal.members.models import User
from portal.organisations.enums import Action
from portal.organisations.permissions import in_areas_of, may, may_somewhere
from webui.htmx import MemberRequest
from webui.pagination import page_of
from webui.service_days import look


@require_safe
def day_list(request: HttpRequest) -> HttpResponse:
    """List the service days to come, and those that were."""
    person = request.user if isinstance(request.user, User) else None
    context = {
        "coming": queries.coming_days(),
        "page": page_of(request, queries.past_days()),
        "may_call": person is not None and may_somewhere(person, Action.CALL_SERVICE_DAY),
    }
    return render(request, "portal/calendars/service_days.html", context)


@require_safe
def day(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is on on a service day, district by district."""
    return _page(request, _day(pk))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: MemberRequest) -> HttpResponse:
    if not may_somewhere(request.user, Action.CALL_SERVICE_DAY):
        raise PermissionDenied
    areas = queries.areas_to_call_in(request.user)
    form = ServiceDayForm(request.POST if request.method == "POST" else None, areas=areas)
    if form.is_valid():
        made = _try(form, lambda: actions.call_day(by=request.user, **form.cleaned_data))
        if made:
            messages.success(request, _("服务日已发起。这一天的活动会自己列在里面。"))
            return redirect("calendars:service_day", made.pk)
    return render(request, "portal/calendars/day_form.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    one = _called(request, pk)
    known = {"name": one.name, "day": one.day, "text": one.text}
    form = ServiceDayForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid() and _try(form, lambda: actions.edit_day(service_day=one, by=request.user, **form.cleaned_data)):
        messages.success(request, _("已保存。"))
        return redirect("calendars:service_day", pk)
    context = {"form": form, "day": one}
    return render(request, "portal/calendars/day_form.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def call_off(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask once, then call the day off."""
    one = _called(request, pk)
    if request.method != "POST":
        return render(request, "portal/calendars/call_off.html", {"day": one})
    actions.call_off_day(service_day=one, by=request.user)
    messages.success(request, _("服务日已取消，活动本身不受影响。"))
    return redirect("calendars:service_days")


@login_required
@require_POST
def add(request: MemberRequest, pk: int) -> HttpResponse:
    """Put one of one's own activities of another day in."""
    one = _day(pk)
    form = AddActivityForm(request.POST, activities=queries.activities_to_add(request.user, one))
    if not form.is_valid():
        return _page(request, one, form=form, status=422)
    return _change(request, one, actions.add_activity, form.cleaned_data["activity"], done=_("已列进服务日。"))


@login_required
@require_POST
def take_out(request: MemberRequest, pk: int) -> HttpResponse:
    one = _day(pk)
    activity = get_object_or_404(one.added.select_related("area"), code=request.POST.get("activity", ""))
    return _change(request, one, actions.take_out_activity, activity, done=_("已移出服务日。"))


def _day(pk: int) -> ServiceDay:
    return get_object_or_404(ServiceDay.objects.select_related("area"), pk=pk)


def _called(request: MemberRequest, pk: int) -> ServiceDay:
    one = _day(pk)
    if not may(request.user, Action.CALL_SERVICE_DAY, one.area):
        raise PermissionDenied
    return one


def _try(form: ServiceDayForm, change: Callable[[], ServiceDay]) -> ServiceDay | None:
    try:
        return change()
    except ServiceDayError as refusal:
        form.add_error("day", str(refusal))
        return None


def _change(
    request: MemberRequest, one: ServiceDay, action: Callable[..., None], activity: Activity, *, done: str
) -> HttpResponse:
    try:
        action(service_day=one, activity=activity, by=request.user)
    except ServiceDayError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("calendars:service_day", one.pk)


def _page(
    request: HttpRequest, one: ServiceDay, *, form: AddActivityForm | None = None, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {"day": one, **look(request, queries.rows_of(one))}
    if isinstance(request.user, User) and not one.is_called_off:
        to_add = queries.activities_to_add(request.user, one)
        context |= {
            "may_call": may(request.user, Action.CALL_SERVICE_DAY, one.area),
            "form": form or (AddActivityForm(activities=to_add) if to_add.exists() else None),
            "added": one.added.filter(in_areas_of(request.user, Action.RUN_ACTIVITIES)),
        }
    return render(request, "portal/calendars/service_day.html", context, status=status)
