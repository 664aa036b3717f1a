"""The demo's exemplary people."""

from collections.abc import Iterator

from config.demo.city import City
from config.demo.content import body, read
from config.demo.pages.pictures import picture
from website.people.models import Consent, PersonPage

CONSENT_VERSION = "2026-1"
SCENES = ("people", "evening", "books", "street", "meal", "park", "people", "courtyard", "town", "street")


def people(city: City) -> Iterator[PersonPage]:
    for number, row in enumerate(read("people")["people"][: city.scale.people]):
        consent = Consent.objects.create(
            name=row["name"], text_version=CONSENT_VERSION, given_on=city.day(-row["given"])
        )
        scene = SCENES[number % len(SCENES)]
        yield PersonPage(
            **{name: row[name] for name in ("title", "summary", "role", "place", "dates")},
            slug=f"person-{number + 1:02}",
            honours="\n".join(row["honours"]),
            body=body(row["body"]),
            sources="本人口述，云汀市志愿服务中心整理（虚构）",
            consent=consent,
            listing_image=picture(city, scene, title=row["name"], seed=row["name"], alt=""),
        )
