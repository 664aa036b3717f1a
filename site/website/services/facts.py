"""What holds for a service: its own word, or that of the item above it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from website.services.enums import Channel

if TYPE_CHECKING:  # models show these facts
    from website.services.models import ServicePage, ServicePlace

# A part of a service need not say again what its item says.
FROM_ABOVE = (
    *("category", "who_may", "place", "hours", "phone", "provider", "provider_kind", "accessibility"),
    *("online_url", "appointment", "complaint_phone"),
)
# What a resident asks before coming; an editor is told what is missing.
ASKED = ("summary", "category", "who_may", "documents", "steps", "fee", "time_limit", "provider", "checked_on")


@dataclass(frozen=True, slots=True)
class Spot:
    """One place where the service is to be had."""

    community_code: str
    community: str
    place: str
    address: str
    hours: str
    phone: str
    provider: str


def facts_of(page: "ServicePage") -> dict[str, Any]:
    """Return by name what may come from the item above where ``page`` says nothing."""
    return {name: getattr(page, name) or (getattr(page.above, name) if page.above else "") for name in FROM_ABOVE}


def channels_of(page: "ServicePage") -> list[Channel]:
    return page.channels or (page.above.channels if page.above else [])


def spots_of(page: "ServicePage", *, here: Collection[str] = ("",)) -> list[Spot]:
    """Return where the service is to be had: in the community of the codes ``here`` first, city-wide, elsewhere."""
    places, facts = list(page.all_places), facts_of(page)
    places.sort(key=lambda place: (place.community_code not in here, bool(place.community_code)))
    return [spot_of(place, facts) for place in places]


def spot_of(place: "ServicePlace", facts: dict[str, Any]) -> Spot:
    """Return a place with what it leaves to the service filled in."""
    return Spot(
        community_code=place.community_code,
        community=place.community_name or _("全市"),
        place=place.place or facts["place"],
        address=place.address,
        hours=place.hours or facts["hours"],
        phone=place.phone or facts["phone"],
        provider=place.provider or facts["provider"],
    )


def missing(page: "ServicePage") -> list[str]:
    """Return what a resident would ask and the page does not say, as an editor knows it."""
    return list(_missing(page, facts_of(page), channels_of(page)))


def _missing(page: "ServicePage", facts: dict[str, Any], channels: list[Channel]) -> Iterator[str]:
    for name in ASKED:
        if not (facts.get(name) or getattr(page, name)):
            yield _label(page, name)
    if not channels:
        yield _("办理方式")
    spots = spots_of(page)
    needed = {"hours", "phone"} | ({"place"} if Channel.COUNTER in channels else set())
    for name in sorted(needed):
        if not (facts[name] or (spots and all(getattr(spot, name) for spot in spots))):
            yield _label(page, name)
    if Channel.ONLINE in channels and not facts["online_url"]:
        yield _label(page, "online_url")
    if page.keeper_id is None:
        yield _label(page, "keeper")


def _label(page: "ServicePage", name: str) -> str:
    return str(page._meta.get_field(name).verbose_name)
