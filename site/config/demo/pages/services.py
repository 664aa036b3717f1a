"""The demo's services."""

from collections.abc import Iterator
from typing import Any

from wagtail.models import Locale

from config.demo.city import City
from config.demo.content import read_folder
from config.demo.pages.pictures import picture
from website.base.models import SiteImage
from website.services.models import ServiceCategory, ServicePage

SCENES = ("meal", "people", "courtyard", "books", "door", "evening", "table")


def services(city: City) -> Iterator[ServicePage]:
    for order, data in enumerate(read_folder("services")):
        category = ServiceCategory.objects.create(
            name=data["name"], slug=data["slug"], order=order, locale=Locale.get_default()
        )
        drawn = picture(city, SCENES[order], title=data["name"], seed=data["slug"], alt="")
        for number, row in enumerate(data["services"][: city.scale.services_per_category]):
            yield _service({**data, **row}, category, drawn, code=f"{order + 1:02}-{number + 1:02}", city=city)


def _service(row: dict[str, Any], category: ServiceCategory, drawn: SiteImage, *, code: str, city: City) -> ServicePage:
    channels = {"counter": "by_counter", "phone": "by_phone", "online": "by_internet", "home_visit": "by_home_visit"}
    lines = {name: "\n".join(row.get(name, ())) for name in ("conditions", "documents", "steps")}
    names = ("title", "summary", "who_may", "place", "hours", "phone", "provider", "provider_kind")
    return ServicePage(
        **{name: row[name] for name in names},
        **lines,
        **{channels[channel]: True for channel in row["channels"]},
        slug=f"service-{code}",
        code=code,
        category=category,
        listing_image=drawn,
        fee=row.get("fee", ""),
        time_limit=row.get("time_limit", ""),
        checked_on=city.day(-city.dice.randint(3, 80)),
        checked_by=row["provider"],
    )
