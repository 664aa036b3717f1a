"""A lead or an organiser answers who asks, asks people in, and changes who leads."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from portal.members.models import User
from portal.states import IllegalMoveError
from portal.teams import actions, queries
from portal.teams.errors import TeamError
from portal.teams.forms import InviteForm
from portal.teams.models import Team, TeamMembership
from portal.teams.rules import leads, manages
from portal.teams.views.teams import team_page
from webui.htmx import MemberRequest

CHANGES: dict[str, tuple[Callable[..., TeamMembership], Promise]] = {
    "appoint": (actions.appoint_lead, gettext_lazy("已请对方当队长。")),
    "step_down": (actions.step_down, gettext_lazy("对方不再是队长，仍是成员。")),
    "hand_over": (actions.hand_over, gettext_lazy("已交给对方。您仍是成员。")),
    "remove": (actions.remove, gettext_lazy("对方已不在团队里。")),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def membership(request: MemberRequest, pk: int) -> HttpResponse:
    """Show what can be done about one member, and do it. To whoever may not, there is no such member."""
    one = _led(request, get_object_or_404(TeamMembership.objects.select_related("team__area", "person"), pk=pk))
    if request.method == "POST":
        _change(request, one)
        return redirect("teams:team", one.team.code)
    names = queries.names_shown([one.person], reader=request.user)
    context: dict[str, Any] = {
        "membership": one,
        "team": one.team,
        "name": names[one.person_id],
        "is_own": one.person_id == request.user.pk,
        "may_manage": manages(request.user, one.team),
        "may_hand_over": leads(request.user, one.team) and one.person_id != request.user.pk,
    }
    return render(request, "portal/teams/membership.html", context)


@login_required
@require_POST
def answer(request: MemberRequest, pk: int) -> HttpResponse:
    """Let somebody in who asked, or say no."""
    one = get_object_or_404(queries.requests_to_answer(request.user), pk=pk)
    answered = request.POST.get("answer")
    if answered not in ("accept", "refuse"):
        return redirect("teams:team", one.team.code)
    is_accepted = answered == "accept"
    try:
        actions.answer_request(membership=one, by=request.user, is_accepted=is_accepted)
    except (TeamError, IllegalMoveError) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已同意，对方会收到通知。") if is_accepted else _("已答复，对方会收到通知。"))
    return redirect("teams:team", one.team.code)


@login_required
@require_POST
def decline(request: MemberRequest, pk: int) -> HttpResponse:
    """Say no to an invitation."""
    one = get_object_or_404(queries.invitations_to(request.user), pk=pk)
    try:
        actions.decline_invitation(membership=one, by=request.user)
    except (TeamError, IllegalMoveError) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已谢绝邀请。"))
    return redirect("teams:list")


@login_required
@require_POST
def invite(request: MemberRequest, code: str) -> HttpResponse:
    """Ask somebody in by their phone; the answer is the same whether or not the number is known here."""
    team = get_object_or_404(Team.objects.select_related("area"), code=code)
    if not manages(request.user, team) and not leads(request.user, team):
        raise PermissionDenied
    form = InviteForm(request.POST)
    if not form.is_valid():
        return team_page(request, team, invite_form=form, status=422)
    person = User.objects.filter(phone=form.cleaned_data["phone"], is_active=True).first()
    try:
        if person is not None:
            actions.invite(team=team, person=person, by=request.user)
    except TeamError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("如果这个手机号在这里登录过，对方会收到邀请。"))
    return redirect("teams:team", code)


def _led(request: MemberRequest, one: TeamMembership) -> TeamMembership:
    if not manages(request.user, one.team) and not leads(request.user, one.team):
        raise Http404
    return one


def _change(request: MemberRequest, one: TeamMembership) -> None:
    action, done = CHANGES.get(request.POST.get("do", ""), (None, gettext_lazy("")))
    if action is None:
        return
    try:
        action(membership=one, by=request.user)
    except (TeamError, IllegalMoveError) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, str(done))
