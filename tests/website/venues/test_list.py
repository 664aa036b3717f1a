"""The list of venues: what one may ask it for, and how near things are."""

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.organisations import CommunityFactory
from tests.factories.venues import VenueFactory
from tests.factories.website import VenueIndexPageFactory
from website.venues.models import VenueIndexPage

pytestmark = pytest.mark.django_db

MONDAY_MORNING = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
NEAR, FAR = ("30.650000", "104.060000"), ("30.700000", "104.060000")
TEN_MINUTES_OFF, A_BIT_MORE = ("30.657100", "104.060000"), ("30.657300", "104.060000")


@pytest.fixture
def index() -> VenueIndexPage:
    return VenueIndexPageFactory()


def asked(client: Client, index: VenueIndexPage, **question: str) -> str:
    return client.get(index.url, question).content.decode()


def titles(html: str) -> list[str]:
    return re.findall(r'class="row__title"><a href="[^"]+">([^<]+)</a>', html)


def test_list_goes_by_kind_the_large_ones_first(client: Client, index: VenueIndexPage) -> None:
    VenueFactory(parent=index, title="甲", kind="outdoor")
    VenueFactory(parent=index, title="乙", kind="red_book_corner")
    VenueFactory(parent=index, title="丙", kind="service_centre")

    html = asked(client, index)

    assert titles(html) == ["丙", "乙", "甲"]
    assert re.findall(r"<h2>([^<]+)</h2>", html) == ["党群服务中心", "红色书吧", "户外场地"]
    assert "3 处" in html


@time_machine.travel(MONDAY_MORNING, tick=False)
@pytest.mark.parametrize(
    ("question", "found"),
    [
        ({}, ["中心", "食堂", "关门的"]),
        ({"kind": "canteen"}, ["食堂"]),
        ({"has": "ramp"}, ["中心"]),
        ({"open": "1"}, ["中心"]),
        ({"kind": "canteen", "has": "ramp"}, []),
        ({"kind": "nonsense"}, []),
        ({"has": "x" * 500}, []),
        ({"near": "nowhere"}, ["中心", "食堂", "关门的"]),
    ],
)
def test_list_may_be_asked_for_some(
    question: dict[str, str], found: list[str], client: Client, index: VenueIndexPage
) -> None:
    VenueFactory(parent=index, title="中心", known_facilities=["ramp", "water"])
    VenueFactory(parent=index, title="食堂", kind="canteen", weekly=[("01234", "11:00", "13:00")])
    VenueFactory(parent=index, title="关门的", kind="hall", closure="装修")

    html = asked(client, index, **question)

    assert titles(html) == found
    assert ("没有合适的阵地。" in html) == (not found)


def test_list_counts_what_each_choice_would_leave(client: Client, index: VenueIndexPage) -> None:
    area = CommunityFactory(name="向阳社区")
    VenueFactory(parent=index, community_code=area.code, known_facilities=["water", "ramp"])
    VenueFactory(parent=index, kind="canteen", known_facilities=["water"])

    html = asked(client, index, kind="canteen")

    assert '<option value="water">饮水（1）</option>' in html
    assert "无障碍坡道" not in html
    assert "向阳社区" not in html
    assert '<option value="canteen" selected>助餐点（1）</option>' in html
    assert '<option value="service_centre">党群服务中心（1）</option>' in html
    assert "向阳社区（1）" in asked(client, index)


def test_what_was_chosen_may_be_taken_away(client: Client, index: VenueIndexPage) -> None:
    VenueFactory(parent=index, kind="canteen")
    VenueFactory(parent=index, known_facilities=["ramp"])

    html = asked(client, index, kind="canteen", has="ramp", open="1")

    chips = re.findall(r'<a class="chip chip--chosen" href="([^"]*)"><span[^>]*>去掉</span>([^<]+)<', html)
    assert chips == [
        ("?has=ramp&amp;open=1", "类型：助餐点"),
        ("?kind=canteen&amp;open=1", "有什么：无障碍坡道"),
        ("?kind=canteen&amp;has=ramp", "时间：现在开放"),
    ]
    assert '<meta name="robots" content="noindex, follow">' in html
    assert "chip--chosen" not in asked(client, index, kind="nonsense", near="<b>")


def test_nearest_comes_first_and_the_unplaced_last(client: Client, index: VenueIndexPage) -> None:
    VenueFactory(parent=index, title="甲", at=FAR)
    VenueFactory(parent=index, title="乙")
    VenueFactory(parent=index, title="丁", at=A_BIT_MORE, kind="outdoor")
    here = VenueFactory(parent=index, title="丙", at=NEAR)

    html = asked(client, index, near=here.slug)

    assert titles(html) == ["丁", "甲", "乙"]
    assert "离丙近的在前" in html
    assert "约 5.6 km，走路约 70 分钟" in html
    assert f'<option value="{here.slug}" selected>丙</option>' in html


def test_a_community_is_where_the_middle_of_its_venues_is(client: Client, index: VenueIndexPage) -> None:
    area = CommunityFactory(name="向阳社区")
    VenueFactory(parent=index, title="北", at=("30.660000", "104.060000"), community_code=area.code)
    VenueFactory(parent=index, title="南", at=("30.640000", "104.060000"), community_code=area.code)
    VenueFactory(parent=index, title="中", at=NEAR)

    html = asked(client, index, near=area.code)

    assert titles(html)[0] == "中"
    assert "约 10 m" in html
    assert f'<option value="{area.code}" selected>向阳社区</option>' in html


def test_ten_minutes_end_at_800_metres(client: Client, index: VenueIndexPage) -> None:
    here = VenueFactory(parent=index, at=NEAR)
    VenueFactory(parent=index, title="近", at=TEN_MINUTES_OFF)
    VenueFactory(parent=index, title="远", at=A_BIT_MORE)

    rows = asked(client, index, near=here.slug).split('<li class="row venue-row">')[1:]

    assert ["十分钟圈" in row for row in rows] == [True, False]
    assert "走路约 10 分钟" in rows[0]


def test_a_place_read_from_a_chinese_map_is_measured_where_it_is(client: Client, index: VenueIndexPage) -> None:
    here = VenueFactory(parent=index, at=("39.901050", "116.420790"))
    VenueFactory(parent=index, at=("39.902446", "116.427022"), datum="gcj02")

    rows = asked(client, index, near=here.slug).split('<li class="row venue-row">')[1:]

    assert ["约 10 m" in row for row in rows] == [True]


@pytest.mark.parametrize("question", [{}, {"near": "v0"}, {"open": "1", "has": "ramp"}])
def test_list_costs_the_same_with_one_venue_and_with_fifty(
    question: dict[str, str], client: Client, index: VenueIndexPage
) -> None:
    VenueFactory(parent=index, slug="v0", at=NEAR)
    client.get(index.url)
    costs = []
    for more in (0, 49):
        for _ in range(more):
            VenueFactory(parent=index, at=FAR, known_facilities=["ramp"])
        client.get(index.url)
        with CaptureQueriesContext(connection) as queries:
            client.get(index.url, question)
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 10


def test_long_list_goes_on_over_the_page(client: Client, index: VenueIndexPage) -> None:
    for _ in range(31):
        VenueFactory(parent=index)

    assert len(titles(asked(client, index))) == 30
    assert len(titles(asked(client, index, page="2"))) == 1


def test_the_points_of_what_was_asked_for_are_given_without_asking_where_the_reader_is(
    client: Client, index: VenueIndexPage
) -> None:
    VenueFactory(parent=index, title="甲", at=NEAR, kind="canteen")
    VenueFactory(parent=index, title="乙", at=FAR)
    VenueFactory(parent=index, title="丙", kind="canteen")

    answer = client.get(f"{index.url}points/", {"kind": "canteen"})

    [point] = answer.json()["venues"]
    assert (point["title"], point["latitude"], point["longitude"]) == ("甲", 30.65, 104.06)
    assert set(point) == {"title", "url", "kind", "address", "opening", "latitude", "longitude"}
    assert not answer.cookies


def permission(client: Client, url: str) -> str:
    policy = client.get(url).headers["Permissions-Policy"]
    [said] = [part.strip() for part in policy.split(",") if part.strip().startswith("geolocation")]
    return said


def test_only_the_list_may_ask_where_the_reader_is(client: Client, index: VenueIndexPage, settings) -> None:
    venue = VenueFactory(parent=index)
    settings.PUBLIC_PAGES_KEPT_SECONDS = 60
    caches["pages"].clear()

    for _made_then_kept in range(2):
        assert permission(client, index.url) == "geolocation=(self)"
        assert permission(client, venue.url) == "geolocation=()"
    assert client.get(index.url).headers["X-Page-Cache"] == "hit"
    assert permission(client, "/") == "geolocation=()"


@pytest.mark.parametrize(("at", "is_offered"), [(NEAR, True), (None, False)])
def test_the_button_waits_for_the_script(at: Any, is_offered: bool, client: Client, index: VenueIndexPage) -> None:
    VenueFactory(parent=index, **({"at": at} if at else {}))

    html = asked(client, index)

    assert ("用我的位置排序" in html) is is_offered
    if is_offered:
        assert re.search(r"data-nearby=\"[^\"]+points/\" hidden", html)


def test_venues_are_open_data(client: Client, index: VenueIndexPage) -> None:
    VenueFactory(parent=index, title="甲", at=NEAR, known_facilities=["water", "ramp"], kind="canteen")
    VenueFactory(parent=index, title="草稿", live=False)

    [record] = client.get("/open-data/venues.json").json()["records"]
    table = client.get("/open-data/venues.csv").content.decode("utf-8-sig").splitlines()

    assert (record["title"], record["latitude"], record["facilities"]) == ("甲", 30.65, ["ramp", "water"])
    assert record["hours"] == ["周一至周五 9:00–17:00"]
    assert len(table) == 2
    assert table[0].startswith("title,kind,kind_name,community")
