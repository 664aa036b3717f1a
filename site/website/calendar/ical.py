"""The calendar as a file that telephones and computers subscribe to (RFC 5545)."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Event, Timezone, TimezoneStandard

from webui.providers import ActivityItem

CHINA = ZoneInfo("Asia/Shanghai")
AN_HOUR = timedelta(hours=1)


def fingerprint(items: Sequence[ActivityItem], *, name: str) -> str:
    """Return what changes whenever the file would; how many places are left is not in it."""
    told = [
        (item.uid, item.updated_at, item.is_cancelled, item.title, item.starts_at, item.ends_at, item.community)
        for item in items
    ]
    return hashlib.sha256(repr((name, told)).encode()).hexdigest()[:32]


def calendar_file(items: Sequence[ActivityItem], *, name: str) -> bytes:
    """Return the file: what is on, where and when, and nobody's name or number."""
    calendar = Calendar()
    calendar.add("prodid", "-//Baodao//Activities//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", CHINA.key)
    calendar.add("refresh-interval", AN_HOUR, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    calendar.add_component(_time_zone())
    for item in items:
        calendar.add_component(_event(item))
    return bytes(calendar.to_ical())


def _event(item: ActivityItem) -> Event:
    event = Event()
    changed_at = item.updated_at or datetime(1970, 1, 1, tzinfo=UTC)
    event.add("uid", f"{item.uid}@activities.baodao")
    event.add("dtstamp", changed_at.astimezone(UTC))
    event.add("last-modified", changed_at.astimezone(UTC))
    event.add("sequence", item.revision)
    event.add("status", "CANCELLED" if item.is_cancelled else "CONFIRMED")
    event.add("summary", item.title)
    event.add("dtstart", item.starts_at.astimezone(CHINA))
    event.add("dtend", item.ends_at.astimezone(CHINA))
    event.add("location", "，".join(filter(None, (item.community, item.place))))
    if item.summary:
        event.add("description", item.summary)
    event.add("url", urljoin(settings.BASE_URL, item.url))
    event.add("categories", [item.community])
    return event


def _time_zone() -> Timezone:
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 -- the time of a zone's own clock
    standard.add("tzoffsetfrom", timedelta(hours=8))
    standard.add("tzoffsetto", timedelta(hours=8))
    standard.add("tzname", "CST")
    zone = Timezone()
    zone.add("tzid", CHINA.key)
    zone.add_component(standard)
    return zone
