"""How large a demo city is."""

from dataclasses import dataclass


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
CITY = Scale(
    name="city",
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
SCALES = {scale.name: scale for scale in (TINY, CITY)}
