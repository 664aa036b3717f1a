"""The public activities as a calendar to subscribe to."""

import hashlib
from collections.abc import Sequence

from webui import ical
from webui.providers import ActivityItem


def fingerprint(items: Sequence[ActivityItem], *, name: str) -> str:
    """Return what changes whenever the file would; how many places are left is not in it."""
    told = [
        (item.uid, item.updated_at, item.is_cancelled, item.title, item.starts_at, item.ends_at, item.community)
        for item in items
    ]
    return hashlib.sha256(repr((name, told)).encode()).hexdigest()[:32]


def calendar_file(items: Sequence[ActivityItem], *, name: str) -> bytes:
    """Return the file: what is on, where and when, and nobody's name or number."""
    return ical.calendar_file([_entry(item) for item in items], name=name)


def _entry(item: ActivityItem) -> ical.Entry:
    return ical.Entry(
        uid=f"{item.uid}@activities.baodao",
        title=item.title,
        starts_at=item.starts_at,
        ends_at=item.ends_at,
        location="，".join(filter(None, (item.community, item.place))),
        url=item.url,
        description=item.summary,
        category=item.community,
        status=ical.Status.CANCELLED if item.is_cancelled else ical.Status.CONFIRMED,
        changed_at=item.updated_at,
        revision=item.revision,
    )
