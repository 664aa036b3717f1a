"""Who is in which team, and who waits."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.members.models import User
from portal.organisations.enums import Action
from portal.organisations.permissions import areas_for
from portal.teams.enums import OPEN, MembershipState, TeamRole
from portal.teams.models import Team, TeamMembership


def members_of(team: Team) -> QuerySet[TeamMembership]:
    """Return who is in ``team``, leads first, then by the day they came."""
    joined = team.memberships.filter(state=MembershipState.JOINED).select_related("person")
    return joined.order_by("role", "starts_on", "pk")  # "lead" sorts before "member"


def leads_of(team: Team) -> QuerySet[TeamMembership]:
    return members_of(team).filter(role=TeamRole.LEAD)


def requests_of(team: Team) -> QuerySet[TeamMembership]:
    """Return who asks to join ``team``, the first to ask first."""
    return team.memberships.filter(state=MembershipState.REQUESTED).select_related("person").order_by("asked_at", "pk")


def requests_to_answer(person: User) -> QuerySet[TeamMembership]:
    """Return the requests of others to join a team that ``person`` leads or looks after, the first to ask first."""
    led = TeamMembership.objects.filter(
        team=OuterRef("team"), person=person, role=TeamRole.LEAD, state=MembershipState.JOINED
    )
    managed = Q(team__area__in=areas_for(person, Action.MANAGE_TEAMS))
    return (
        TeamMembership.objects.filter(managed | Exists(led), state=MembershipState.REQUESTED)
        .exclude(person=person)
        .select_related("team", "person")
        .order_by("asked_at", "pk")
    )


def membership_in(team: Team, person: User) -> TeamMembership | None:
    """Return the open membership of ``person`` in ``team``: asked for, offered or standing."""
    return team.memberships.filter(person=person, state__in=OPEN).first()


def memberships_of(person: User) -> QuerySet[TeamMembership]:
    """Return the open memberships of ``person``, with team and area."""
    return (
        TeamMembership.objects.filter(person=person, state__in=OPEN)
        .select_related("team__area")
        .order_by("team__name", "pk")
    )


def invitations_to(person: User) -> QuerySet[TeamMembership]:
    return memberships_of(person).filter(state=MembershipState.INVITED)


def teams_of(person: User) -> QuerySet[Team]:
    """Return the open teams ``person`` is in today."""
    joined = TeamMembership.objects.filter(team=OuterRef("pk"), person=person, state=MembershipState.JOINED)
    return Team.objects.filter(Exists(joined), ends_on__isnull=True).select_related("area").order_by("name", "pk")


def people_in(teams: QuerySet[Team] | Collection[Team]) -> QuerySet[User]:
    """Return who is in one of ``teams`` today, each once."""
    joined = TeamMembership.objects.filter(team__in=teams, person=OuterRef("pk"), state=MembershipState.JOINED)
    return User.objects.filter(Exists(joined))


def is_in(person: User, teams: QuerySet[Team] | Collection[Team]) -> bool:
    """Return whether ``person`` is in one of ``teams`` today."""
    return TeamMembership.objects.filter(team__in=teams, person=person, state=MembershipState.JOINED).exists()
