"""The dates of a series by its rule, and moments moved by days with their local time kept."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday  # type: ignore[import-untyped]  # it has no types
from django.utils import timezone

from portal.activities.enums import Frequency

LONGEST = 60  # dates in one series: more than a year of weeks


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule of dates. It ends after ``count`` dates or on ``until``; ``except_on`` are then left out."""

    first_on: date
    frequency: str
    interval: int = 1
    count: int | None = None
    until: date | None = None
    except_on: Collection[date] = frozenset()

    @property
    def dates(self) -> list[date]:
        """Return the dates, the first one among them, in order; at most ``LONGEST`` by the rule.

        A month without the day is passed over; the fifth weekday of a month is its last.
        """
        count = min(self.count or LONGEST, LONGEST)
        found: list[date] = []
        for moment in self._rule():
            if len(found) == count or (self.until and moment.date() > self.until):
                break
            found.append(moment.date())
        return [day for day in found if day not in self.except_on]

    def _rule(self) -> rrule:
        starts = datetime.combine(self.first_on, time.min)
        # Enough turns for the longest series, and an end: the 31st of every twelfth month may never come.
        turns = starts + timedelta(days=366 * 20)
        if self.frequency == Frequency.WEEKLY:
            return rrule(WEEKLY, dtstart=starts, until=turns, interval=self.interval)
        if self.frequency == Frequency.MONTHLY_DAY:
            return rrule(MONTHLY, dtstart=starts, until=turns, interval=self.interval, bymonthday=self.first_on.day)
        nth = (self.first_on.day - 1) // 7 + 1
        which = weekday(self.first_on.weekday())(nth if nth < 5 else -1)
        return rrule(MONTHLY, dtstart=starts, until=turns, interval=self.interval, byweekday=which)


def on_day(day: date, clock: time) -> datetime:
    """Return the moment of ``clock`` on ``day`` in local time."""
    return timezone.make_aware(datetime.combine(day, clock))


def moved(moment: datetime, *, days: int) -> datetime:
    """Return ``moment`` some days later, at the same local time."""
    local = timezone.localtime(moment)
    return on_day(local.date() + timedelta(days=days), local.time())


def moved_alike(moment: datetime, *, before: datetime, after: datetime) -> datetime:
    """Return ``moment`` moved as ``before`` was moved to ``after``: by as many days, to the same local time."""
    was, now = timezone.localtime(before), timezone.localtime(after)
    day = timezone.localtime(moment).date() + (now.date() - was.date())
    return on_day(day, now.time())
