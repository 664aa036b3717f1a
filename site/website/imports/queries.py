"""What stands on the site already."""

import json
from typing import Any

from django.urls import reverse
from wagtail.models import Locale, Site

from website.case_studies.models import CaseStudyIndexPage, CaseStudyPage
from website.imports.duplicates import Library, text_in_stream


def case_index() -> CaseStudyIndexPage | None:
    """Return the case index of the default site in the source language."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return None
    indexes = CaseStudyIndexPage.objects.descendant_of(site.root_page, inclusive=True)
    index: CaseStudyIndexPage | None = indexes.filter(locale=Locale.get_default()).order_by("path").first()
    return index


def library() -> Library:
    """Return the case studies of the source language, published and drafts, each as its editors see it last."""
    known = Library()
    pages = CaseStudyPage.objects.filter(locale=Locale.get_default()).select_related("latest_revision", "locale")
    for page in pages.iterator(chunk_size=100):
        known.add(title=page.draft_title, url=url_of(page), text=text_in_stream(_latest_body(page)))
    return known


def edit_url(page: CaseStudyPage) -> str:
    """Return where an editor opens the page."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def url_of(page: CaseStudyPage) -> str:
    """Return where the page is read, or edited while it is a draft."""
    return (page.get_url() if page.live else None) or edit_url(page)


def _latest_body(page: CaseStudyPage) -> Any:
    if page.has_unpublished_changes and page.latest_revision:
        return json.loads(page.latest_revision.content.get("body") or "[]")
    return page.body.raw_data
