"""An organiser says whom an activity is for and who has learnt what; a member says their age is right."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.activities import actions, queries
from portal.activities.errors import ActivityError
from portal.activities.forms import AudienceForm, GrantForm
from portal.activities.queries import audience as audiences
from portal.activities.views.changes import Reach
from webui.htmx import MemberRequest
from webui.pagination import page_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def audience(request: MemberRequest, code: str) -> HttpResponse:
    """Say who is shown an activity, and who may sign up for it."""
    activity = get_object_or_404(queries.organised_activities(request.user), code=code)
    data = request.POST if request.method == "POST" else None
    form = AudienceForm(data, activity=activity, choices=audiences.choices_for(activity.area))
    reach = Reach(request, activity)
    if form.is_valid():
        chosen: dict[str, Any] = {"audience": form.cleaned_data["audience"], "rules": list(form.rules())}
        what: dict[str, Any] = {"activity": activity, "scope": reach.scope, **chosen}
        try:
            return reach.alike(
                partial(actions.set_audiences, by=request.user, **what),
                planned=partial(queries.planned_audiences, **what),
                form=form,
                activity=activity,
                back=reverse("activities:audience", args=[code]),
                done=_("参加范围已保存。"),
                to=reverse("activities:overview", args=[code]),
            )
        except ActivityError as refusal:
            form.add_error(None, refusal.message)
    context = {"form": form, "activity": activity, "reach": reach}
    return render(request, "portal/activities/audience.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def declare(request: MemberRequest, code: str) -> HttpResponse:
    """Keep a yes on the age an activity asks for; a no is not kept, and nothing else is asked."""
    activity = get_object_or_404(queries.visible_activities(request.user), code=code)
    if request.POST.get("meets") == "yes":
        rules = audiences.undeclared(list(audiences.rules_of(activity)), request.user)
        actions.declare_age(person=request.user, rules=rules)
        messages.success(request, _("记下了，现在可以报名。"))
    else:
        messages.info(request, _("这个活动有年龄要求，这次不能报名。看看别的活动吧。"))
    return redirect("activities:detail", activity.code)


@login_required
@permission_required("activities.create_activity", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def qualifications(request: MemberRequest) -> HttpResponse:
    """List what people of the organiser's areas have learnt, and note more."""
    areas = list(queries.organised_communities(request.user))
    form = GrantForm(request.POST if request.method == "POST" else None, areas=areas)
    if form.is_valid():
        fields = {name: value for name, value in form.cleaned_data.items() if name != "phone"}
        actions.grant_qualification(by=request.user, **fields)
        messages.success(request, _("已经登记。"))
        return redirect("activities:qualifications")
    context = {"form": form, "page": page_of(request, audiences.granted_qualifications(request.user))}
    return render(request, "portal/activities/qualifications.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def end_qualification(request: MemberRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(audiences.granted_qualifications(request.user), pk=pk)
    actions.end_qualification(qualification=found, by=request.user)
    messages.success(request, _("到今天为止，不再有效。"))
    return redirect("activities:qualifications")


@login_required
@require_safe
def own_qualifications(request: MemberRequest) -> HttpResponse:
    """Show a member what was noted of their trainings."""
    context = {"qualifications": audiences.qualifications_of(request.user)}
    return render(request, "portal/activities/own_qualifications.html", context)
