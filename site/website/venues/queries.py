from wagtail.query import PageQuerySet

from website.base.queries import listed
from website.venues.models import VenuePage


def venues(*, locale_id: int) -> "PageQuerySet[VenuePage]":
    """Return the published venues, kind by kind."""
    return listed(VenuePage, locale_id=locale_id).order_by("kind", "title", "pk")
