"""Two cities that share nothing: a community under a street, and a unit, in each."""

from dataclasses import dataclass

from portal.organisations.models import Area, Unit
from tests.factories.organisations import CityFactory, CommunityFactory, DistrictFactory, StreetFactory, UnitFactory


@dataclass(frozen=True)
class Place:
    city: Area
    street: Area
    community: Area
    unit: Unit


def new_place() -> Place:
    city = CityFactory()
    street = StreetFactory(above=DistrictFactory(above=city))
    community = CommunityFactory(above=street)
    return Place(city=city, street=street, community=community, unit=UnitFactory(area=community))
