"""Where the public activities of one community can be subscribed to."""

from website.calendar.models import ActivityCalendarPage


def community_feed(code: str) -> str:
    """Return the address of the calendar of the community with ``code``; ``""`` while no calendar is published."""
    page = ActivityCalendarPage.objects.live().order_by("path").first()
    return page.community_feed_url(code) if page else ""
