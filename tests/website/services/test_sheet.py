"""The sheet for a stairwell: one A4 page, and the way back to the site."""

import re

import pytest
from django.conf import settings
from django.test import Client

from tests.factories.services_at import ServicePlaceFactory
from tests.factories.website import ServiceIndexPageFactory, ServicePageFactory
from website.services import sheet
from website.services.models import ServiceIndexPage
from webui.qr import qr_code

pytestmark = pytest.mark.django_db


@pytest.fixture
def index() -> ServiceIndexPage:
    return ServiceIndexPageFactory()


def test_the_sheet_shows_the_community_first_with_its_own_phone(client: Client, index: ServiceIndexPage) -> None:
    ServicePageFactory(parent=index, title="全市的", code="1")
    page = ServicePageFactory(parent=index, title="送餐上门", code="2")
    ServicePlaceFactory(page=page, community_code="C1", place="云水食堂", hours="每天", phone="0600-883 0001")

    html = client.get(f"{index.url}print/?community=C1").content.decode()
    lines = html[html.index('class="sheet__lines"') :]

    assert "云水社区便民服务" in html
    assert lines.index("送餐上门") < lines.index("0600-883 0001") < lines.index("云水食堂") < lines.index("全市的")
    assert f"{settings.BASE_URL}{index.url}?community=C1" in html


def test_what_one_cannot_have_is_not_printed(client: Client, index: ServiceIndexPage) -> None:
    ServicePageFactory(parent=index, title="停了的", status="closed")
    ServicePageFactory(parent=index, title="歇着的", status="paused")

    html = client.get(f"{index.url}print/").content.decode()

    assert "没有可以印的服务。" in html


def test_the_sheet_stays_one_page_and_says_how_many_it_leaves_out(
    client: Client, index: ServiceIndexPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet, "MOST", 2)
    for _ in range(3):
        ServicePageFactory(parent=index)

    html = client.get(f"{index.url}print/").content.decode()

    assert html.count('class="sheet__line"') == 2
    assert "还有 1 项没有印上" in html


def test_nonsense_in_the_address_prints_the_whole_city(client: Client, index: ServiceIndexPage) -> None:
    assert client.get(f"{index.url}print/?community=%00&category=x").status_code == 200


def test_the_code_is_drawn_without_styles_or_scripts() -> None:
    drawn = qr_code("https://a.example/?community=1&q=送餐")

    assert drawn.startswith("<svg ")
    assert not re.search(r"style|script|href", drawn)


def test_a_service_page_prints_its_own_code(client: Client, index: ServiceIndexPage) -> None:
    page = ServicePageFactory(parent=index)

    html = client.get(page.url).content.decode()

    assert str(qr_code(f"{settings.BASE_URL}{page.url}")) in html
