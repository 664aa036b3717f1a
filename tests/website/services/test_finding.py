"""The list of services answers by person, matter, place, way and words."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.services_at import ServiceAudienceFactory, ServicePlaceFactory
from tests.factories.website import (
    ServiceCategoryFactory,
    ServiceIndexPageFactory,
    ServicePageFactory,
    children,
)
from website.services.finding import Catalogue
from website.services.models import ServiceIndexPage, ServicePage

pytestmark = pytest.mark.django_db

MOST_QUERIES = 10


@pytest.fixture
def index() -> ServiceIndexPage:
    return ServiceIndexPageFactory()


def titles(index: ServiceIndexPage, **asked: str) -> list[str]:
    catalogue = Catalogue(asked, locale_id=index.locale_id)
    return [row.entry.page.title for group in (*catalogue.here, *catalogue.everywhere) for row in group.rows]


def service(index: ServiceIndexPage, title: str, *, audiences: tuple = (), communities: tuple[str, ...] = (), **fields):
    page = ServicePageFactory(parent=index, title=title, **fields)
    page.audiences = audiences
    page.save()
    for code in communities:
        ServicePlaceFactory(page=page, community_code=code, community_name=code)
    return page


def test_every_question_narrows_the_list_and_they_combine(index: ServiceIndexPage) -> None:
    elders, children_ = ServiceAudienceFactory(slug="elders"), ServiceAudienceFactory(slug="children")
    meals, school = ServiceCategoryFactory(slug="meals"), ServiceCategoryFactory(slug="school")
    service(index, "送餐上门", audiences=(elders,), category=meals, by_counter=False, by_phone=True)
    service(index, "食堂", audiences=(elders, children_), category=meals)
    service(index, "看护", audiences=(children_,), category=school)

    assert titles(index, audience="elders") == ["送餐上门", "食堂"]
    assert titles(index, category="school") == ["看护"]
    assert titles(index, channel="phone") == ["送餐上门"]
    assert titles(index, audience="children", category="meals", channel="counter") == ["食堂"]


@pytest.mark.parametrize("words", ["送饭", "送飯", "上门 送餐", "ＴＥＳＴ", "送餐服务上门", " 订饭 "])
def test_words_find_a_service_by_what_people_call_it(index: ServiceIndexPage, words: str) -> None:
    service(index, "送餐服务：送餐上门 test", other_names="送饭\n订饭")
    service(index, "修锁")

    assert titles(index, q=words) == ["送餐服务：送餐上门 test"]


def test_words_that_are_in_none_find_none(index: ServiceIndexPage) -> None:
    service(index, "送餐上门")

    assert titles(index, q="停车") == []


def test_own_community_comes_first_then_the_whole_city_and_no_other(index: ServiceIndexPage) -> None:
    service(index, "全市的", code="1")
    service(index, "这里的", code="2", communities=("C1", "C2"))
    service(index, "别处的", code="3", communities=("C2",))
    service(index, "这里没有但全市有的", code="4", communities=("C2", ""))

    catalogue = Catalogue({"community": "C1"}, locale_id=index.locale_id)

    assert [row.entry.page.title for group in catalogue.here for row in group.rows] == ["这里的"]
    assert titles(index, community="C1") == ["这里的", "全市的", "这里没有但全市有的"]


def test_nonsense_is_ignored(index: ServiceIndexPage, client: Client) -> None:
    service(index, "送餐上门")
    nonsense = {
        "audience": "x",
        "category": "y\0",
        "channel": "by_counter",
        "community": "?",
        "q": " \0 ",
        "page": "-1",
    }

    response = client.get(index.url, nonsense)

    assert response.status_code == 200
    assert 'class="results"' not in response.content.decode()
    assert "送餐上门" in response.content.decode()


def test_choices_say_how_many_they_leave_and_chosen_ones_can_be_taken_back(
    index: ServiceIndexPage, client: Client
) -> None:
    elders, idle = ServiceAudienceFactory(slug="elders", name="老人"), ServiceAudienceFactory(name="没有服务的人群")
    meals = ServiceCategoryFactory(slug="meals", name="吃饭")
    service(index, "送餐", audiences=(elders,), category=meals)
    service(index, "洗澡", audiences=(elders,))

    html = client.get(index.url, {"category": "meals", "audience": "elders", "q": "送餐"}).content.decode()

    assert "老人（1）" in html
    assert idle.name not in html
    assert "共 1 项服务" in html
    assert 'href="/services/?audience=elders&amp;category=meals"' in html  # without the words
    assert 'href="/services/?q=%E9%80%81%E9%A4%90&amp;category=meals"' in html


def test_a_part_answers_for_its_item_with_what_the_item_says(index: ServiceIndexPage) -> None:
    elders = ServiceAudienceFactory(slug="elders")
    item = service(index, "送餐上门", audiences=(elders,), communities=("C1",))
    ServicePageFactory(parent=item, title="中午送餐", category=None, place="", phone="", by_counter=False)

    catalogue = Catalogue({"audience": "elders", "community": "C1"}, locale_id=index.locale_id)
    [row] = catalogue.here[0].rows

    assert row.entry.page.title == "送餐上门"
    assert [part.page.title for part in row.parts] == ["中午送餐"]
    assert titles(index, q="中午") == ["中午送餐"]  # alone, where only the part was meant
    assert titles(index) == ["送餐上门"]


def test_drafts_and_restricted_pages_are_not_found(index: ServiceIndexPage) -> None:
    service(index, "草稿", live=False)

    assert titles(index) == []


def test_paused_and_closed_services_say_so_in_the_list(index: ServiceIndexPage, client: Client) -> None:
    service(index, "洗澡", status="paused")
    service(index, "早餐车", status="closed")

    html = client.get(index.url).content.decode()

    assert html.count('<span class="badge badge--bad">') == 2


@pytest.mark.parametrize("address", ["", "?community=C1", "?q=服务&audience=a&channel=counter", "print/?community=C1"])
def test_the_list_costs_the_same_with_one_service_and_with_many(
    index: ServiceIndexPage, client: Client, address: str
) -> None:
    audience, category = ServiceAudienceFactory(slug="a"), ServiceCategoryFactory()
    service(index, "服务甲", audiences=(audience,), communities=("C1",), category=category)
    client.get(index.url + address)
    before = _cost(client, index.url + address)

    for page in children(12, ServicePageFactory, parent=index, category=category):
        ServicePlaceFactory(page=page, community_code="C1")
        ServicePageFactory(parent=page, category=None)

    assert before <= MOST_QUERIES
    assert _cost(client, index.url + address) == before


def test_a_hundred_services_cost_no_more(index: ServiceIndexPage, client: Client) -> None:
    service(index, "服务甲", communities=("C1",))
    client.get(index.url)
    before = _cost(client, f"{index.url}?community=C1")
    _plant_many(index, 100)

    with CaptureQueriesContext(connection) as queries:
        html = client.get(f"{index.url}?community=C1").content.decode()

    assert len(queries) == before <= MOST_QUERIES
    assert "共 101 项服务" in html


def _plant_many(index: ServiceIndexPage, number: int) -> None:
    """Put many services there without the ceremony of each."""
    model = ServicePageFactory.build(parent=None, category=None)
    for n in range(number):
        page = ServicePage(title=f"第{n}项", slug=f"many-{n}", summary=model.summary, code=f"M{n}", locale=index.locale)
        index.add_child(instance=page)


def _cost(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)
