from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from tests.search import corpus
from website.services.models import ServiceCategory, ServicePage
from website.venues.models import VenuePage

pytestmark = pytest.mark.django_db


def get(client: Client, **query: Any) -> Any:
    return client.get(reverse("search:search"), query)


def test_page_shows_what_was_found_marked_and_escaped(client: Client, indexed: Callable[[], None]) -> None:
    corpus.publish(ServicePage, "<b>助餐</b>点", summary="<script>alert('助餐')</script>")
    indexed()

    html = get(client, q="助餐").content.decode()

    assert "&lt;b&gt;<mark>助餐</mark>&lt;/b&gt;点" in html
    assert "&lt;script&gt;alert(&#x27;<mark>助餐</mark>&#x27;)&lt;/script&gt;" in html
    assert "<script>alert" not in html


def test_a_service_that_is_not_open_says_so_in_the_list(client: Client, indexed: Callable[[], None]) -> None:
    corpus.publish(ServicePage, "上门理发", status="paused")
    corpus.publish(ServicePage, "到店理发")
    indexed()

    html = get(client, q="理发").content.decode()

    assert html.count('<span class="badge badge--warn">暂停</span>') == 1


def test_question_is_remembered_and_escaped(client: Client) -> None:
    html = get(client, q='"><script>alert(1)</script>').content.decode()

    assert 'value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in html
    assert "<script>alert" not in html


def test_page_is_for_readers_not_for_robots_and_sets_no_cookie(client: Client) -> None:
    response = get(client, q="助餐")

    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert f'<link rel="canonical" href="http://testserver{reverse("search:search")}">' in response.content.decode()
    assert response.cookies == {}


def test_kinds_are_links_with_numbers(client: Client, indexed: Callable[[], None]) -> None:
    corpus.publish(ServicePage, "老年人助餐")
    corpus.publish(VenuePage, "幸福里助餐点")
    indexed()

    response = get(client, q="助餐", kind="venue")

    assert [(kind["value"], kind["number"], kind["is_on"]) for kind in response.context["kinds"]] == [
        (None, 2, False),
        ("service", 1, False),
        ("venue", 1, True),
    ]
    assert response.context["answer"].total == 1


def test_results_come_in_pages(client: Client, indexed: Callable[[], None]) -> None:
    for number in range(21):
        corpus.publish(ServicePage, f"助餐点{number}")
    indexed()

    first, second, past_the_end = (get(client, q="助餐", page=page) for page in (1, 2, 99))

    assert [len(page.context["answer"].results) for page in (first, second, past_the_end)] == [20, 1, 1]
    assert past_the_end.context["page"].number == 2
    assert "page=2" in first.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "x", "", "9" * 400, "２"])
def test_strange_page_numbers_show_a_page(page: str, client: Client, indexed: Callable[[], None]) -> None:
    corpus.publish(ServicePage, "助餐")
    indexed()

    assert len(get(client, q="助餐", page=page, kind="nonsense").context["answer"].results) == 1


def test_nothing_found_helps_to_find(client: Client, indexed: Callable[[], None]) -> None:
    category = ServiceCategory.objects.create(name="一日三餐", slug="food", locale=corpus.home().locale)
    corpus.publish(ServicePage, "老年人助餐", category=category)
    indexed()

    response = get(client, q="助餐 飞船")

    html = response.content.decode()
    assert response.context["shorter"] == ["助餐", "飞船"]
    assert "一日三餐" in html
    assert 'href="tel:12345"' in html


def test_empty_question_invites_to_ask(client: Client) -> None:
    response = get(client)

    assert response.status_code == 200
    assert "写一两个字就能搜" in response.content.decode()
    assert "请写出要找的字或词" in get(client, q="！？").content.decode()


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post(reverse("search:search")).status_code == 405


def test_number_of_queries_does_not_grow(client: Client, indexed: Callable[[], None]) -> None:
    numbers = []
    for count in (1, 2):
        for number in range(count):
            corpus.publish(ServicePage, f"助餐点{count}-{number}")
        indexed()
        get(client, q="助餐")
        with CaptureQueriesContext(connection) as queries:
            get(client, q="助餐")
        numbers.append(len(queries))

    assert numbers[0] == numbers[1]


def test_other_languages_point_to_what_is_in_simplified_chinese(client: Client, indexed: Callable[[], None]) -> None:
    corpus.publish(ServicePage, "老年人助餐")
    indexed()

    with override("zh-hans"):  # a request leaves its language behind in the thread
        response = client.get("/zh-hant/search/", {"q": "助餐"})

    assert response.context["answer"].total == 0
    assert response.context["elsewhere"] == {"total": 1, "url": "/search/?q=%E5%8A%A9%E9%A4%90"}
