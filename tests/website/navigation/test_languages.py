"""The same page in the other languages, or the nearest thing there is, said clearly."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail_localize.operations import translate_object

from tests.factories.website import ContentPageFactory, ServicePageFactory, home_page
from website.pages.models import ContentPage

pytestmark = pytest.mark.django_db

LINK = re.compile(r'<li lang="([\w-]+)"><a href="([^"]+)" hreflang="[\w-]+"( class="languages__missing")?')


@pytest.fixture
def english() -> Locale:
    return Locale.objects.get_or_create(language_code="en")[0]


@pytest.fixture
def about(english: Locale) -> ContentPage:
    page = ContentPageFactory(title="关于本站", slug="about")
    for each in (home_page(), page):
        translate(each, english)
    return page


def translate(page: Page, locale: Locale) -> None:
    translate_object(page, [locale])
    page.get_translation(locale).specific.save_revision().publish()


def links(client: Client, path: str) -> list[tuple[str, str, bool]]:
    html = client.get(path).content.decode()
    return [(code, url, bool(missing)) for code, url, missing in LINK.findall(html)]


def test_one_language_offers_no_switch(client: Client) -> None:
    page = ContentPageFactory()

    assert links(client, page.url) == []
    assert "hreflang" not in client.get(page.url).content.decode()


def test_the_switch_stays_on_the_page(client: Client, about: ContentPage) -> None:
    assert links(client, "/about/") == [("en", "/en/about/", False)]
    assert links(client, "/en/about/") == [("zh-hans", "/about/", False)]
    assert links(client, "/en/") == [("zh-hans", "/", False)]


def test_crawlers_are_told_of_each_translation_and_of_the_first(client: Client, about: ContentPage) -> None:
    for path in ("/about/", "/en/about/"):
        html = client.get(path).content.decode()
        assert re.findall(r'rel="alternate" hreflang="([\w-]+)" href="([^"]+)"', html) == [
            ("zh-hans", f"{settings.BASE_URL}/about/"),
            ("en", f"{settings.BASE_URL}/en/about/"),
            ("x-default", f"{settings.BASE_URL}/about/"),
        ]
    xml = client.get("/sitemap.xml").content.decode()
    assert f'hreflang="en" href="{settings.BASE_URL}/en/about/"' in xml
    assert f'hreflang="x-default" href="{settings.BASE_URL}/about/"' in xml


def test_a_page_not_translated_leads_to_its_nearest_ancestor_and_says_so(client: Client, about: ContentPage) -> None:
    deeper = ContentPageFactory(title="更深", slug="deeper", parent=about)
    service = ServicePageFactory()

    assert links(client, deeper.url) == [("en", "/en/about/?untranslated=1", True)]
    assert links(client, service.url) == [("en", "/en/?untranslated=1", True)]
    assert "This page is not in English yet" in client.get(deeper.url).content.decode()
    assert 'hreflang="x-default"' not in client.get(deeper.url).content.decode()
    arrived = client.get("/en/about/?untranslated=1").content.decode()
    assert "The page you came from is not in English yet." in arrived


def test_a_closed_or_unpublished_translation_is_none(client: Client, about: ContentPage, english: Locale) -> None:
    translation = about.get_translation(english)
    restriction = PageViewRestriction.objects.create(page=translation, restriction_type="login")
    assert links(client, "/about/") == [("en", "/en/?untranslated=1", True)]

    restriction.delete()
    translation.unpublish()
    assert links(client, "/about/") == [("en", "/en/?untranslated=1", True)]


def test_an_alias_is_no_translation_and_says_which_language_it_is_in(
    client: Client, about: ContentPage, english: Locale
) -> None:
    page = ContentPageFactory(title="只有中文", slug="only")
    page.copy_for_translation(english, alias=True).save()
    Page.objects.filter(slug="only", locale=english).update(live=True)

    assert links(client, "/only/") == [("en", "/en/?untranslated=1", True)]
    html = client.get("/en/only/").content.decode()
    assert '<main id="main" class="main" tabindex="-1" lang="zh-hans">' in html
    assert "This page is not in English yet" in html


def test_search_keeps_the_question(client: Client, about: ContentPage) -> None:
    assert links(client, "/search/?q=%E5%8A%A9%E9%A4%90") == [("en", "/en/search/?q=%E5%8A%A9%E9%A4%90", False)]


def test_the_portal_leads_to_the_other_home(client: Client, about: ContentPage) -> None:
    assert links(client, "/portal/activities/") == [("en", "/en/?untranslated=1", True)]


def test_the_switch_costs_one_query_and_no_cookie(
    client: Client, about: ContentPage, django_assert_num_queries: Any
) -> None:
    client.get("/about/")

    with django_assert_num_queries(4):
        response = client.get("/about/")
    assert not response.cookies
