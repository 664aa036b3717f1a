"""Whoever is logged in finds teams, joins and leaves."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.report_in.queries import districts
from portal.teams import actions, queries
from portal.teams.enums import JoiningWay, MembershipState, TeamKind
from portal.teams.errors import TeamError
from portal.teams.forms import InviteForm, TeamFilterForm
from portal.teams.models import Team
from portal.teams.rules import leads, manages
from webui.htmx import MemberRequest
from webui.pagination import page_of

EVERYWHERE = "all"


@login_required
@require_safe
def team_list(request: MemberRequest) -> HttpResponse:
    """Show one's own teams, and those of one's community and street; or those of a district."""
    form = TeamFilterForm(request.GET)
    form.is_valid()
    asked = {name: form.cleaned_data.get(name, "") for name in form.fields}
    own_areas, places = list(queries.own_areas(request.user)), list(districts())
    where = asked["where"] or ("" if own_areas else EVERYWHERE)
    found = queries.teams_found(
        areas=own_areas if where == "" else None,
        district=next((place for place in places if place.code == where), None),
        kind=asked["kind"],
        words=asked["q"],
    )
    mine = list(queries.memberships_of(request.user))
    context = {
        "mine": [one for one in mine if one.is_joined],
        "waiting": [one for one in mine if not one.is_joined],
        "to_answer": queries.requests_to_answer(request.user),
        "page": page_of(request, found),
        "own_areas": own_areas,
        "districts": places,
        "kinds": TeamKind.choices,
        "where": where,
        "asked": asked,
    }
    return render(request, "portal/teams/list.html", context)


@login_required
@require_safe
def team(request: MemberRequest, code: str) -> HttpResponse:
    """Show a team: what it does next, who leads it, and to those in it who is in it."""
    return team_page(request, get_object_or_404(Team.objects.select_related("area"), code=code))


@login_required
@permission_required("teams.join", raise_exception=True)
@require_POST
def join(request: MemberRequest, code: str) -> HttpResponse:
    one = get_object_or_404(Team, code=code)
    try:
        membership = actions.join(team=one, person=request.user)
    except TeamError as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("您已加入。") if membership.is_joined else _("申请已发出，答复后会通知您。")
        messages.success(request, said)
    return redirect("teams:team", code)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: MemberRequest, code: str) -> HttpResponse:
    """Ask once, then leave or take the request back."""
    one = get_object_or_404(Team, code=code)
    mine = queries.membership_in(one, request.user)
    if request.method != "POST" and mine is not None:
        return render(request, "portal/teams/leave.html", {"team": one, "membership": mine})
    try:
        actions.leave(team=one, person=request.user)
    except TeamError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("您已离开“%(team)s”。") % {"team": one})
    return redirect("teams:team", code)


def team_page(
    request: MemberRequest, one: Team, *, invite_form: InviteForm | None = None, status: int = 200
) -> HttpResponse:
    """Answer the page of a team as far as the reader may see it."""
    person = request.user
    mine = queries.membership_in(one, person)
    may_manage = manages(person, one)
    may_lead = may_manage or leads(person, one)
    is_inside = may_lead or (mine is not None and mine.is_joined)
    context: dict[str, Any] = {
        "team": one,
        "mine": mine,
        "may_join": one.is_open and mine is None and one.way != JoiningWay.INVITATION,
        "is_invited": mine is not None and mine.state == MembershipState.INVITED,
        "may_manage": may_manage and one.is_open,
        "may_lead": may_lead and one.is_open,
        **_people(request, one, sees_members=is_inside, sees_going=may_lead),
        "requests": queries.requests_of(one) if may_lead else [],
        "invite_form": invite_form or InviteForm(),
    }
    return render(request, "portal/teams/team.html", context, status=status)


def _people(request: MemberRequest, one: Team, *, sees_members: bool, sees_going: bool) -> dict[str, Any]:
    """Return who is in the team and what it does next; to its lead, also which of them has a place there."""
    members = list(queries.members_of(one))
    names = queries.names_shown([member.person for member in members], reader=request.user)
    named = [(member, names[member.person_id]) for member in members]
    activities = queries.next_activities(one, only_public=not sees_members) if one.is_open else []
    going = queries.people_going(one, activities) if sees_going and activities else {}
    return {
        "size": len(members),
        "leads": [pair for pair in named if pair[0].is_lead],
        "members": named if sees_members else [],
        "activities": [(each, [names[key] for key in going.get(each.uid, ())]) for each in activities],
    }
