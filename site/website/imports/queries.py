"""What stands on the site already, and where somebody may put more."""

import json
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.urls import reverse
from wagtail.models import Collection, Locale, Page, Site
from wagtail.permissions import policy_registry

from website.base.models import SiteImage
from website.case_studies.models import CaseStudyIndexPage, CaseStudyPage, Topic
from website.home.models import HomePage
from website.imports.duplicates import Known, Library, known_text, text_in_stream
from website.imports.models import ImportDraft
from website.notices.models import NoticeIndexPage
from website.pages.models import ContentPage
from website.people.models import PeopleIndexPage

_MOST_PLACES = 100


def case_index() -> CaseStudyIndexPage | None:
    """Return the case index of the default site in the source language."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return None
    indexes = CaseStudyIndexPage.objects.descendant_of(site.root_page, inclusive=True)
    index: CaseStudyIndexPage | None = indexes.filter(locale=Locale.get_default()).order_by("path").first()
    return index


def places(user: AbstractBaseUser | AnonymousUser) -> list[Page]:
    """Return the pages below which the person may put an imported one: cases first, then people, notices, others."""
    kinds = (CaseStudyIndexPage, PeopleIndexPage, NoticeIndexPage, HomePage, ContentPage)
    return [page for kind in kinds for page in _of_kind(kind) if page.permissions_for_user(user).can_add_subpage()]


def library() -> Library:
    """Return the case studies of the source language, published and drafts, each as its editors see it last."""
    return Library(list(known_texts()))


def known_texts() -> Iterator[Known]:
    """Yield those same texts one at a time: a large library need not be held to look through it once."""
    pages = CaseStudyPage.objects.filter(locale=Locale.get_default()).select_related("latest_revision", "locale")
    for page in pages.iterator(chunk_size=100):
        yield known_text(title=page.draft_title, url=url_of(page), text=text_in_stream(_latest_body(page)))


def edit_url(page: Page) -> str:
    """Return where an editor opens the page."""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def url_of(page: Page) -> str:
    """Return where the page is read, or edited while it is a draft."""
    return (page.get_url() if page.live else None) or edit_url(page)


def open_drafts(user: AbstractBaseUser | AnonymousUser) -> list[ImportDraft]:
    """Return what the person uploaded and has neither saved nor thrown away."""
    return list(ImportDraft.objects.filter(owner=user.pk, page=None).exclude(reading={}).defer("reading", "answers"))


def topics() -> list[Topic]:
    """Return the topics a case may have."""
    return list(Topic.objects.filter(locale=Locale.get_default()))


def picture_collection(user: AbstractBaseUser | AnonymousUser) -> Collection | None:
    """Return where the person may put pictures."""
    policy = policy_registry.get_by_type(SiteImage)
    collection: Collection | None = policy.collections_user_has_permission_for(user, "add").order_by("path").first()
    return collection


def _of_kind(kind: type[Page]) -> Iterator[Page]:
    yield from kind.objects.filter(locale=Locale.get_default()).order_by("path")[:_MOST_PLACES]


def _latest_body(page: CaseStudyPage) -> Any:
    if page.has_unpublished_changes and page.latest_revision:
        return json.loads(page.latest_revision.content.get("body") or "[]")
    return page.body.raw_data
