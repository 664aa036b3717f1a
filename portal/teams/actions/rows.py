"""How a membership is held and moved. Locks: the team, then its membership."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from portal import states
from portal.members.models import User
from portal.organisations.enums import Role
from portal.organisations.queries import nearest_holders
from portal.teams.enums import MEMBERSHIP_TRANSITIONS, MembershipState, TeamRole
from portal.teams.errors import NotYoursError, TeamEndedError
from portal.teams.models import Team, TeamMembership
from portal.teams.rules import leads, manages


def hold(team: Team) -> Team:
    """Return ``team`` held; everything about who is in it follows one after the other.

    Raises:
        TeamEndedError: it is over.
    """
    team = states.lock(team, "area")
    if not team.is_open:
        raise TeamEndedError
    return team


def hold_membership(membership: TeamMembership) -> TeamMembership:
    """Return ``membership`` held, after its team."""
    team = hold(membership.team)
    membership = states.lock(membership, "person")
    membership.team = team
    return membership


def move(membership: TeamMembership, *, to: MembershipState, by: User | None, **data: Any) -> None:
    """Change the state; whoever comes in gets a first day, whoever leaves a last one and leads no more."""
    today = timezone.localdate()
    if to == MembershipState.JOINED:
        membership.starts_on = today
    elif to == MembershipState.LEFT:
        membership.ends_on = today
    data = data | states.for_whom(membership.person_id, by)
    states.move(membership, to=to, by=by, transitions=MEMBERSHIP_TRANSITIONS, data=data)


def refuse_strangers(team: Team, by: User) -> None:
    """Raise NotYoursError unless ``by`` leads ``team`` or looks after it."""
    if not manages(by, team) and not leads(by, team):
        raise NotYoursError


def url_of(team: Team) -> str:
    return reverse("teams:team", args=[team.code])


def whom_to_ask(team: Team, *, exclude: User) -> list[User]:
    """Return the leads of ``team``; where it has none, the nearest organisers."""
    leading = team.memberships.filter(role=TeamRole.LEAD, state=MembershipState.JOINED).exclude(person=exclude)
    people = [one.person for one in leading.select_related("person").order_by("pk")]
    return people or nearest_holders(team.area, role=Role.ORGANISER, exclude=exclude)
