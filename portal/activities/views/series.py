"""An organiser repeats an activity by a rule, and looks after its dates."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from portal.activities import actions, queries
from portal.activities.errors import ActivityError, NoShiftError
from portal.activities.forms import ExtendForm, RepeatForm
from portal.activities.models import Series
from webui.htmx import MemberRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def repeat(request: MemberRequest, code: str) -> HttpResponse:
    """Ask for the rule, show every date, and make them once the organiser has seen them."""
    activity = get_object_or_404(queries.organised_activities(request.user), code=code)
    if activity.series_id is not None:
        return redirect("activities:series", activity.series_id)
    first_on = queries.first_day(activity)
    if first_on is None or activity.is_cancelled:
        messages.error(request, NoShiftError().message)
        return redirect("activities:overview", activity.code)
    asked = request.POST if request.method == "POST" else request.GET
    form = RepeatForm(asked if "frequency" in asked else None, first_on=first_on)
    dates: list[date] = []
    skipped = asked.getlist("skip")
    if form.is_valid():
        dates = form.rule().dates
        if request.method == "POST":
            try:
                series = actions.start_series(activity=activity, by=request.user, rule=form.rule(except_on=skipped))
            except ActivityError as refusal:
                form.add_error(None, refusal.message)
            else:
                messages.success(request, _("系列已经做好。"))
                return redirect("activities:series", series.pk)
    context = {"activity": activity, "form": form, "dates": dates, "skipped": skipped, "first_on": first_on}
    return render(request, "portal/activities/repeat.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def series(request: MemberRequest, pk: int) -> HttpResponse:
    """Show every date of a series; a POST makes it longer."""
    found = _organised(request, pk)
    form = ExtendForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = actions.extend_series(series=found, by=request.user, more=form.cleaned_data["more"])
        except ActivityError as refusal:
            form.add_error(None, refusal.message)
        else:
            text = ngettext("又加了 %(n)d 次。", "又加了 %(n)d 次。", len(made)) % {"n": len(made)}
            messages.success(request, text)
            return redirect("activities:series", found.pk)
    dates = list(queries.dates_of(found))
    context = {
        "series": found,
        "dates": [one for one in dates if not one.is_over],
        "over": [one for one in dates if one.is_over],
        "drafts": len(queries.drafts_to_publish(found)),
        "form": form,
        "coming": queries.next_dates(found, ExtendForm.SHOWN),
        "today": timezone.localdate(),
    }
    return render(request, "portal/activities/series.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def publish_series(request: MemberRequest, pk: int) -> HttpResponse:
    found = _organised(request, pk)
    try:
        number = actions.publish_series(series=found, by=request.user)
    except ActivityError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, ngettext("已发布 %(n)d 次。", "已发布 %(n)d 次。", number) % {"n": number})
    return redirect("activities:series", found.pk)


def _organised(request: MemberRequest, pk: int) -> Series:
    return get_object_or_404(queries.organised_series(request.user), pk=pk)
