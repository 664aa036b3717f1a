"""Activities as the calendar shows them: some weeks at a time."""

from datetime import date, datetime, time

from django.utils import timezone
from django.utils.dateparse import parse_date

from webui.providers import ActivityItem, upcoming_activities

AT_ONCE = 40


def activities_from(day: str, *, community: str) -> tuple[list[ActivityItem], date | None]:
    """Return the next activities from ``day`` on (an ISO date, or today), and the day where the rest begins."""
    after = _start_of(day)
    found = upcoming_activities(community=community or None, after=after, limit=AT_ONCE + 1)
    if len(found) <= AT_ONCE:
        return found, None
    rest_begins = _day(found[AT_ONCE])
    whole_days = [item for item in found if _day(item) < rest_begins]
    # A day with more activities than fit is shown cut rather than not at all.
    return (whole_days, rest_begins) if whole_days else (found[:AT_ONCE], None)


def _day(item: ActivityItem) -> date:
    return timezone.localdate(item.starts_at)


def _start_of(day: str) -> datetime | None:
    try:
        parsed = parse_date(day)
    except ValueError:
        return None
    if not parsed or parsed <= timezone.localdate():
        return None
    return timezone.make_aware(datetime.combine(parsed, time.min))
