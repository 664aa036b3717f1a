"""A community that was merged: what editors wrote of it, old addresses and subscriptions lead to what followed it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from portal.organisations.actions import Part, merge_areas, split_area
from portal.organisations.models import Area
from tests.factories.activities import ShiftFactory
from tests.factories.organisations import CommunityFactory, StreetFactory
from tests.factories.services_at import ServicePlaceFactory
from tests.factories.venues import VenueFactory
from tests.factories.website import (
    ActivityCalendarPageFactory,
    ServiceIndexPageFactory,
    ServicePageFactory,
    VenueIndexPageFactory,
    home_page,
    source_locale,
)
from website.navigation.banners import banners_to_come
from website.navigation.models import Banner
from website.services.models import ServicePlace
from webui.providers import codes_of, community_today

pytestmark = pytest.mark.django_db


@pytest.fixture
def old() -> Area:
    return CommunityFactory(name="东湖社区", above=StreetFactory())


@pytest.fixture
def new(old: Area) -> Area:
    return CommunityFactory(name="西湖社区", above=old.get_parent())


def merge(old: Area, new: Area) -> None:
    merge_areas(areas=[old], into=new, by=None)


def test_an_old_code_leads_to_what_stands_there_today(old: Area, new: Area) -> None:
    newest = CommunityFactory()
    assert community_today(old.code) == old.code

    merge(old, new)
    assert community_today(old.code) == new.code
    assert codes_of(old.code) == codes_of(new.code) == [new.code, old.code]

    merge(new, newest)
    assert community_today(old.code) == newest.code
    split_area(area=newest, parts=[Part("N", "北"), Part("S", "南")], by=None)
    assert community_today(old.code) == old.code  # nobody knows who belongs where


def test_a_page_that_names_none_asks_nothing(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert community_today("") == ""
        assert codes_of("") == [""]


def test_whoever_subscribed_to_the_old_community_hears_of_what_is_to_come(client: Client, old: Area, new: Area) -> None:
    calendar, shift = ActivityCalendarPageFactory(), ShiftFactory(activity__area=old)
    merge(old, new)

    answer = client.get(f"{calendar.url}feed.ics", {"community": old.code})
    page = client.get(calendar.url, {"community": old.code}).content.decode()

    [event] = Calendar.from_ical(answer.content).events
    assert shift.activity.title in str(event["summary"])
    assert shift.activity.title in page
    assert "东湖社区" not in page


def test_a_venue_is_found_in_the_community_that_follows(client: Client, old: Area, new: Area) -> None:
    index = VenueIndexPageFactory()
    VenueFactory(parent=index, title="东湖书屋", community_code=old.code, community_name=old.name)
    merge(old, new)

    for code in (old.code, new.code):
        page = client.get(index.url, {"community": code}).content.decode()
        assert "东湖书屋" in page
        assert "西湖社区" in page
        assert "东湖社区" not in page


def test_a_service_is_offered_to_whoever_comes_by_an_old_poster(client: Client, old: Area, new: Area) -> None:
    index = ServiceIndexPageFactory()
    service = ServicePageFactory(parent=index, title="送餐上门")
    ServicePlaceFactory(page=service, community_code=old.code, community_name=old.name, place="二楼小食堂")
    ServicePlaceFactory(page=service, community_code=CommunityFactory().code, place="别处")
    merge(old, new)

    for code in (old.code, new.code):
        page = client.get(service.url, {"community": code}).content.decode()
        panel = page[page.index('class="panel service__where"') : page.index("</aside>")]
        assert "二楼小食堂" in panel.split("别处")[0]
        found = client.get(index.url, {"community": code}).context["catalogue"]
        assert found.question.community == new.code
        assert [row.entry.page.title for group in found.here for row in group.rows] == ["送餐上门"]


def test_what_an_editor_saves_again_names_the_community_that_follows(old: Area, new: Area) -> None:
    place = ServicePlace(community_code=old.code, community_name=old.name)
    merge(old, new)

    place.clean()

    assert (place.community_code, place.community_name) == (new.code, "西湖社区")


def test_a_banner_for_the_old_community_reaches_the_one_that_follows(old: Area, new: Area) -> None:
    home_page()
    now = timezone.now()
    Banner.objects.create(
        text="今晚停水", areas=[old.code], starts_at=now, ends_at=now + timedelta(hours=1), locale=source_locale()
    )
    merge(old, new)

    [banner] = banners_to_come(source_locale().language_code)

    assert banner.communities == {new.code}
    assert banner.area_names == "西湖社区"
