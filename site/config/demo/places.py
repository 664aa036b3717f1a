"""The demo's areas and work units."""

from decimal import Decimal
from itertools import chain, zip_longest

from config.demo.city import City, shares
from config.demo.content import read
from portal.organisations.enums import AreaKind, UnitKind
from portal.organisations.models import Area, Unit

BEYOND = Decimal("0.006")  # of a degree
NUMERALS = "一二三四五六七八九"
# The library comes first, in every scale: its contact is one of the demo's roles.
KINDS = (
    UnitKind.INSTITUTION,
    UnitKind.GOVERNMENT,
    UnitKind.STATE_OWNED,
    UnitKind.PRIVATE,
    UnitKind.SOCIAL,
)


def build_areas(city: City) -> None:
    """Make the city, its districts, streets, communities and grids."""
    data = read("areas")
    since = city.day(-2000)
    city.area = Area.add_root(code=data["code"], name=data["city"], kind=AreaKind.CITY, starts_on=since)
    streets = []
    for district_data, count in zip(data["districts"], shares(city.scale.streets, city.scale.districts), strict=False):
        district = _below(city.area, district_data["name"], AreaKind.DISTRICT)
        city.districts.append(district)
        streets += [(_below(district, row["name"], AreaKind.STREET), row) for row in district_data["streets"][:count]]
    city.streets = [street for street, _row in streets]
    for (street, row), count in zip(streets, shares(city.scale.communities, len(streets)), strict=True):
        city.communities += [_below(street, name, AreaKind.COMMUNITY) for name in row["communities"][:count]]
    _set_middles(city.communities)
    for community, count in zip(city.communities, shares(city.scale.grids, len(city.communities)), strict=True):
        for number in range(count):
            _below(community, f"第{NUMERALS[number]}网格", AreaKind.GRID)


def build_units(city: City) -> None:
    """Make the work units, the kinds taking turns."""
    names = read("units")
    turns = zip_longest(*([(name, kind) for name in names[kind.value]] for kind in KINDS))
    for number, (name, kind) in enumerate(list(filter(None, chain.from_iterable(turns)))[: city.scale.units]):
        unit = Unit.add_root(
            code=f"YT{number + 1:04}",
            name=name,
            kind=kind,
            area=city.streets[number % len(city.streets)],
            phone=f"0600-882 {number + 1:04}",
            starts_on=city.day(-2000),
        )
        city.units.append(unit)


def _set_middles(communities: list[Area]) -> None:
    """Put each community's middle where its first venue is; one without a venue lies a little beyond the one before."""
    known: dict[str, tuple[Decimal, Decimal]] = {}
    for row in read("venues")["venues"]:
        known.setdefault(row["community"], (Decimal(row["latitude"]), Decimal(row["longitude"])))
    north, east = known[communities[0].name]
    for community in communities:
        north, east = known.get(community.name, (north + BEYOND, east + BEYOND))
        community.latitude, community.longitude = north, east
    Area.objects.bulk_update(communities, ["latitude", "longitude"])


def _below(parent: Area, name: str, kind: AreaKind) -> Area:
    number = parent.numchild + 1
    child: Area = parent.add_child(
        code=f"{parent.code}{number:02}",
        name=name,
        kind=kind,
        phone=f"0600-881 {(number * 37 + len(parent.path) * 211) % 10000:04}",
        starts_on=parent.starts_on,
    )
    return child
