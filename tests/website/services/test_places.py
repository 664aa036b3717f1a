"""Where a service is to be had, community by community."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tests.factories.services_at import ServicePlaceFactory
from tests.factories.website import ServicePageFactory
from tests.website.services.making import a_service
from website.base.widgets import CommunitySelect
from website.services.facts import missing
from website.services.models import ServicePlace

pytestmark = pytest.mark.django_db


def test_a_place_takes_the_name_of_its_community_and_knows_no_other() -> None:
    place = ServicePlaceFactory.build(page=a_service(), community_code="C2", community_name="旧名")
    place.clean()

    assert place.community_name == "槐荫社区"
    with pytest.raises(ValidationError, match="没有这个社区"):
        ServicePlace(community_code="C9").clean()


def test_a_community_that_has_ended_keeps_its_name() -> None:
    place = ServicePlace(community_code="C9", community_name="从前的社区")
    place.clean()

    assert place.community_name == "从前的社区"


def test_editors_choose_communities_by_district() -> None:
    html = CommunitySelect(none="全市").render("place", "C9")

    assert '<optgroup label="汀北区">' in html
    assert '<option value="C9" selected>C9</option>' in html  # what was chosen is not lost


def test_a_place_says_only_what_differs(client: Client) -> None:
    page = a_service(hours="每天 9:00", phone="12345")
    ServicePlaceFactory(page=page, community_code="C1", community_name="云水社区", place="一楼", phone="0600-883 0001")
    ServicePlaceFactory(page=page, community_code="C2", community_name="槐荫社区", place="二楼")

    html = client.get(f"{page.url}?community=C2").content.decode()
    panel = html[html.index('class="panel service__where"') : html.index("</aside>")]

    assert "二楼" in panel
    assert "每天 9:00" in panel
    assert "tel:12345" in panel
    assert "一楼" not in panel


def test_page_costs_few_queries_with_places_parts_and_others(client: Client, django_assert_max_num_queries) -> None:
    page = a_service()
    for code in ("C1", "C2", "C3"):
        ServicePlaceFactory(page=page, community_code=code)
    part = ServicePageFactory(parent=page, category=None, place="")
    for _ in range(5):
        ServicePageFactory(parent=page.get_parent(), category=page.category)
    addresses = [f"{page.url}?community=C1", f"{part.url}?community=C1"]

    for address in addresses:
        client.get(address)
        with django_assert_max_num_queries(10):
            client.get(address)


def test_what_a_resident_would_ask_and_the_page_does_not_say_is_told_to_the_editor(client: Client, editor) -> None:
    page = a_service(documents="", fee="免费", time_limit="当天", provider="社区", keeper=editor)

    assert missing(page) == ["要带什么"]
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "这一页还没写的：要带什么" in html


def test_nothing_is_missing_where_the_places_say_it() -> None:
    page = a_service(fee="免费", time_limit="当天", provider="社区", hours="", phone="", place="")
    assert {"地点", "时间", "咨询电话"} <= set(missing(page))

    ServicePlaceFactory(page=page, community_code="C1", hours="每天", phone="12345")
    del page.__dict__["all_places"]

    assert missing(page) == ["维护人"]


def test_structured_data_tell_channels_areas_and_provider() -> None:
    page = a_service(
        provider="云水社区",
        provider_kind="community",
        by_phone=True,
        online_url="https://a.example/",
        other_names="送饭",
    )
    ServicePlaceFactory(page=page, community_code="C1", community_name="云水社区", place="食堂", hours="每天")

    data = page.structured_data()

    assert data["@type"] == "GovernmentService"
    assert data["areaServed"] == [{"@type": "AdministrativeArea", "name": "云水社区"}]
    assert data["provider"] == {"@type": "GovernmentOrganization", "name": "云水社区"}
    assert data["alternateName"] == ["送饭"]
    [by_phone, online, counter] = data["availableChannel"]
    assert by_phone["servicePhone"]["telephone"] == page.phone
    assert online["serviceUrl"] == "https://a.example/"
    assert counter["serviceLocation"]["name"] == "食堂"
    assert counter["hoursAvailable"]["description"] == "每天"
    assert a_service(provider_kind="business", provider="早点铺").structured_data()["@type"] == "Service"
