"""What editors put first, whatever engine answers."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.contrib.search_promotions.models import Query, QueryDailyHits, SearchPromotion
from wagtail.models import PageViewRestriction

from tests.factories.members import UserFactory
from tests.search import corpus
from website.services.models import ServicePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def meals() -> ServicePage:
    page = corpus.publish(ServicePage, "长者食堂")
    query = Query.objects.create(query_string="老人 吃饭")
    SearchPromotion.objects.create(query=query, page=page, description="三家食堂的时间和电话", sort_order=0)
    SearchPromotion.objects.create(
        query=query, external_link_url="https://example.cn/", external_link_text="市里的办法", sort_order=1
    )
    return page


def ask(client: Client, text: str, **more: str) -> list[str]:
    response = client.get(reverse("search:search"), {"q": text, **more})
    return [each.title for each in response.context["promoted"]]


@pytest.mark.parametrize("text", ["老人 吃饭", "  老人　吃饭 ", "老人 吃飯"])
def test_what_editors_chose_stands_first(client: Client, meals: ServicePage, text: str) -> None:
    assert ask(client, text) == ["长者食堂", "市里的办法"]
    html = client.get(reverse("search:search"), {"q": text}).content.decode()
    assert f'<a href="{meals.url}">长者食堂</a>' in html
    assert '<a href="https://example.cn/" rel="noopener noreferrer">' in html


def test_other_questions_and_later_pages_show_none(client: Client, meals: ServicePage) -> None:
    assert ask(client, "老人") == []
    assert ask(client, "") == []
    assert ask(client, "老人 吃饭", page="2") == []
    assert ask(client, "x" * 9000) == []


def test_a_page_that_is_closed_or_gone_is_promoted_no_more(client: Client, meals: ServicePage) -> None:
    restriction = PageViewRestriction.objects.create(page=meals, restriction_type="login")
    assert ask(client, "老人 吃饭") == ["市里的办法"]

    restriction.delete()
    meals.unpublish()
    assert ask(client, "老人 吃饭") == ["市里的办法"]


def test_no_question_is_kept(client: Client, meals: ServicePage) -> None:
    ask(client, "张三 13800138000")
    ask(client, "老人 吃饭")

    assert list(Query.objects.values_list("query_string", flat=True)) == ["老人 吃饭"]
    assert not QueryDailyHits.objects.exists()


@pytest.mark.parametrize("address", ["/cms/searchpicks/", "/cms/redirects/", "/cms/redirects/add/"])
def test_editors_manage_promotions_and_redirects(client: Client, address: str) -> None:
    user = UserFactory()
    user.groups.add(Group.objects.get(name="编辑"))
    client.force_login(user)

    assert client.get(address).status_code == 200
