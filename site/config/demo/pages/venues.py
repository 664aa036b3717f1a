"""The demo's venues."""

from collections.abc import Iterator
from datetime import time
from decimal import Decimal

from config.demo.city import City
from config.demo.content import body, read
from config.demo.pages.pictures import picture
from website.venues.models import VenueHours, VenuePage

SCENES = {
    "service_centre": "town",
    "service_station": "street",
    "courtyard_station": "courtyard",
    "canteen": "meal",
    "day_care": "people",
    "clinic": "door",
    "reading_room": "books",
    "red_book_corner": "books",
    "hall": "table",
    "outdoor": "park",
}
WRITTEN = ("title", "summary", "kind", "address", "hours", "phone", "known_facilities")


def venues(city: City) -> Iterator[VenuePage]:
    codes = {community.name: community.code for community in city.communities}
    for number, row in enumerate(read("venues")["venues"][: city.scale.venues]):
        drawn = picture(city, SCENES[row["kind"]], title=row["title"], seed=row["title"], alt="")
        page = VenuePage(
            **{name: row[name] for name in WRITTEN},
            slug=f"venue-{number + 1:02}",
            community_code=codes.get(row["community"], ""),
            latitude=Decimal(row["latitude"]),
            longitude=Decimal(row["longitude"]),
            closure=row.get("closure", ""),
            facilities="\n".join(row["facilities"]),
            body=body(row["body"]),
            listing_image=drawn,
        )
        page.weekly_hours = [_hours(*written) for written in row["weekly_hours"]]
        yield page


def _hours(days: str, opens: str, closes: str) -> VenueHours:
    return VenueHours(days=[int(day) for day in days], opens=_time(opens), closes=_time(closes))


def _time(written: str) -> time:
    hour, minute = written.split(":")
    return time(int(hour), int(minute))
