"""Where one can report in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from portal.organisations.enums import AreaKind
from portal.organisations.models import Area
from portal.organisations.queries import communities, within
from portal.report_in.models import AddressName

PLACES_MATCHED = 50


@dataclass(frozen=True)
class Neighbourhood:
    """Communities that lie together; ``name`` is their district and street."""

    name: str
    communities: list[Area]


def communities_named(text: str) -> QuerySet[Area]:
    """Return the open communities that ``text`` names: themselves, by district or street, by an estate or road."""
    kinds = (AreaKind.DISTRICT, AreaKind.STREET, AreaKind.COMMUNITY)
    is_named = Q(kind__in=kinds, name__icontains=text)
    is_known = Q(kind=AreaKind.COMMUNITY, pk__in=AddressName.objects.filter(text__contains=text).values("area"))
    places = Area.objects.filter(is_named | is_known).order_by("path")
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
