"""Activities as the calendar shows them, and as it hands them to other calendars."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import overload

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date

from website.calendar.enums import Span
from website.calendar.rules import Days, days_of
from webui.providers import (
    ActivityItem,
    ActivityPlace,
    ActivityQuestion,
    activities,
    activity_places,
    community_today,
)

SUBSCRIBED_BACK, SUBSCRIBED_AHEAD = timedelta(days=7), timedelta(days=180)
NEWEST = 60


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader asks the calendar for."""

    span: Span
    days: Days
    district: str
    community: str
    has_places: bool

    @property
    def is_narrowed(self) -> bool:
        return bool(self.district or self.community or self.has_places)


@dataclass(frozen=True, slots=True)
class District:
    code: str
    name: str
    number: int


class Found(Sequence[ActivityItem]):
    """What answers a question, fetched a page at a time."""

    def __init__(self, question: ActivityQuestion, *, number: int) -> None:
        self.question = question
        self.number = number

    def __len__(self) -> int:
        return self.number

    @overload
    def __getitem__(self, place: int) -> ActivityItem: ...

    @overload
    def __getitem__(self, place: slice) -> list[ActivityItem]: ...

    def __getitem__(self, place: int | slice) -> ActivityItem | list[ActivityItem]:
        if isinstance(place, int):
            return activities(self.question, offset=place, limit=1)[0]
        start = place.start or 0
        limit = None if place.stop is None else place.stop - start
        return activities(self.question, offset=start, limit=limit)


def wanted(asked: QueryDict) -> Wanted:
    """Read what ``asked`` says; what makes no sense is as if it were not said."""
    when = asked.get("when", "")
    span = Span(when) if when in Span.values else Span.AHEAD
    today = timezone.localdate()
    days = days_of(span, around=_day(asked.get("from", "")) or today, today=today)
    return Wanted(
        span=span,
        days=days,
        district=asked.get("district", "")[:24],
        community=community_today(asked.get("community", "")[:24]),
        has_places=asked.get("places") == "1",
    )


def where(what: Wanted) -> list[ActivityPlace]:
    """Return where there is something in the days and of the kind wanted, whatever the place wanted."""
    return activity_places(_question(replace(what, district="", community="")))


def districts_of(places: Sequence[ActivityPlace]) -> list[District]:
    """Return the districts of ``places``, each with its number of activities."""
    numbers: dict[tuple[str, str], int] = {}
    for place in places:
        key = (place.district_code, place.district)
        numbers[key] = numbers.get(key, 0) + place.number
    return [District(code, name, number) for (code, name), number in numbers.items() if code]


def found(what: Wanted, *, places: Sequence[ActivityPlace]) -> Found:
    """Return the activities wanted; ``places`` is where they are."""
    number = sum(
        place.number
        for place in places
        if what.district in ("", place.district_code) and what.community in ("", place.code)
    )
    return Found(_question(what), number=number)


def to_subscribe(*, district: str, community: str) -> list[ActivityItem]:
    """Return what a calendar that subscribes gets: a week back and half a year ahead, called-off ones among them."""
    now = timezone.now()
    question = ActivityQuestion(
        district=district,
        community=community,
        starts_from=now - SUBSCRIBED_BACK,
        starts_before=now + SUBSCRIBED_AHEAD,
        with_cancelled=True,
    )
    return activities(question)


def newest(*, district: str, community: str) -> list[ActivityItem]:
    """Return the activities to come that were made known last."""
    question = ActivityQuestion(district=district, community=community, starts_from=timezone.now(), with_cancelled=True)
    return activities(question, limit=NEWEST, newest_first=True)


def _question(what: Wanted) -> ActivityQuestion:
    return ActivityQuestion(
        district=what.district,
        community=what.community,
        starts_from=_midnight(what.days.first),
        starts_before=_midnight(what.days.last + timedelta(days=1)) if what.days.last else None,
        ends_after=timezone.now(),
        has_places=what.has_places,
        with_cancelled=True,
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
