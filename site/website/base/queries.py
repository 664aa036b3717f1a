"""Reads that every kind of page shares."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Prefetch, Q
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.query import PageQuerySet

from website.base.models import BasePage, SiteRendition
from website.base.pictures import LISTED, specs

P = TypeVar("P", bound=BasePage)


def listed(model: type[P], *, locale_id: int) -> "PageQuerySet[P]":
    """Return the published, unrestricted pages of ``model`` in one language."""
    return open_to_all(model).filter(locale_id=locale_id)


def open_to_all(model: type[P]) -> "PageQuerySet[P]":
    """Return the published, unrestricted pages of ``model`` in every language."""
    return model.objects.live().filter(unrestricted())


def unrestricted() -> Q:
    """Return the condition that anybody may open a page: as Wagtail's ``public()``, but within the same query."""
    restricted = PageViewRestriction.objects.alias(
        own_path=ExpressionWrapper(OuterRef("path"), output_field=CharField())
    ).filter(own_path__startswith=F("page__path"))
    return Q(~Exists(restricted))


def with_pictures(pages: "PageQuerySet[P]") -> "PageQuerySet[P]":
    """Fetch the list pictures, and the sizes lists show, along with ``pages``."""
    listed_sizes = SiteRendition.objects.filter(filter_spec__in=specs(*LISTED))
    return pages.select_related("listing_image").prefetch_related(
        Prefetch("listing_image__renditions", queryset=listed_sizes)
    )


def with_addresses(pages: Iterable[Page]) -> list[Page]:
    """Give all ``pages`` at once what Wagtail would read from the cache for the address of each."""
    found, roots = list(pages), Site.get_site_root_paths()
    for page in found:
        page._wagtail_cached_site_root_paths = roots  # where Wagtail keeps it
    return found
