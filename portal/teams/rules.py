"""Who may do what with teams: organisers by their posts, a lead by leading."""

from typing import TYPE_CHECKING

import rules

from portal.organisations.enums import Action
from portal.organisations.permissions import may, may_somewhere
from portal.teams.enums import MembershipState, TeamRole

if TYPE_CHECKING:
    from portal.members.models import User
    from portal.teams.models import Team


@rules.predicate
def manages_somewhere(person: "User") -> bool:
    return may_somewhere(person, Action.MANAGE_TEAMS)


@rules.predicate
def manages(person: "User", team: "Team") -> bool:
    return may(person, Action.MANAGE_TEAMS, team.area)


@rules.predicate
def leads(person: "User", team: "Team") -> bool:
    memberships = team.memberships.filter(person=person, role=TeamRole.LEAD, state=MembershipState.JOINED)
    return team.is_open and memberships.exists()


rules.add_perm("teams.join", rules.is_active)
rules.add_perm("teams.create_team", rules.is_active & manages_somewhere)
