"""An organiser writes the report of an activity, prints it, and has a story begun."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.activities.models import Activity
from portal.activities.queries import organised_activities
from portal.activity_reports import actions, queries
from portal.activity_reports.errors import ActivityReportError
from portal.activity_reports.forms import ActivityReportForm, as_lines
from portal.activity_reports.models import ActivityReport
from webui.htmx import MemberRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: MemberRequest, code: str) -> HttpResponse:
    """Show the report with its numbers; while it is a draft, keep what is written."""
    activity = _organised(request, code)
    one = queries.report_on(activity)
    known = {"achieved": one.achieved, "materials": as_lines(one.materials)}
    form = ActivityReportForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        return _kept(request, activity, form)
    context = {
        "activity": activity,
        "report": one,
        "figures": queries.figures_in(one),
        "form": form if activity.is_over and not one.is_submitted else None,
    }
    return render(request, "portal/activity_reports/report.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def submit(request: MemberRequest, code: str) -> HttpResponse:
    activity = _organised(request, code)
    return _done(
        request,
        code,
        lambda: actions.submit_report(activity=activity, by=request.user),
        said=_("总结已完成，数字不会再变。"),
    )


@login_required
@require_POST
def story(request: MemberRequest, code: str) -> HttpResponse:
    """Begin a story for the editors, once; the second time it is the same one."""
    activity = _organised(request, code)
    return _done(
        request,
        code,
        lambda: actions.begin_story(activity=activity, by=request.user),
        said=_("稿子的草稿在编辑那里，编辑会决定怎样用。"),
    )


def _organised(request: MemberRequest, code: str) -> Activity:
    return get_object_or_404(organised_activities(request.user), code=code)


def _kept(request: MemberRequest, activity: Activity, form: ActivityReportForm) -> HttpResponse:
    """Keep what is typed; with the other button, freeze the report with just that."""

    def change() -> ActivityReport:
        report = actions.save_report(activity=activity, by=request.user, **form.cleaned_data)
        return actions.submit_report(activity=activity, by=request.user) if is_last else report

    is_last = "finish" in request.POST
    return _done(request, activity.code, change, said=_("总结已完成，数字不会再变。") if is_last else _("已保存。"))


def _done(request: MemberRequest, code: str, change: Callable[[], ActivityReport], *, said: str) -> HttpResponse:
    try:
        change()
    except ActivityReportError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("activity_reports:report", code)
