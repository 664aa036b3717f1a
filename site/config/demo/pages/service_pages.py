"""The demo's services: items and their parts, with places in the communities, some stale, some not to be had now."""

from collections.abc import Iterator
from typing import Any

from wagtail.models import Locale

from config.demo.city import City
from config.demo.content import read, read_folder
from config.demo.pages.pictures import picture
from website.base.models import SiteImage
from website.services.models import ServiceAudience, ServiceCategory, ServicePage, ServicePlace

SCENES = ("meal", "people", "courtyard", "books", "door", "evening", "table")
CHANNELS = {"counter": "by_counter", "phone": "by_phone", "online": "by_internet", "home_visit": "by_home_visit"}
NOTHING_TO_BRING = "不用带材料"
LINES = ("conditions", "documents", "steps", "basis", "other_names")
NEEDED = ("title", "summary", "who_may", "place", "hours", "phone", "provider", "provider_kind")
OPTIONAL = (
    *("fee", "time_limit", "visits", "result", "on_behalf", "accessibility", "online_url", "appointment"),
    *("complaint_phone", "status", "alert"),
)
OF_A_PART = ("title", "summary", "who_may", "hours")  # the rest of what is needed comes from the item


def services(city: City) -> Iterator[tuple[ServicePage, ServicePage | None]]:
    """Yield each service, and after it its parts, each with the item above it."""
    audiences = _audiences()
    for order, data in enumerate(read_folder("services")):
        category = ServiceCategory.objects.create(
            name=data["name"], slug=data["slug"], order=order, locale=Locale.get_default()
        )
        drawn = picture(city, SCENES[order], title=data["name"], seed=data["slug"], alt="")
        for number, own in enumerate(data["services"][: city.scale.services_per_category]):
            row, code = {**data, **own}, f"{order + 1:02}-{number + 1:02}"
            page = _item(row, category, drawn, code=code, city=city)
            page.audiences = [audiences[slug] for slug in row["audiences"]]
            page.places = _places(row, code=code, city=city)
            yield page, None
            for part_number, part in enumerate(own.get("parts", ())):
                yield _part(part, page, code=f"{code}-{part_number + 1}", city=city), page


def _audiences() -> dict[str, ServiceAudience]:
    rows = read("audiences")["audiences"]
    locale = Locale.get_default()
    return {
        row["slug"]: ServiceAudience.objects.create(**row, order=order, locale=locale) for order, row in enumerate(rows)
    }


def _item(row: dict[str, Any], category: ServiceCategory, drawn: SiteImage, *, code: str, city: City) -> ServicePage:
    return ServicePage(
        **{name: row[name] for name in NEEDED},
        **{CHANNELS[channel]: True for channel in row["channels"]},
        **_said(row),
        **_dates(row, city),
        code=code,
        slug=f"service-{code}",
        category=category,
        listing_image=drawn,
        checked_by=row["provider"],
    )


def _part(row: dict[str, Any], above: ServicePage, *, code: str, city: City) -> ServicePage:
    return ServicePage(
        **{name: row[name] for name in OF_A_PART if name in row},
        **_said(row),
        **_dates(row, city),
        code=code,
        slug=f"service-{code}",
        checked_by=above.provider,
    )


def _said(row: dict[str, Any]) -> dict[str, Any]:
    lines = {name: "\n".join(row.get(name, ())) for name in LINES}
    lines["documents"] = lines["documents"] or NOTHING_TO_BRING
    return lines | {name: row[name] for name in OPTIONAL if name in row}


def _dates(row: dict[str, Any], city: City) -> dict[str, Any]:
    checked_days_ago = row.get("checked_days_ago", city.dice.randint(3, 80))
    alert_until = city.day(row["alert_days"]) if "alert_days" in row else None
    return {"checked_on": city.day(-checked_days_ago), "alert_until": alert_until, "keeper": city.roles["editor"]}


def _places(row: dict[str, Any], *, code: str, city: City) -> list[ServicePlace]:
    """Return the service's place in each community that has one."""
    how = row.get("in_communities")
    if how is None:
        return []
    last = int(code.replace("-", ""))
    return [
        ServicePlace(
            locale=Locale.get_default(),
            community_code=community.code,
            community_name=community.name,
            place=how["place"].format(community=community.name),
            address=how.get("address", ""),
            hours=how["hours"],
            phone=f"0600-883 {(last * 100 + number) % 10000:04}",
            provider=how.get("provider", "").format(community=community.name),
        )
        for number, community in enumerate(city.communities)
        if number % how.get("every", 1) == 0
    ]
