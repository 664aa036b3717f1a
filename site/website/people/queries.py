from wagtail.query import PageQuerySet

from website.base.queries import listed
from website.people.models import PersonPage


def people(*, locale_id: int) -> "PageQuerySet[PersonPage]":
    """Return the published people, by name: nobody is ranked."""
    return listed(PersonPage, locale_id=locale_id).order_by("title", "pk")
