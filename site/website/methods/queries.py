from wagtail.query import PageQuerySet

from website.base.queries import listed
from website.methods.models import MethodPage


def methods(*, locale_id: int) -> "PageQuerySet[MethodPage]":
    """Return the published methods in the order the editors gave them."""
    return listed(MethodPage, locale_id=locale_id).order_by("path")
