"""Which pages of the public site are found, and as what."""

from collections.abc import Callable, Collection, Iterator
from typing import Any

from wagtail.models import Locale, Page

from search.documents.base import Content, Document, joined, page_key
from search.documents.case_studies import case_study
from search.documents.content_pages import content_page, index_page
from search.documents.methods import method
from search.documents.notices import notice
from search.documents.people import person
from search.documents.service_pages import service
from search.documents.venues import venue
from website.base.models import BasePage
from website.calendar.models import ActivityCalendarPage
from website.case_studies.models import CaseStudyIndexPage, CaseStudyPage
from website.figures.models import FigureIndexPage
from website.methods.models import MethodIndexPage, MethodPage
from website.notices.models import NoticeIndexPage, NoticePage
from website.pages.models import ContentPage
from website.people.models import PeopleIndexPage, PersonPage
from website.services.models import ServiceIndexPage, ServicePage
from website.venues.models import VenueIndexPage, VenuePage

INDEXED_PAGES: dict[type[BasePage], Callable[[Any], Content | None]] = {
    CaseStudyPage: case_study,
    ServicePage: service,
    PersonPage: person,
    NoticePage: notice,
    VenuePage: venue,
    MethodPage: method,
    ContentPage: content_page,
    CaseStudyIndexPage: index_page,
    FigureIndexPage: index_page,
    ServiceIndexPage: index_page,
    PeopleIndexPage: index_page,
    NoticeIndexPage: index_page,
    VenueIndexPage: index_page,
    MethodIndexPage: index_page,
    ActivityCalendarPage: index_page,
}


def page_documents(pks: Collection[int] | None = None) -> Iterator[Document]:
    """Return the documents of the pages that everybody may see, among ``pks`` or among all."""
    pages = Page.objects.live().public()
    if pks is not None:
        pages = pages.filter(pk__in=pks)
    locales = dict(Locale.objects.values_list("pk", "language_code"))
    for page in pages.specific().iterator(chunk_size=200):
        describe = INDEXED_PAGES.get(type(page))
        if describe and (document := _document(page, describe, locale=locales[page.locale_id])):
            yield document


def _document(page: Page, describe: Callable[[Any], Content | None], *, locale: str) -> Document | None:
    content, url = describe(page), page.get_url()
    if content is None or not url:
        return None
    return Document(
        key=page_key(page.pk),
        kind=content.kind,
        locale=locale,
        title=joined(page.title),
        url=url,
        summary=joined(page.summary or page.search_description),
        body=content.body,
        facets=content.facets,
        date=content.date,
    )
