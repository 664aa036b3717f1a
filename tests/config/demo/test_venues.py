"""The demo's venues are such as editors may save."""

import pytest

from config.demo.content import read
from config.demo.pages.venues import SCENES, _hours
from website.venues.enums import Facility, VenueKind
from website.venues.models import VenueHours

VENUES = read("venues")["venues"]
COMMUNITIES = {
    name for district in read("areas")["districts"] for street in district["streets"] for name in street["communities"]
}


@pytest.mark.parametrize("row", VENUES, ids=lambda row: row["title"])
def test_a_venue_of_the_demo_is_whole(row) -> None:
    assert row["kind"] in VenueKind.values
    assert row["kind"] in SCENES
    assert row["community"] in COMMUNITIES
    assert set(row["known_facilities"]) <= set(Facility.values)
    assert row["weekly_hours"]
    for written in row["weekly_hours"]:
        hours = _hours(*written)
        assert isinstance(hours, VenueHours)
        assert hours.opens < hours.closes
        assert hours.days


def test_a_ten_minute_walk_leads_somewhere_and_not_everywhere() -> None:
    latitudes = [float(row["latitude"]) for row in VENUES]
    longitudes = [float(row["longitude"]) for row in VENUES]

    assert 0.02 < max(latitudes) - min(latitudes) < 0.1
    assert 0.02 < max(longitudes) - min(longitudes) < 0.1
