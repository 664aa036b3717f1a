"""The services as open data: what is public, and nothing else."""

import csv
import json
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from tests.factories.members import UserFactory
from tests.factories.website import ServicePageFactory
from website.services.models import ServiceAudience, ServiceIndexPage, ServicePage, ServicePlace

pytestmark = pytest.mark.django_db

URL = "/open-data/services.json"


def records(client: Client, url: str = URL) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(client.get(url).content)["records"]
    return found


@pytest.fixture
def meal(index: ServiceIndexPage) -> ServicePage:
    page: ServicePage = ServicePageFactory(
        parent=index,
        code="01",
        title="送餐",
        status="paused",
        alert="停一周",
        checked_on=date(2026, 11, 2),
        phone="+86 10",
    )
    page.keeper = UserFactory(name="不公开的人")
    page.audiences = list(ServiceAudience.objects.all())
    page.places = [ServicePlace(community_code="C1", community_name="云水社区", place="一楼", locale=page.locale)]
    page.save()
    return page


def test_a_service_speaks_the_words_of_the_standard(client: Client, meal: ServicePage) -> None:
    ServicePageFactory(parent=meal, code="01-1", title="午餐")

    service, part = records(client)

    assert (service["id"], service["name"], service["status"]) == ("01", "送餐", "temporarily closed")
    assert (service["assured_date"], service["alert"]) == ("2026-11-02", "停一周")
    assert service["required_documents"] == ["身份证", "一寸照片"]
    assert sorted(service["audience"]) == ["孩子", "老人"]
    assert service["service_at_locations"][0]["community_name"] == "云水社区"
    assert service["url"].endswith(meal.url)
    assert (part["parent_id"], part["status"]) == ("01", "active")


def test_an_alert_whose_day_has_passed_is_not_given(client: Client, meal: ServicePage) -> None:
    ServicePage.objects.filter(pk=meal.pk).update(alert_until=date(2020, 1, 1))

    assert records(client)[0]["alert"] == ""


def test_drafts_restricted_pages_and_keepers_are_not_given(client: Client, meal: ServicePage) -> None:
    ServicePageFactory(parent=meal.get_parent(), code="02", title="草稿", live=False)
    secret = ServicePageFactory(parent=meal.get_parent(), code="03", title="内部")
    PageViewRestriction.objects.create(page=secret, restriction_type="login")

    said = client.get(URL).content.decode() + client.get("/open-data/services.csv").content.decode()

    for word in ("草稿", "内部", "不公开的人"):
        assert word not in said
    assert [record["id"] for record in records(client)] == ["01"]


def test_places_are_a_table_of_their_own(client: Client, meal: ServicePage) -> None:
    text = client.get("/open-data/service-places.csv").content.decode("utf-8-sig")

    (row,) = csv.DictReader(StringIO(text))
    assert (row["service_id"], row["community_name"], row["place"]) == ("01", "云水社区", "一楼")
    assert records(client, "/open-data/service-places.json")[0]["service_id"] == "01"


def test_csv_runs_no_formula(client: Client, meal: ServicePage) -> None:
    (row,) = csv.DictReader(StringIO(client.get("/open-data/services.csv").content.decode("utf-8-sig")))

    assert row["phone"] == "'+86 10"
    assert row["required_documents"] == "身份证；一寸照片"


def test_a_file_costs_the_same_for_one_service_and_for_twenty(client: Client, meal: ServicePage) -> None:
    client.get(URL)
    before = _cost(client)
    for number in range(19):
        page = ServicePageFactory(parent=meal, code=f"01-{number}", category=meal.category)
        page.places = [ServicePlace(community_name="云水社区", place="二楼", locale=page.locale)]
        page.save()
    client.get(URL)

    assert before <= 10
    assert _cost(client) == before


def test_the_list_of_open_data_names_both(client: Client, index: ServiceIndexPage) -> None:
    html = client.get("/open-data/").content.decode()

    for words in ("便民服务清单", "便民服务的办理点", "HSDS service.eligibility_description", "（只在 JSON 里）"):
        assert words in html


def _cost(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(URL)
    return len(asked)
