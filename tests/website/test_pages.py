"""What holds for every kind of public page."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page

from tests.factories import website as make
from tests.factories.case_library import FigureIndexPageFactory
from website.base.models import BasePage

MOST_QUERIES = 10

FACTORIES = [
    make.ServiceIndexPageFactory,
    make.ServicePageFactory,
    make.CaseStudyIndexPageFactory,
    make.CaseStudyPageFactory,
    FigureIndexPageFactory,
    make.MethodIndexPageFactory,
    make.MethodPageFactory,
    make.PeopleIndexPageFactory,
    make.PersonPageFactory,
    make.NoticeIndexPageFactory,
    make.NoticePageFactory,
    make.VenueIndexPageFactory,
    make.VenuePageFactory,
    make.ActivityCalendarPageFactory,
    make.ContentPageFactory,
]
EVERY_KIND = [make.home_page, *FACTORIES]
EACH_KIND = pytest.mark.parametrize("make_page", EVERY_KIND)

LISTS = [
    (make.ServiceIndexPageFactory, make.ServicePageFactory),
    (make.CaseStudyIndexPageFactory, make.CaseStudyPageFactory),
    (make.MethodIndexPageFactory, make.MethodPageFactory),
    (make.PeopleIndexPageFactory, make.PersonPageFactory),
    (make.NoticeIndexPageFactory, make.NoticePageFactory),
    (make.VenueIndexPageFactory, make.VenuePageFactory),
]

CHILDREN = {
    "HomePage": {
        "ServiceIndexPage",
        "CaseStudyIndexPage",
        "FigureIndexPage",
        "MethodIndexPage",
        "PeopleIndexPage",
        "NoticeIndexPage",
        "VenueIndexPage",
        "ActivityCalendarPage",
        "ContentPage",
    },
    "ServiceIndexPage": {"ServicePage"},
    "ServicePage": {"ServicePage"},
    "CaseStudyIndexPage": {"CaseStudyPage"},
    "MethodIndexPage": {"MethodPage"},
    "PeopleIndexPage": {"PersonPage"},
    "NoticeIndexPage": {"NoticePage"},
    "VenueIndexPage": {"VenuePage"},
    "ContentPage": {"ContentPage"},
}

MakePage = Callable[..., BasePage]


def test_every_kind_of_page_is_tested() -> None:
    ours = {model.__name__ for model in BasePage.__subclasses__()}

    assert {make_page._meta.model.__name__ for make_page in FACTORIES} | {"HomePage"} == ours


@EACH_KIND
def test_page_shows_its_title_once_as_the_first_heading(make_page: MakePage, client: Client) -> None:
    page = make_page()

    html = client.get(page.url).content.decode()

    headings = re.findall(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)
    assert headings == [page.title]
    assert '<html lang="zh-hans"' in html


@EACH_KIND
def test_page_names_its_one_address_and_describes_itself(make_page: MakePage, client: Client) -> None:
    page = make_page()

    html = client.get(f"{page.url}?from=elsewhere").content.decode()

    address = f"{settings.BASE_URL}{page.url}"
    assert f'<link rel="canonical" href="{address}">' in html
    assert f'<meta property="og:url" content="{address}">' in html
    assert f'<meta name="description" content="{page.summary}">' in html


@EACH_KIND
def test_public_page_sets_no_cookie_and_asks_no_session(make_page: MakePage, client: Client) -> None:
    response = client.get(make_page().url)

    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert response.wsgi_request.session.accessed is False


@EACH_KIND
def test_public_page_has_the_strict_policy_without_a_nonce(make_page: MakePage, client: Client) -> None:
    policy = client.get(make_page().url).headers["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "nonce" not in policy


@EACH_KIND
def test_page_costs_few_queries(
    make_page: MakePage, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    page = make_page()
    client.get(page.url)

    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(page.url)


@pytest.mark.parametrize(("make_index", "make_child"), LISTS)
def test_list_costs_the_same_with_one_item_and_with_five(
    make_index: MakePage, make_child: MakePage, client: Client
) -> None:
    index = make_index()
    make_child(parent=index, listing_image=make.ImageFactory())
    client.get(index.url)  # makes the sizes of the picture
    before = _cost(client, index)

    for _ in range(4):
        make_child(parent=index, listing_image=make.ImageFactory())
    client.get(index.url)

    assert before <= MOST_QUERIES
    assert _cost(client, index) == before


def test_home_costs_the_same_with_one_of_each_and_with_five(client: Client) -> None:
    home = make.home_page()
    cases, services, notices = (
        make.CaseStudyIndexPageFactory(),
        make.ServiceIndexPageFactory(),
        make.NoticeIndexPageFactory(),
    )

    def add_one_of_each() -> None:
        make.CaseStudyPageFactory(parent=cases, listing_image=make.ImageFactory())
        make.ServicePageFactory(parent=services)
        make.NoticePageFactory(parent=notices)

    add_one_of_each()
    client.get(home.url)
    before = _cost(client, home)

    for _ in range(4):
        add_one_of_each()
    client.get(home.url)

    assert before <= MOST_QUERIES
    assert _cost(client, home) == before


@EACH_KIND
def test_page_allows_only_the_children_that_belong_to_it(make_page: MakePage) -> None:
    page = make_page()

    allowed = {model.__name__ for model in page.allowed_subpage_models()}

    assert allowed == CHILDREN.get(page.__class__.__name__, set())


def test_home_is_the_only_page_of_ours_below_the_root() -> None:
    make.home_page()

    allowed = Page.get_first_root_node().specific.allowed_subpage_models()

    assert {model.__name__ for model in allowed if issubclass(model, BasePage)} == {"HomePage"}


@EACH_KIND
def test_elder_mode_is_asked_for_by_its_cookie(make_page: MakePage, client: Client) -> None:
    client.cookies["display"] = "elder"

    assert 'data-display="elder"' in client.get(make_page().url).content.decode()


def test_unpublished_page_is_not_found(client: Client) -> None:
    page = make.ContentPageFactory(live=False)

    response = client.get(page.url)

    assert response.status_code == 404
    assert "没有找到这个页面" in response.content.decode()


def _cost(client: Client, page: Page) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(page.url)
    return len(queries)
