"""Which teams there are, and where."""

from collections.abc import Collection

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from portal.members.models import User
from portal.organisations.enums import Action, AreaKind
from portal.organisations.models import Area
from portal.organisations.permissions import areas_for
from portal.organisations.queries import open_on, within
from portal.report_in.enums import ReportInState
from portal.report_in.models import MemberReportIn
from portal.teams.enums import MembershipState
from portal.teams.models import Team

TEAM_AREAS = (AreaKind.COMMUNITY, AreaKind.STREET)


def own_areas(person: User) -> QuerySet[Area]:
    """Return the communities that have received ``person``, and the streets these lie in."""
    paths = MemberReportIn.objects.filter(person=person, state=ReportInState.ACCEPTED).values_list(
        "area__path", flat=True
    )
    lineage = {path[:end] for path in paths for end in range(Area.steplen, len(path) + 1, Area.steplen)}
    return Area.objects.filter(path__in=lineage, kind__in=TEAM_AREAS).order_by("path")


def teams_found(
    *,
    areas: QuerySet[Area] | Collection[Area] | None = None,
    district: Area | None = None,
    kind: str = "",
    words: str = "",
) -> QuerySet[Team]:
    """Return the open teams with their area and ``size``, narrowed by what is given."""
    found = with_sizes(Team.objects.filter(ends_on__isnull=True))
    if areas is not None:
        found = found.filter(area__in=areas)
    if district is not None:
        found = found.filter(within([district.path], field="area__path"))
    if kind:
        found = found.filter(kind=kind)
    if words:
        found = found.filter(Q(name__icontains=words) | Q(description__icontains=words))
    return found.order_by("area__path", "name", "pk")


def with_sizes(teams: QuerySet[Team]) -> QuerySet[Team]:
    """Annotate ``size``, how many people are in each team."""
    joined = Q(memberships__state=MembershipState.JOINED)
    return teams.select_related("area").annotate(size=Count("memberships", filter=joined))


def manageable_teams(person: User) -> QuerySet[Team]:
    """Return the open teams ``person`` looks after by a post."""
    return teams_found(areas=areas_for(person, Action.MANAGE_TEAMS))


def areas_to_found_in(person: User) -> QuerySet[Area]:
    """Return the open communities and streets where ``person`` may make a team."""
    today = timezone.localdate()
    is_open = Q(starts_on__isnull=True) & (Q(ends_on__isnull=True) | Q(ends_on__gt=today))
    return areas_for(person, Action.MANAGE_TEAMS).filter(is_open | open_on(today), kind__in=TEAM_AREAS).order_by("path")
