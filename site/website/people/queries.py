from wagtail.query import PageQuerySet

from website.base.queries import listed, with_pictures
from website.people.models import PersonPage


def people(*, locale_id: int) -> "PageQuerySet[PersonPage]":
    """Return the published people, by name: nobody is ranked."""
    return with_pictures(listed(PersonPage, locale_id=locale_id)).order_by("title", "pk")
