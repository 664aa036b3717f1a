"""The map for crawlers: every public page once, with its translations and when it was last published."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps.views import sitemap as wagtail_sitemap
from wagtail.models import Page

from website.base.queries import unrestricted
from website.navigation.queries import Language, frame
from webui.providers import upcoming_activities

MOST = 45_000  # of the 50,000 a map may hold; the rest is for activities
MOST_ACTIVITIES = 500

Entry = dict[str, Any]


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Answer in one query for all pages of all languages; where there are several sites, as Wagtail does."""
    with override(settings.LANGUAGE_CODE):
        languages = {language.locale_id: language for language in frame().languages}
    if not languages:
        answer: HttpResponse = wagtail_sitemap(request)
        return answer
    entries = [*_pages(languages), *_activities()]
    return render(request, "sitemap.xml", {"urlset": entries}, content_type="application/xml")


def _pages(languages: dict[int, Language]) -> Iterator[Entry]:
    rows = list(_rows(languages))
    by_key: dict[object, list[Page]] = {}
    for row in rows:
        by_key.setdefault(row.translation_key, []).append(row)
    for row in rows:
        yield _entry(row, by_key[row.translation_key], languages)


def _rows(languages: dict[int, Language]) -> Iterator[Page]:
    rows = (
        Page.objects.live()
        .filter(unrestricted(), locale_id__in=languages, depth__gt=1, alias_of=None)
        .only("url_path", "locale_id", "translation_key", "last_published_at", "depth", "path", "numchild")
        .order_by("path")
    )
    return (row for row in rows[:MOST] if row.url_path.startswith(languages[row.locale_id].url_path))


def _entry(row: Page, same: list[Page], languages: dict[int, Language]) -> Entry:
    alternates = [{"location": _address(each, languages), "lang_code": languages[each.locale_id].code} for each in same]
    source = next((each for each in alternates if each["lang_code"] == settings.LANGUAGE_CODE), None)
    if source:
        alternates.append({"location": source["location"], "lang_code": "x-default"})
    return {
        "location": _address(row, languages),
        "lastmod": row.last_published_at,
        "alternates": alternates if len(same) > 1 else [],
    }


def _address(row: Page, languages: dict[int, Language]) -> str:
    language = languages[row.locale_id]
    return urljoin(settings.BASE_URL, language.url + row.url_path.removeprefix(language.url_path))


def _activities() -> list[Entry]:
    urls = dict.fromkeys(item.url for item in upcoming_activities(limit=MOST_ACTIVITIES))
    return [{"location": urljoin(settings.BASE_URL, url), "lastmod": None, "alternates": []} for url in urls]
