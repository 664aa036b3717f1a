"""An organiser does something once more: a copy looked over on one page, and templates."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.activities import actions, queries
from portal.activities.errors import ActivityError
from portal.activities.forms import ReviewForm, ReviewShiftForm, TemplateForm, UseTemplateForm, review_shift_forms
from portal.activities.models import Activity
from portal.organisations.queries import standing
from webui.htmx import MemberRequest
from webui.pagination import page_of


@login_required
@require_POST
def copy(request: MemberRequest, code: str) -> HttpResponse:
    """Make next week's draft, and show its dates."""
    activity = _organised(request, code)
    try:
        made = actions.copy_activity(activity=activity, by=request.user)
    except ActivityError as refusal:
        messages.error(request, refusal.message)
        return redirect("activities:overview", activity.code)
    return redirect("activities:review", made.code)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: MemberRequest, code: str) -> HttpResponse:
    """Show the dates of a draft on one page: change, save, publish, or move all of it by a week."""
    activity = _organised(request, code)
    if activity.published_at or activity.is_cancelled:
        return redirect("activities:overview", activity.code)
    data = request.POST if request.method == "POST" else None
    form = ReviewForm(data, instance=activity)
    shift_forms = review_shift_forms(activity.shifts.all(), data)
    if data is not None and all([form.is_valid(), *(one.is_valid() for one in shift_forms)]):
        try:
            return _reviewed(request, activity, form, shift_forms)
        except ActivityError as refusal:
            form.add_error(None, refusal.message)
    context = {
        "activity": activity,
        "form": form,
        "shift_forms": shift_forms,
        "missing": queries.missing_notice_items(activity),
    }
    return render(request, "portal/activities/review.html", context, status=200 if data is None else 422)


@transaction.atomic
def _reviewed(
    request: MemberRequest, activity: Activity, form: ReviewForm, shift_forms: list[ReviewShiftForm]
) -> HttpResponse:
    by = request.user
    activity = actions.edit_activity(activity=activity, by=by, **form.cleaned_data)
    for one in shift_forms:
        fields = {name: getattr(one.instance, name) for name in ("starts_at", "ends_at", "capacity")}
        actions.edit_shift(shift=one.instance, by=by, **fields)
    then = request.POST.get("then")
    if then == "week":
        actions.move_draft(activity=activity, by=by)
        return redirect("activities:review", activity.code)
    if then == "publish":
        actions.publish(activity=activity, by=by)
        messages.success(request, _("已发布，大家可以报名了。"))
    else:
        messages.success(request, _("草稿已保存。"))
    return redirect("activities:overview", activity.code)


@login_required
@permission_required("activities.create_activity", raise_exception=True)
@require_safe
def templates(request: MemberRequest) -> HttpResponse:
    """List what can be made again, and who may end it."""
    page = page_of(request, queries.usable_templates(request.user))
    kept = set(queries.kept_templates(request.user).values_list("pk", flat=True))
    return render(request, "portal/activities/templates.html", {"page": page, "kept": kept})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def save_template(request: MemberRequest, code: str) -> HttpResponse:
    activity = _organised(request, code)
    own = standing(activity.area)
    areas = list(queries.areas_for_template(request.user, own))
    initial = {"name": activity.title, "area": own.pk}
    form = TemplateForm(request.POST if request.method == "POST" else None, areas=areas, initial=initial)
    if form.is_valid():
        area = form.cleaned_data.get("area") or areas[0]
        try:
            actions.save_template(activity=activity, by=request.user, area=area, name=form.cleaned_data["name"])
        except ActivityError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("模板已保存，下次可以从模板新建。"))
            return redirect("activities:templates")
    context = {"form": form, "activity": activity}
    return render(request, "portal/activities/save_template.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def use_template(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask for the day, then show the draft that was made."""
    template = get_object_or_404(queries.usable_templates(request.user), pk=pk)
    areas = list(queries.communities_for(request.user, template))
    form = UseTemplateForm(request.POST if request.method == "POST" else None, areas=areas)
    if form.is_valid():
        area = form.cleaned_data.get("area") or areas[0]
        try:
            made = actions.use_template(
                template=template, by=request.user, area=area, first_on=form.cleaned_data["first_on"]
            )
        except ActivityError as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("activities:review", made.code)
    context = {"form": form, "template": template}
    return render(request, "portal/activities/use_template.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def end_template(request: MemberRequest, pk: int) -> HttpResponse:
    template = get_object_or_404(queries.kept_templates(request.user), pk=pk)
    actions.end_template(template=template, by=request.user)
    messages.success(request, _("模板已停用。以前做好的活动不受影响。"))
    return redirect("activities:templates")


def _organised(request: MemberRequest, code: str) -> Activity:
    return get_object_or_404(queries.organised_activities(request.user), code=code)
