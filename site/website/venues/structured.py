"""A venue in the words of schema.org."""

from typing import TYPE_CHECKING, Any

from website.venues.enums import Facility, VenueKind
from website.venues.hours import Hours
from website.venues.positions import Position

if TYPE_CHECKING:
    from website.venues.models import VenuePage

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
TYPES = {
    VenueKind.READING_ROOM: "Library",
    VenueKind.OUTDOOR: "Park",
    VenueKind.CLINIC: "MedicalClinic",
}


def venue(page: "VenuePage") -> dict[str, Any]:
    """Return what the page is about; nothing that is not known."""
    position = page.position
    told = {
        "name": page.title,
        "description": page.summary,
        "url": page.full_url,
        "telephone": page.phone,
        "address": page.address and {"@type": "PostalAddress", "streetAddress": page.address, "addressCountry": "CN"},
        "geo": position and _geo(position),
        "openingHoursSpecification": [_hours(hours) for hours in page.regular_hours],
        "amenityFeature": [_feature(facility) for facility in (*page.access, *page.amenities)],
    }
    kind = TYPES.get(VenueKind(page.kind), "CivicStructure")
    return {"@type": kind} | {name: value for name, value in told.items() if value}


def _geo(position: Position) -> dict[str, Any]:
    return {
        "@type": "GeoCoordinates",
        "latitude": round(position.latitude, 6),
        "longitude": round(position.longitude, 6),
    }


def _hours(hours: Hours) -> dict[str, Any]:
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": [f"https://schema.org/{DAYS[day]}" for day in hours.days],
        "opens": f"{hours.opens:%H:%M}",
        "closes": f"{hours.closes:%H:%M}",
    }


def _feature(facility: Facility) -> dict[str, Any]:
    return {"@type": "LocationFeatureSpecification", "name": str(facility.label), "value": True}
