"""What stands around the content of every page."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from tests.factories.website import ContentPageFactory, ServicePageFactory, home_page
from website.home.models import HomePage
from website.navigation.models import SiteDetails
from website.pages.models import ContentPage

pytestmark = pytest.mark.django_db

LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def told(html: str) -> list[dict[str, Any]]:
    return [json.loads(data) for data in LD.findall(html)]


def details(**fields: str) -> SiteDetails:
    return SiteDetails.objects.update_or_create(site=Site.objects.get(is_default_site=True), defaults=fields)[0]


def test_machines_are_told_the_way_to_a_page(client: Client) -> None:
    service = ServicePageFactory(title="老人助餐", slug="meals")

    ways = [data for data in told(client.get(service.url).content.decode()) if data["@type"] == "BreadcrumbList"]

    assert [(step["position"], step["name"], step["item"]) for step in ways[0]["itemListElement"]] == [
        (1, "首页", f"{settings.BASE_URL}/"),
        (2, "便民服务", f"{settings.BASE_URL}/services/"),
        (3, "老人助餐", f"{settings.BASE_URL}/services/meals/"),
    ]


def test_home_tells_machines_how_to_search(client: Client) -> None:
    home_page()

    site = told(client.get("/").content.decode())[0]

    assert site["@type"] == "WebSite"
    assert site["potentialAction"]["target"]["urlTemplate"] == f"{settings.BASE_URL}/search/?q={{text}}"


def test_nothing_in_a_title_ends_the_data(client: Client) -> None:
    page = ContentPageFactory(title="</script><script>alert('&')</script>")

    html = client.get(page.url).content.decode()

    assert "<script>alert" not in html
    assert told(html)[0]["itemListElement"][-1]["name"] == "</script><script>alert('&')</script>"


def test_related_pages_and_the_day_of_publishing_are_shown(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    other = ContentPageFactory(title="读完再看")
    page = ContentPageFactory()
    page.save_revision().publish()
    monkeypatch.setattr(ContentPage, "related_pages", lambda self: [other])

    html = client.get(page.url).content.decode()

    assert f'<a href="{other.url}">读完再看</a>' in html
    assert "最近更新：" in html
    assert f"打印自 {settings.BASE_URL}{page.url}" in html


def test_a_page_without_a_picture_is_shared_with_ours(client: Client) -> None:
    html = client.get(ContentPageFactory().url).content.decode()

    assert f'<meta property="og:image" content="{settings.BASE_URL}/static/images/share.png">' in html


@pytest.mark.parametrize("path", ["/", "/search/", "/feedback/", "/site-map/", "/nowhere/", "/portal/activities/"])
def test_help_stands_at_the_same_place_on_every_page(client: Client, path: str) -> None:
    details(phone="0600-881 0000", icp_number="云ICP备1号", police_number="云公网安备 123号")

    footer = client.get(path).content.decode().split("<footer")[1]

    assert re.match(
        r'[^<]*<div[^>]*>\s*<p class="site-footer__help">[^<]*\s*<a class="phone" href="tel:06008810000"', footer
    )
    assert '<a href="https://beian.miit.gov.cn/"' in footer
    assert "code=123" in footer


def test_a_site_without_details_offers_the_city_hotline(client: Client) -> None:
    home_page()

    assert 'href="tel:12345"' in client.get("/").content.decode().split("<footer")[1]


def test_details_cost_no_query_and_are_seen_when_they_change(client: Client, django_assert_num_queries: Any) -> None:
    page = ContentPageFactory()
    details(organiser="甲中心")
    assert "甲中心" in client.get(page.url).content.decode()

    with django_assert_num_queries(3):
        client.get(page.url)
    details(organiser="乙中心")
    assert "乙中心" in client.get(page.url).content.decode()


@pytest.mark.parametrize(("path", "words"), [("/privacy/", "Cookie"), ("/accessibility/", "键盘")])
def test_standing_pages_are_there_before_an_editor_writes_them(client: Client, path: str, words: str) -> None:
    home_page()
    before = client.get(path)
    assert before.status_code == 200
    assert words in before.content.decode()
    assert not before.cookies

    ContentPageFactory(title="编辑写的", slug=path.strip("/")).save_revision().publish()

    after = client.get(path).content.decode()
    assert "<h1>编辑写的</h1>" in after
    assert after.split("<footer")[1].count(f'href="{path}"') == 1


def test_the_map_for_people_shows_all_that_is_public(client: Client, django_assert_max_num_queries: Any) -> None:
    service = ServicePageFactory(title="老人助餐")
    hidden = ContentPageFactory(title="内部资料", parent=home_page())
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    draft = ServicePageFactory(title="还没发布", parent=service.get_parent(), live=False)

    client.get("/")
    with django_assert_max_num_queries(10):
        html = client.get("/site-map/").content.decode()

    assert f'href="{service.url}"' in html
    assert hidden.title not in html
    assert draft.title not in html


def test_nothing_here_suggests_what_the_address_may_have_meant(client: Client) -> None:
    meals = ServicePageFactory(title="老人助餐", slug="elder-meals")
    hidden = ContentPageFactory(title="内部助餐名单", slug="meals-inner")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")

    response = client.get("/services/elder-meal/")

    html = response.content.decode()
    assert response.status_code == 404
    assert f'<a href="{meals.url}">老人助餐</a>' in html
    assert "内部" not in html
    assert 'role="search"' in html
    assert '<a href="/services/">便民服务</a>' in html
    assert not response.cookies


@pytest.mark.parametrize("path", ["/portal/x/", "/" + "a-" * 900 + "/", "/%00/", "/x%27%22/"])
def test_strange_addresses_are_simply_not_found(client: Client, path: str) -> None:
    home_page()

    assert client.get(path).status_code == 404


def test_a_page_that_moved_leaves_a_sign(client: Client, django_capture_on_commit_callbacks: Any) -> None:
    page = ContentPageFactory(slug="old", title="搬家的页")
    page.save_revision().publish()
    assert client.get("/old/").status_code == 200

    page.slug = "new"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert client.get("/old/")["Location"] == "/new/"

    other = ContentPageFactory(slug="other")
    with django_capture_on_commit_callbacks(execute=True):
        page.move(other, pos="last-child")
    assert client.get("/new/")["Location"] == "/other/new/"


def test_the_feed_tells_what_is_new_and_public(client: Client) -> None:
    shown = ServicePageFactory(title="老人助餐", summary="送到家 & 热的")
    hidden = ServicePageFactory(title="内部服务", parent=shown.get_parent())
    for page in (shown, hidden):
        page.save_revision().publish()
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")

    response = client.get("/feed/")

    xml = response.content.decode()
    assert response["Content-Type"].startswith("application/rss+xml")
    assert f"<link>{settings.BASE_URL}{shown.url}</link>" in xml
    assert "送到家 &amp; 热的" in xml
    assert "内部服务" not in xml
    assert '<link rel="alternate" type="application/rss+xml"' in client.get("/").content.decode()


def test_the_sitemap_knows_when_a_page_was_published_and_leaves_out_what_is_closed(client: Client) -> None:
    shown, hidden = ContentPageFactory(slug="shown"), ContentPageFactory(slug="hidden")
    HomePage.objects.update(last_published_at=timezone.now() - timedelta(days=400))
    shown.save_revision().publish()
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")

    xml = client.get("/sitemap.xml").content.decode()

    assert f"<loc>{settings.BASE_URL}/shown/</loc><lastmod>{timezone.localdate():%Y-%m-%d}</lastmod>" in xml
    assert "hidden" not in xml
