"""An organiser makes teams, changes what is said of them, and ends them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.teams import actions, queries
from portal.teams.errors import TeamError
from portal.teams.forms import TeamForm
from portal.teams.models import Team
from portal.teams.rules import manages
from webui.htmx import MemberRequest
from webui.pagination import page_of


@login_required
@permission_required("teams.create_team", raise_exception=True)
@require_safe
def manage(request: MemberRequest) -> HttpResponse:
    """List the teams of one's places, and who asks to join."""
    context = {
        "page": page_of(request, queries.manageable_teams(request.user)),
        "to_answer": queries.requests_to_answer(request.user),
    }
    return render(request, "portal/teams/manage.html", context)


@login_required
@permission_required("teams.create_team", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: MemberRequest) -> HttpResponse:
    areas = queries.areas_to_found_in(request.user)
    form = TeamForm(request.POST if request.method == "POST" else None, areas=areas)
    if form.is_valid():
        try:
            team = actions.create_team(by=request.user, **form.cleaned_data)
        except TeamError as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("团队建好了。可以邀请人加入，再请一位当队长。"))
            return redirect("teams:team", team.code)
    return render(request, "portal/teams/form.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, code: str) -> HttpResponse:
    team = _managed(request, code)
    form = TeamForm(request.POST if request.method == "POST" else None, instance=team)
    if form.is_valid():
        try:
            actions.edit_team(team=team, by=request.user, **form.cleaned_data)
        except TeamError as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("已保存。"))
            return redirect("teams:team", code)
    context = {"form": form, "team": team}
    return render(request, "portal/teams/form.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: MemberRequest, code: str) -> HttpResponse:
    """Ask once, then end the team."""
    team = _managed(request, code)
    if request.method == "POST":
        actions.end_team(team=team, by=request.user)
        messages.success(request, _("团队已结束，成员都会收到通知。"))
        return redirect("teams:manage")
    return render(request, "portal/teams/end.html", {"team": team, "size": queries.members_of(team).count()})


def _managed(request: MemberRequest, code: str) -> Team:
    team = get_object_or_404(Team.objects.select_related("area"), code=code)
    if not manages(request.user, team):
        raise PermissionDenied
    return team
