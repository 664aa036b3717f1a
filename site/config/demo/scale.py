"""How large a demo city is."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Crowd:
    """How many there are in all once a city is filled up. Dalian's counts at full size (case of 2018)."""

    districts: int
    streets: int
    communities: int
    grids: int
    units: int
    members: int


@dataclass(frozen=True)
class Scale:
    """How many of everything."""

    name: str
    districts: int
    streets: int
    communities: int
    grids: int
    units: int
    members: int
    activities_past: int
    activities_ahead: int
    services_per_category: int
    people: int
    notices: int
    venues: int
    crowd: Crowd | None = None


TINY = Scale(
    name="tiny",
    districts=1,
    streets=2,
    communities=3,
    grids=6,
    units=4,
    members=24,
    activities_past=3,
    activities_ahead=3,
    services_per_category=2,
    people=2,
    notices=2,
    venues=2,
)
TOWN = Scale(
    name="town",
    districts=3,
    streets=8,
    communities=24,
    grids=100,
    units=40,
    members=400,
    activities_past=36,
    activities_ahead=24,
    services_per_category=100,
    people=13,
    notices=10,
    venues=16,
)
# The town, and around it a whole city: what the portal must carry, with nobody's story written out.
CITY = replace(
    TOWN,
    name="city",
    crowd=Crowd(districts=13, streets=138, communities=1_324, grids=13_000, units=30_085, members=544_000),
)
SCALES = {scale.name: scale for scale in (TINY, TOWN, CITY)}
