"""Two cities that share nothing: a community with a grid under a street, and a unit, in each."""

from dataclasses import dataclass

from portal.organisations.models import Area, Unit
from tests.factories.organisations import (
    CityFactory,
    CommunityFactory,
    DistrictFactory,
    GridFactory,
    StreetFactory,
    UnitFactory,
)


@dataclass(frozen=True)
class Place:
    city: Area
    street: Area
    community: Area
    grid: Area
    unit: Unit


def new_place() -> Place:
    city = CityFactory()
    street = StreetFactory(above=DistrictFactory(above=city))
    community = CommunityFactory(above=street)
    return Place(
        city=city,
        street=street,
        community=community,
        grid=GridFactory(above=community),
        unit=UnitFactory(area=community),
    )
