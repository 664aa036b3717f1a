"""The public activities as a calendar to subscribe to."""

from collections.abc import Iterable

from webui.ical import Entry, Status
from webui.providers import ActivityItem


def entries_of(items: Iterable[ActivityItem]) -> list[Entry]:
    """Return what a calendar is told: what is on, where and when; nobody's name, and not how many places are left."""
    return [_entry(item) for item in items]


def _entry(item: ActivityItem) -> Entry:
    return Entry(
        uid=f"{item.uid}@activities.baodao",
        title=item.title,
        starts_at=item.starts_at,
        ends_at=item.ends_at,
        location="，".join(filter(None, (item.community, item.place))),
        url=item.url,
        description=item.summary,
        category=item.community,
        status=Status.CANCELLED if item.is_cancelled else Status.CONFIRMED,
        changed_at=item.updated_at,
        revision=item.revision,
    )
