"""What our checks say about a page, and what waits for somebody at the desk."""

from collections.abc import Collection
from copy import copy

from django.db import models
from wagtail.models import Page
from wagtail.query import PageQuerySet

from website.base.models import SiteImage
from website.editing.checks import Remark, remarks_on
from website.editing.checks.privacy import identity_numbers
from website.editing.models import RemarkCount
from website.editing.reading import read
from website.people.models import PersonPage


def remarks(page: Page) -> list[Remark]:
    """Return what there is to say about ``page`` as it is in memory, the weightiest first."""
    return remarks_on(read(page), unconsented=unconsented_names(besides=page))


def refusals(page: Page) -> list[Remark]:
    """Return why ``page``, as it is in memory, may not be shown."""
    return [remark for remark in remarks(page) if remark.refuses]


def identity_remarks(page: Page) -> list[Remark]:
    """Return what identity numbers stand in ``page`` as it is in memory."""
    own = copy(page)  # what reading keeps on a page is not the page's to keep while it is being saved
    return [remark for remark in identity_numbers(read(own)) if remark.refuses]


def unconsented_names(*, besides: Page | None = None) -> list[str]:
    """Return the names of living people who have a page here and no open consent; their own page aside."""
    people = PersonPage.objects.filter(is_living=True).select_related("consent")
    if besides is not None and besides.translation_key:
        people = people.exclude(translation_key=besides.translation_key)
    return sorted({person.title for person in people if not person.may_be_shown})


def with_remarks() -> "PageQuerySet[Page]":
    """Return the published pages our checks had something to say about, most remarks first."""
    noted = RemarkCount.objects.filter(remarks__gt=0)
    return Page.objects.live().filter(remark_count__in=noted).order_by("-remark_count__remarks", "-pk")


def pictures_without_words() -> "models.QuerySet[SiteImage]":
    """Return the pictures nobody has described yet, newest first."""
    return SiteImage.objects.filter(description="").order_by("-created_at", "-pk")


def refused_drafts(*, page_ids: Collection[int], with_those_below: bool) -> list[Page]:
    """Return those of the pages, as last edited, that may not be shown."""
    chosen = list(Page.objects.filter(pk__in=page_ids))
    if with_those_below:
        chosen += [below for page in chosen for below in Page.objects.not_live().descendant_of(page)]
    drafts = [page.get_latest_revision_as_object() for page in {page.pk: page for page in chosen}.values()]
    return [draft for draft in drafts if refusals(draft)]
