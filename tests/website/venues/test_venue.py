"""One venue: what its page says, and what editors may not write."""

import json
import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from tests.factories.organisations import CommunityFactory
from tests.factories.venues import VenueFactory, rows
from tests.factories.website import ActivityCalendarPageFactory, ServiceIndexPageFactory, VenueIndexPageFactory
from website.venues.maps import static_map
from website.venues.models import VenuePage
from website.venues.positions import Position

pytestmark = pytest.mark.django_db

MONDAY_MORNING = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
HERE = ("30.650000", "104.060000")


def shown(client: Client, venue: VenuePage) -> str:
    return client.get(venue.url).content.decode()


@time_machine.travel(MONDAY_MORNING, tick=False)
def test_page_says_when_it_is_open_and_whether_it_is_now(client: Client) -> None:
    venue = VenueFactory(weekly=[("01234", "9:00", "17:00"), ("56", "9:30", "12:00")], hours="春节不开。")

    html = shown(client, venue)

    assert "现在开放，到 17:00" in html
    assert re.search(r"周一至周五 <span class=\"keep\">9:00–17:00</span>", html)
    assert re.search(r"周六、周日 <span class=\"keep\">9:30–12:00</span>", html)
    assert "春节不开。" in html


def test_page_says_why_it_is_closed(client: Client) -> None:
    html = shown(client, VenueFactory(closure="装修，三月恢复。"))

    assert "暂停开放" in html
    assert "装修，三月恢复。" in html
    assert "现在开放" not in html


def test_page_tells_what_helps_and_what_there_is(client: Client) -> None:
    venue = VenueFactory(known_facilities=["ramp", "lift", "water"], facilities="棋桌八张")

    html = shown(client, venue)

    assert "<dt>无障碍</dt><dd>无障碍坡道、电梯</dd>" in html
    assert "<li>饮水</li>" in html
    assert "棋桌八张" in html


def test_page_opens_a_map_of_the_telephone(client: Client) -> None:
    index = VenueIndexPageFactory()
    html = shown(client, VenueFactory(parent=index, at=HERE, title="向阳 中心"))

    assert 'href="geo:30.650000,104.060000?q=30.650000,104.060000(%E5%90%91%E9%98%B3%20%E4%B8%AD%E5%BF%83)"' in html
    assert "geo:" not in shown(client, VenueFactory(parent=index))


def test_page_shows_its_three_nearest(client: Client) -> None:
    index = VenueIndexPageFactory()
    venue = VenueFactory(parent=index, at=HERE)
    for number in range(1, 5):
        VenueFactory(parent=index, title=f"第{number}近", at=(f"30.65{number}000", "104.060000"))
    VenueFactory(parent=index, title="不知道在哪")

    html = shown(client, venue)

    assert re.findall(r">(第\d近)<", html) == ["第1近", "第2近", "第3近"]
    assert f'href="{index.url}?near={venue.slug}"' in html
    assert "不知道在哪" not in html


def test_machines_are_told_what_is_known(client: Client) -> None:
    venue = VenueFactory(at=HERE, known_facilities=["ramp"], weekly=[("06", "9:00", "17:00")])

    told = structured(shown(client, venue))

    assert told["@type"] == "CivicStructure"
    assert told["geo"] == {"@type": "GeoCoordinates", "latitude": 30.65, "longitude": 104.06}
    [hours] = told["openingHoursSpecification"]
    assert hours["dayOfWeek"] == ["https://schema.org/Monday", "https://schema.org/Sunday"]
    assert (hours["opens"], hours["closes"]) == ("09:00", "17:00")
    assert told["amenityFeature"][0]["name"] == "无障碍坡道"
    assert told["address"]["streetAddress"] == venue.address


def test_machines_are_told_nothing_that_is_not_known(client: Client) -> None:
    told = structured(shown(client, VenueFactory(weekly=[], address="", phone="", kind="reading_room")))

    assert told["@type"] == "Library"
    assert not {"geo", "address", "telephone", "openingHoursSpecification", "amenityFeature"} & set(told)


def structured(html: str) -> dict[str, Any]:
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    [told] = [data for data in map(json.loads, scripts) if data["@type"] != "BreadcrumbList"]
    return told


def test_there_is_no_map_unless_the_operator_chose_one(client: Client, settings) -> None:
    venue = VenueFactory(at=HERE)
    assert "<figure" not in shown(client, venue)

    settings.STATIC_MAP_URL = "https://maps.example/static?at={lon},{lat}&size=600x400"
    settings.STATIC_MAP_CREDIT = "某图 · 审图号 GS(0000)1号"
    html = shown(client, venue)

    assert "https://maps.example/static?at=104.06" in html
    assert "审图号" in html


@pytest.mark.parametrize(("datum", "at"), [("wgs84", "39.901050,116.420790"), ("gcj02", "39.902446,116.427022")])
def test_the_map_is_asked_for_where_it_draws_the_place(datum: str, at: str, settings) -> None:
    settings.STATIC_MAP_URL, settings.STATIC_MAP_DATUM = "https://maps.example/{lat},{lon}", datum

    assert static_map(Position(39.90105, 116.42079)) == f"https://maps.example/{at}"
    assert static_map(None) == ""


@pytest.mark.parametrize(
    ("latitude", "longitude", "message"),
    [
        ("30.65", None, "要么都填"),
        (None, "104.06", "要么都填"),
        ("104.06", "30.65", "填反了"),
        ("51.5", "-0.12", "不在国内"),
        ("91", "104", "不在国内"),
    ],
)
def test_an_odd_place_is_refused(latitude: str | None, longitude: str | None, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        VenueFactory(at=(latitude, longitude))


def test_a_community_is_one_of_the_city() -> None:
    area = CommunityFactory(name="向阳社区")

    index = VenueIndexPageFactory()

    assert VenueFactory(parent=index, community_code=area.code).community_name == "向阳社区"
    assert VenueFactory(parent=index, community_code="", community_name="没有选").community_name == ""
    assert VenueFactory(parent=index, community_code="ended", community_name="旧社区").community_name == "旧社区"
    with pytest.raises(ValidationError, match="没有这个社区"):
        VenueFactory(parent=index, community_code="no-such-place")


@pytest.mark.parametrize(
    ("hours", "message"),
    [
        (("", "9:00", "17:00"), "days"),
        (("0", "17:00", "9:00"), "结束要晚于开始"),
        (("9", "9:00", "17:00"), "从列表里选"),
    ],
)
def test_odd_hours_are_refused(hours: tuple[str, str, str], message: str) -> None:
    [row] = rows([hours])
    row.page = VenueFactory()
    row.locale = row.page.locale

    with pytest.raises(ValidationError, match=message):
        row.full_clean()


@pytest.mark.parametrize("known", [["swimming"], "ramp", {"ramp": 1}, [["ramp"]]])
def test_unknown_facilities_are_refused(known: Any) -> None:
    with pytest.raises(ValidationError, match="从列表里选"):
        VenueFactory(known_facilities=known)


def test_facilities_are_kept_in_the_order_of_the_list() -> None:
    assert VenueFactory(known_facilities=["water", "ramp", "water"]).known_facilities == ["ramp", "water"]


def test_page_leads_to_what_else_its_community_offers(client: Client) -> None:
    area = CommunityFactory(name="向阳社区")
    services, calendar = ServiceIndexPageFactory(), ActivityCalendarPageFactory()
    index = VenueIndexPageFactory()

    html = shown(client, VenueFactory(parent=index, community_code=area.code))

    assert f'href="{services.url}?community={area.code}">向阳社区能办的服务' in html
    assert f'href="{calendar.url}?community={area.code}">向阳社区近期的活动' in html
    assert "?community=" not in shown(client, VenueFactory(parent=index))
