"""An activity in the words of schema.org, for machines; nobody is named in it."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from portal.activities.models import Activity, Shift

SCHEMA = "https://schema.org/"


def events(activity: Activity, shifts: Iterable[Shift], *, url: str) -> dict[str, Any]:
    """Return one event for each shift of a published or cancelled ``activity``.

    Nothing is said of a draft, or of what is for named people only.
    """
    if activity.published_at is None or not activity.is_for_everyone:
        return {}
    told = [_event(activity, shift, url=url) for shift in shifts]
    return {"@graph": told} if told else {}


def _event(activity: Activity, shift: Shift, *, url: str) -> dict[str, Any]:
    status = "EventCancelled" if activity.is_cancelled or shift.is_called_off else "EventScheduled"
    address = {"@type": "PostalAddress", "streetAddress": activity.place, "addressLocality": activity.area.name}
    return {
        "@type": "Event",
        "name": f"{activity.title} · {shift.name}" if shift.name else activity.title,
        "description": activity.summary or activity.content,
        "startDate": timezone.localtime(shift.starts_at).isoformat(),
        "endDate": timezone.localtime(shift.ends_at).isoformat(),
        "eventStatus": SCHEMA + status,
        "eventAttendanceMode": SCHEMA + "OfflineEventAttendanceMode",
        "location": {"@type": "Place", "name": activity.place, "address": address | {"addressCountry": "CN"}},
        "organizer": {"@type": "Organization", "name": activity.area.name},
        "isAccessibleForFree": True,
        "maximumAttendeeCapacity": shift.capacity,
        "url": url,
    }
