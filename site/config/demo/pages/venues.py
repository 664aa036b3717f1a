"""The demo's venues."""

from collections.abc import Iterator

from config.demo.city import City
from config.demo.content import body, read
from config.demo.pages.pictures import picture
from website.venues.models import VenuePage

SCENES = {
    "service_centre": "town",
    "service_station": "street",
    "canteen": "meal",
    "reading_room": "books",
    "hall": "table",
    "outdoor": "park",
}


def venues(city: City) -> Iterator[VenuePage]:
    for number, row in enumerate(read("venues")["venues"][: city.scale.venues]):
        drawn = picture(city, SCENES[row["kind"]], title=row["title"], seed=row["title"], alt="")
        yield VenuePage(
            **{name: row[name] for name in ("title", "summary", "kind", "address", "hours", "phone")},
            slug=f"venue-{number + 1:02}",
            facilities="\n".join(row["facilities"]),
            body=body(row["body"]),
            listing_image=drawn,
        )
