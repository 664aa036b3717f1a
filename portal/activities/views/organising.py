"""An organiser makes, publishes and calls off activities."""

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.activities import actions, queries
from portal.activities.enums import Scope, Stage
from portal.activities.errors import ActivityError, ActivityIsOverError, DrawTimeError, NoticeItemsMissingError
from portal.activities.forms import ActivityForm, CancelForm, ScheduleForm
from portal.activities.models import Activity, Shift, SignUp
from portal.activities.views.changes import Reach
from webui.htmx import MemberRequest
from webui.pagination import page_of


@login_required
@permission_required("activities.create_activity", raise_exception=True)
@require_safe
def manage(request: MemberRequest) -> HttpResponse:
    """Show the activities of the organiser's areas, by what there is to do."""
    page = page_of(request, queries.organised_by_stage(request.user))
    for activity in page:
        activity.gaps = queries.gaps(activity.shifts.all()) if activity.is_published else []
    stages = [(Stage(stage), list(members)) for stage, members in groupby(page, key=attrgetter("stage"))]
    return render(request, "portal/activities/manage.html", {"page": page, "stages": stages})


@login_required
@permission_required("activities.create_activity", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: MemberRequest) -> HttpResponse:
    areas = list(queries.organised_communities(request.user))
    form = ActivityForm(request.POST if request.method == "POST" else None, areas=areas)
    if areas and form.is_valid():
        area = form.cleaned_data.pop("area", areas[0])
        try:
            activity = actions.create_activity(area=area, by=request.user, **form.cleaned_data)
        except ActivityError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("草稿已保存。再加一个班次，就可以发布。"))
            return redirect("activities:overview", activity.code)
    context = {"form": form, "areas": areas}
    return render(request, "portal/activities/create.html", context, status=422 if form.is_bound else 200)


@login_required
@require_safe
def overview(request: MemberRequest, code: str) -> HttpResponse:
    """Show an organiser how an activity stands, and what is missing before it can be published."""
    return _overview(request, _organised(request, code))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, code: str) -> HttpResponse:
    """Change the texts; what reaches other dates or people's plans is shown first."""
    activity = _organised(request, code)
    form = ActivityForm(request.POST if request.method == "POST" else None, instance=activity)
    reach = Reach(request, activity)
    if form.is_valid():
        stored = _organised(request, code)  # the form has written on the other
        planned = queries.planned_texts(queries.in_scope(stored, reach.scope), form.cleaned_data)
        people = _people_asked(planned, form.cleaned_data)
        if (people or reach.scope != Scope.THIS) and not reach.is_settled:
            back = reverse("activities:edit", args=[code])
            return reach.preview(form=form, planned=planned, activity=stored, people=people, back=back)
        try:
            actions.edit_dates(
                activity=stored,
                by=request.user,
                scope=reach.scope,
                fields=form.cleaned_data,
                **reach.chosen_terms,
            )
        except ActivityError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("已保存。"))
            return redirect("activities:overview", activity.code)
    context = {"form": form, "activity": activity, "missing": _missing(activity), "reach": reach}
    return render(request, "portal/activities/edit.html", context, status=422 if form.is_bound else 200)


def _people_asked(planned: list[queries.Planned], fields: dict[str, Any]) -> int:
    told = [one.activity for one in planned if queries.material_fields(one.activity, fields)]
    return queries.people_to_ask(shifts=Shift.objects.filter(activity__in=told)) if told else 0


@login_required
@require_POST
def publish(request: MemberRequest, code: str) -> HttpResponse:
    activity = _organised(request, code)
    try:
        actions.publish(activity=activity, by=request.user)
    except (NoticeItemsMissingError, DrawTimeError) as refusal:
        return _overview(request, activity, refusal=refusal, status=422)
    except ActivityError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("已发布，大家可以报名了。"))
    return redirect("activities:overview", activity.code)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: MemberRequest, code: str) -> HttpResponse:
    """Ask for the reason, then call the activity off; what is over says so at once."""
    activity = _organised(request, code)
    if activity.is_over:
        messages.error(request, ActivityIsOverError().message)
        return redirect("activities:overview", activity.code)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.cancel(activity=activity, by=request.user, reason=form.cleaned_data["reason"])
        except ActivityError as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("活动已取消，报名的人都会收到通知。"))
        return redirect("activities:overview", activity.code)
    context = {"form": form, "activity": activity, "people": queries.people_on(activity)}
    return render(request, "portal/activities/cancel.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def schedule(request: MemberRequest, code: str) -> HttpResponse:
    """Ask when a draft is to be published by itself; ``never`` takes the time back."""
    activity = _organised(request, code)
    takes_back = request.method == "POST" and "never" in request.POST
    initial = {"publish_at": activity.publish_at}
    form = ScheduleForm(request.POST if request.method == "POST" and not takes_back else None, initial=initial)
    if takes_back or form.is_valid():
        try:
            actions.schedule(
                activity=activity, by=request.user, at=None if takes_back else form.cleaned_data["publish_at"]
            )
        except ActivityError as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("不再定时发布。") if takes_back else _("到时候自动发布。"))
        return redirect("activities:overview", activity.code)
    context = {"form": form, "activity": activity}
    return render(request, "portal/activities/schedule.html", context, status=422 if form.is_bound else 200)


def _organised(request: MemberRequest, code: str) -> Activity:
    return get_object_or_404(queries.organised_activities(request.user), code=code)


def _overview(
    request: MemberRequest, activity: Activity, *, refusal: ActivityError | None = None, status: int = 200
) -> HttpResponse:
    shifts = queries.shifts_of(activity)
    context = {
        "activity": activity,
        "shifts": shifts,
        "missing": _missing(activity),
        "refusal": refusal,
        "is_about_draw": isinstance(refusal, DrawTimeError),
        "gaps": queries.gaps(shifts) if activity.is_published else [],
        "stuck": _stuck(activity, shifts),
        "to_attend": [shift for shift in shifts if shift.takes_attendance and not shift.has_ended],
        "changes": queries.changes_of(activity)[:3],
        "may_call_off": activity.is_published and sum(not shift.is_called_off for shift in shifts) > 1,
        "series_left": queries.upcoming_dates(activity.series).count() if activity.series else 0,
    }
    return render(request, "portal/activities/overview.html", context, status=status)


def _stuck(activity: Activity, shifts: Iterable[Shift]) -> Iterable[SignUp]:
    """Return who waits for more places than there are; where nobody waits, nothing is asked."""
    is_waited_for = activity.is_published and any(shift.waiting for shift in shifts)  # type: ignore[attr-defined]  # counted in the query
    return queries.never_fitting(activity) if is_waited_for else []


def _missing(activity: Activity) -> list[tuple[str, str]]:
    """Return what must still be said: the label, and where the link to its field leads."""
    return [(str(item.label), item.field) for item in queries.missing_notice_items(activity)]
