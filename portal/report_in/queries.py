"""Who has reported in where, and where one can."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from portal.members.models import User
from portal.organisations.enums import Action, AreaKind
from portal.organisations.models import Area
from portal.organisations.permissions import areas_for
from portal.organisations.queries import communities, within
from portal.report_in.enums import OPEN, ReportInKind, ReportInState
from portal.report_in.models import MemberReportIn

PLACES_MATCHED = 50


@dataclass(frozen=True)
class Neighbourhood:
    """Communities that lie together; ``name`` is their district and street."""

    name: str
    communities: list[Area]


def home_community(person: User) -> Area | None:
    """Return the community that accepted ``person`` as a resident."""
    return Area.objects.filter(
        report_ins__person=person,
        report_ins__kind=ReportInKind.RESIDENCE,
        report_ins__state=ReportInState.ACCEPTED,
    ).first()


def members_reported_in(area: Area) -> QuerySet[User]:
    """Return the people whose report-in was accepted in ``area`` or below it, and still stands."""
    accepted = MemberReportIn.objects.filter(
        within([area.path], field="area__path"), person=OuterRef("pk"), state=ReportInState.ACCEPTED
    )
    return User.objects.filter(Exists(accepted)).order_by("pk")


def open_residence(person: User) -> MemberReportIn | None:
    """Return the one residence report-in of ``person`` that waits or stands."""
    return (
        MemberReportIn.objects.select_related("area", "unit")
        .filter(person=person, kind=ReportInKind.RESIDENCE, state__in=OPEN)
        .first()
    )


def reviewable(person: User) -> QuerySet[MemberReportIn]:
    """Return the report-ins of others that reach ``person`` as organiser, oldest first."""
    areas = areas_for(person, Action.REVIEW_REPORT_IN)
    return (
        MemberReportIn.objects.filter(area__in=areas)
        .exclude(person=person)
        .select_related("person", "unit", "area")
        .order_by("submitted_at", "pk")
    )


def communities_named(text: str) -> QuerySet[Area]:
    """Return the open communities that ``text`` names, themselves or by their district or street."""
    kinds = (AreaKind.DISTRICT, AreaKind.STREET, AreaKind.COMMUNITY)
    places = Area.objects.filter(kind__in=kinds, name__icontains=text).order_by("path")
    paths = list(places.values_list("path", flat=True)[:PLACES_MATCHED])
    return communities().filter(within(paths)) if paths else communities().none()


def communities_in(place: Area) -> QuerySet[Area]:
    return communities().filter(within([place.path]))


def districts() -> QuerySet[Area]:
    """Return the districts by which one may narrow the list of communities."""
    return Area.objects.filter(kind=AreaKind.DISTRICT, ends_on__isnull=True).order_by("path")


def neighbourhoods(places: Iterable[Area]) -> list[Neighbourhood]:
    """Group communities by the street they lie in, in one query more."""
    groups: dict[str, list[Area]] = defaultdict(list)
    for place in places:
        groups[place.path[: -Area.steplen]].append(place)
    above = {path[:end] for path in groups for end in range(Area.steplen, len(path) + 1, Area.steplen)}
    names = dict(
        Area.objects.filter(path__in=above, kind__in=(AreaKind.DISTRICT, AreaKind.STREET)).values_list("path", "name")
    )
    return [Neighbourhood(_name_of(path, names), found) for path, found in groups.items()]


def _name_of(path: str, names: dict[str, str]) -> str:
    steps = (path[:end] for end in range(Area.steplen, len(path) + 1, Area.steplen))
    return " · ".join(names[step] for step in steps if step in names)
