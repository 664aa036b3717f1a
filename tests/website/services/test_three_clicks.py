"""A reader finds who delivers meals in a given community in three clicks: by the links of the pages, nothing typed."""

from html.parser import HTMLParser

import pytest
from django.test import Client

from tests.factories.services_at import ServicePlaceFactory
from tests.factories.website import ServiceIndexPageFactory, ServicePageFactory, home_page
from website.services import finding
from website.services.models import ServicePage

pytestmark = pytest.mark.django_db


class Links(HTMLParser):
    """The links of a page by their words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._href = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._href = dict(attrs).get("href") or ""

    def handle_data(self, data: str) -> None:
        if self._href and data.strip():
            self.found.setdefault(data.strip(), self._href)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._href = ""


@pytest.fixture
def delivery() -> ServicePage:
    page = ServicePageFactory(parent=ServiceIndexPageFactory(show_in_menus=True), title="送餐上门", phone="12345")
    for code, name, phone in (("C1", "云水社区", "0600-883 0001"), ("C2", "槐荫社区", "0600-883 0002")):
        ServicePlaceFactory(
            page=page, community_code=code, community_name=name, place=f"{name}食堂", hours=f"{name}十一点", phone=phone
        )
    return page


def click(client: Client, html: str, words: str) -> str:
    return body(client, Links(html).found[words])


def body(client: Client, address: str, **asked: str) -> str:
    """Return what a reader sees of a page."""
    html = client.get(address, asked).content.decode()
    return html[html.index("<body") :]


def test_three_clicks_by_links(client: Client, delivery: ServicePage) -> None:
    html = body(client, home_page().url)

    for words in ("办服务", "槐荫社区", "送餐上门"):
        html = click(client, html, words)

    where = html[html.index('class="panel service__where"') :]
    assert where.index("槐荫社区食堂") < where.index("云水社区食堂")
    assert where.index("0600-883 0002") < where.index("0600-883 0001")
    assert where.index("槐荫社区十一点") < where.index("其他社区的办理点")


def test_three_clicks_by_the_form_where_the_communities_are_many(
    client: Client, delivery: ServicePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "FEW_COMMUNITIES", 2)
    html = click(client, body(client, home_page().url), "办服务")

    assert '<optgroup label="汀南区"><option value="C1">云水社区</option>' in html
    html = body(client, "/services/", community="C2", q="")
    html = click(client, html, "送餐上门")

    assert '<option value="C2" selected>' not in html
    assert html.index("槐荫社区食堂") < html.index("云水社区食堂")


def test_the_community_is_carried_along_and_back(client: Client, delivery: ServicePage) -> None:
    part = ServicePageFactory(parent=delivery, title="中午送餐", category=None, place="", phone="", hours="")
    beside = ServicePageFactory(parent=delivery.get_parent(), title="忌口餐", category=delivery.category)

    html = body(client, f"{delivery.url}?community=C2")

    links = Links(html).found
    assert links["中午送餐"] == f"{part.url}?community=C2"
    assert links["忌口餐"] == f"{beside.url}?community=C2"
    html = body(client, links["中午送餐"])
    assert html.index("槐荫社区食堂") < html.index("云水社区食堂")
    assert Links(html).found["送餐上门"] in {f"{delivery.url}?community=C2", delivery.url}


def test_an_unknown_community_is_not_carried(client: Client, delivery: ServicePage) -> None:
    ServicePageFactory(parent=delivery.get_parent(), title="忌口餐", category=delivery.category)

    html = body(client, delivery.url, community='">')

    assert "?community" not in html
