"""Reads that every kind of page shares."""

from typing import TypeVar

from wagtail.query import PageQuerySet

from website.base.models import BasePage

P = TypeVar("P", bound=BasePage)


def listed(model: type[P], *, locale_id: int) -> "PageQuerySet[P]":
    """Return the published, unrestricted pages of ``model`` in one language, with the picture a list shows of each."""
    pages = model.objects.live().public().filter(locale_id=locale_id)
    return pages.select_related("listing_image").prefetch_related("listing_image__renditions")
