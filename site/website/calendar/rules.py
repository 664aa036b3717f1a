"""Which days a span covers, and where the next one begins."""

from dataclasses import dataclass
from datetime import date, timedelta

from website.calendar.enums import Span

A_WEEK = timedelta(days=7)
FARTHEST = timedelta(days=730)
LENGTHS = {
    Span.DAY: timedelta(days=1),
    Span.WEEK: A_WEEK,
    Span.WEEKEND: timedelta(days=2),
    Span.SEVEN_DAYS: A_WEEK,
    Span.THIRTY_DAYS: timedelta(days=30),
}
STEPS = {Span.DAY: timedelta(days=1), Span.WEEK: A_WEEK, Span.WEEKEND: A_WEEK}


@dataclass(frozen=True, slots=True)
class Days:
    """The days from ``first`` to ``last``; without a last day, all that follow."""

    first: date
    last: date | None
    before: date | None = None  # where the span before begins, if any of it is still to come
    after: date | None = None


def days_of(span: Span, *, around: date, today: date) -> Days:
    """Return the days of ``span`` that holds ``around``; a day gone by, or years away, counts as today."""
    day = around if today <= around <= today + FARTHEST else today
    if span == Span.AHEAD:
        return Days(day, None)
    if span == Span.MONTH:
        return _month(day, today=today)
    first = _first(span, day)
    last = first + LENGTHS[span] - timedelta(days=1)
    step = STEPS.get(span)
    if step is None:
        return Days(first, last)
    return Days(first, last, before=first - step if last - step >= today else None, after=first + step)


def _first(span: Span, day: date) -> date:
    monday = day - timedelta(days=day.weekday())
    if span == Span.WEEK:
        return monday
    if span == Span.WEEKEND:
        return monday + timedelta(days=5)
    return day


def _month(day: date, *, today: date) -> Days:
    first = day.replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    last_before = first - timedelta(days=1)
    before = last_before.replace(day=1) if last_before >= today else None
    return Days(first, after - timedelta(days=1), before=before, after=after)
