"""A service in the words of schema.org."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from django.conf import settings

from website.services.enums import Channel, ProviderKind
from website.services.facts import Spot, channels_of, facts_of, spots_of

if TYPE_CHECKING:  # models show these data
    from website.services.models import ServicePage

_GIVERS = {
    ProviderKind.GOVERNMENT: "GovernmentOrganization",
    ProviderKind.COMMUNITY: "GovernmentOrganization",
    ProviderKind.BUSINESS: "LocalBusiness",
}


def service_data(page: "ServicePage") -> dict[str, Any]:
    """Return what the page is about; what it does not say is left out."""
    facts, spots = facts_of(page), spots_of(page)
    giver = _GIVERS.get(facts["provider_kind"], "Organization")
    communities = list(dict.fromkeys(spot.community for spot in spots if spot.community_code))
    return _said(
        {
            "@type": "GovernmentService" if giver == "GovernmentOrganization" else "Service",
            "name": page.title,
            "description": page.summary,
            "url": urljoin(settings.BASE_URL, page.url or ""),
            "alternateName": page.other_names.split(),
            "serviceType": str(facts["category"] or ""),
            "provider": facts["provider"] and {"@type": giver, "name": facts["provider"]},
            "areaServed": [{"@type": "AdministrativeArea", "name": name} for name in communities],
            "audience": [{"@type": "Audience", "audienceType": str(each)} for each in page.audiences.all()],
            "availableChannel": _channels(page, facts, spots),
        }
    )


def _channels(page: "ServicePage", facts: dict[str, Any], spots: list[Spot]) -> list[dict[str, Any]]:
    ways = channels_of(page)
    names = [str(way.label) for way in ways if way in {Channel.PHONE, Channel.HOME_VISIT}]
    by_phone = {"@type": "ContactPoint", "telephone": facts["phone"]} if facts["phone"] else None
    channels = [{"@type": "ServiceChannel", "name": name, "servicePhone": by_phone} for name in names]
    if facts["online_url"]:
        channels.append(
            {"@type": "ServiceChannel", "name": str(Channel.ONLINE.label), "serviceUrl": facts["online_url"]}
        )
    if Channel.COUNTER in ways:
        here = Spot("", "", facts["place"], "", facts["hours"], facts["phone"], "")
        channels += [
            {
                "@type": "ServiceChannel",
                "name": str(Channel.COUNTER.label),
                "serviceLocation": _location(spot),
                "hoursAvailable": spot.hours and {"@type": "OpeningHoursSpecification", "description": spot.hours},
            }
            for spot in (spots or [here])
        ]
    return [_said(channel) for channel in channels]


def _location(spot: Spot) -> dict[str, Any] | None:
    said = _said({"name": spot.place, "address": spot.address, "telephone": spot.phone})
    return {"@type": "Place", **said} if said else None


def _said(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value}
