"""Calendars that telephones and computers subscribe to (RFC 5545)."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Event, Timezone, TimezoneStandard

CHINA = ZoneInfo("Asia/Shanghai")
AN_HOUR = timedelta(hours=1)
CONTENT_TYPE = "text/calendar; charset=utf-8"


class Status(StrEnum):
    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Entry:
    """One event. ``uid`` names it for ever, ``revision`` only grows, ``url`` is an address of this site."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    location: str = ""
    url: str = ""
    description: str = ""
    category: str = ""
    status: Status = Status.CONFIRMED
    changed_at: datetime | None = None
    revision: int = 0


def fingerprint(entries: Iterable[Entry], *, name: str) -> str:
    """Return what changes whenever the file would."""
    return hashlib.sha256(repr((name, [astuple(entry) for entry in entries])).encode()).hexdigest()[:32]


def calendar_file(entries: Sequence[Entry], *, name: str, kind: str = "Activities") -> bytes:
    """Return the file."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Baodao//{kind}//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", CHINA.key)
    calendar.add("refresh-interval", AN_HOUR, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    calendar.add_component(_time_zone())
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: Entry) -> Event:
    event = Event()
    changed_at = (entry.changed_at or datetime(1970, 1, 1, tzinfo=UTC)).astimezone(UTC)
    event.add("uid", entry.uid)
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("sequence", entry.revision)
    event.add("status", entry.status.value)
    event.add("summary", entry.title)
    event.add("dtstart", entry.starts_at.astimezone(CHINA))
    event.add("dtend", entry.ends_at.astimezone(CHINA))
    event.add("location", entry.location)
    if entry.description:
        event.add("description", entry.description)
    if entry.url:
        event.add("url", urljoin(settings.BASE_URL, entry.url))
    if entry.category:
        event.add("categories", [entry.category])
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
