"""What other calendars and feed readers get."""

import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar, Event

from portal.activities.actions import activities as acts
from portal.activities.models import Activity
from tests.factories.activities import ActivityFactory, ShiftFactory
from tests.factories.website import ActivityCalendarPageFactory
from website.calendar.models import ActivityCalendarPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> ActivityCalendarPage:
    return ActivityCalendarPageFactory()


def subscribed(client: Client, page: ActivityCalendarPage, **asked: str) -> dict[str, Event]:
    """Return the events by uid, as a calendar that subscribes reads them."""
    answer = client.get(f"{page.url}feed.ics", asked)
    assert answer.status_code == 200
    calendar = Calendar.from_ical(answer.content)
    assert calendar.errors == []
    return {str(event["uid"]): event for event in calendar.events}


def test_subscribers_get_what_is_on_where_and_when(client: Client, page: ActivityCalendarPage) -> None:
    shift = ShiftFactory(activity__summary="带上水杯。", activity__contact_name="赵不说")

    [event] = subscribed(client, page).values()

    assert event["summary"] == shift.activity.title
    assert event["location"] == f"{shift.activity.area.name}，一号楼前"
    assert event["description"] == "带上水杯。"
    assert event["status"] == "CONFIRMED"
    assert event.decoded("dtstart") == shift.starts_at.replace(microsecond=0)
    assert event["dtstart"].params["TZID"] == "Asia/Shanghai"
    assert str(event["url"]).endswith(f"/portal/activities/{shift.activity.code}/")
    assert str(event["url"]).startswith("http")


def test_the_file_carries_its_time_zone_and_its_name(client: Client, page: ActivityCalendarPage) -> None:
    answer = client.get(f"{page.url}feed.ics")
    calendar = Calendar.from_ical(answer.content)

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Shanghai"]
    [standard] = calendar.walk("STANDARD")
    assert standard.decoded("tzoffsetto") == timedelta(hours=8)
    assert calendar["x-wr-calname"] == page.title
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))


def test_nobody_is_named_in_the_files(client: Client, page: ActivityCalendarPage) -> None:
    ShiftFactory(activity__contact_name="赵不说", activity__contact_phone="010-5550 9999")

    for name in ("feed.ics", "feed.rss"):
        text = client.get(f"{page.url}{name}").content.decode().replace("\r\n ", "")
        assert "楼道清洁" in text
        assert "赵不说" not in text
        assert "9999" not in text


def test_an_update_is_seen_under_the_same_uid_with_a_higher_sequence(
    client: Client, page: ActivityCalendarPage
) -> None:
    activity = ActivityFactory(published_at=timezone.now() - timedelta(days=1))
    ShiftFactory(activity=activity)
    Activity.objects.update(updated_at=activity.published_at)
    [(uid, before)] = subscribed(client, page).items()

    acts.edit_activity(activity=activity, by=activity.created_by, title="改了名字")
    after = subscribed(client, page)

    assert list(after) == [uid]
    assert after[uid]["summary"] == "改了名字"
    assert after[uid].sequence > before.sequence
    assert after[uid].decoded("last-modified") > before.decoded("last-modified")


def test_what_is_called_off_stays_as_cancelled(client: Client, page: ActivityCalendarPage) -> None:
    shift = ShiftFactory(activity__published_at=timezone.now() - timedelta(days=1))
    [uid] = subscribed(client, page)

    acts.cancel(activity=shift.activity, by=shift.activity.created_by, reason="有大雨。")
    after = subscribed(client, page)

    assert list(after) == [uid]
    assert after[uid]["status"] == "CANCELLED"


def test_each_community_and_district_has_its_own(client: Client, page: ActivityCalendarPage) -> None:
    ours, other = ShiftFactory(), ShiftFactory()
    area = ours.activity.area
    district = area.get_ancestors().get(kind="district")

    whole = subscribed(client, page)
    one = client.get(f"{page.url}feed.ics", {"community": area.code})

    assert len(whole) == 2
    assert other.activity.title not in one.content.decode()
    assert Calendar.from_ical(one.content)["x-wr-calname"] == f"{page.title} · {area.name}"
    assert list(subscribed(client, page, district=district.code)) == list(subscribed(client, page, community=area.code))
    assert subscribed(client, page, community="no-such-place") == {}


def test_drafts_and_the_long_past_are_not_in_it(client: Client, page: ActivityCalendarPage) -> None:
    ShiftFactory(activity=ActivityFactory(draft=True))
    ShiftFactory(starts_at=timezone.now() - timedelta(days=20))
    ShiftFactory(activity=ActivityFactory(cancelled=True, published_at=None))
    yesterday = ShiftFactory(starts_at=timezone.now() - timedelta(days=1))

    assert [event["summary"] for event in subscribed(client, page).values()] == [yesterday.activity.title]


@pytest.mark.parametrize("name", ["feed.ics", "feed.rss"])
def test_who_has_it_already_gets_it_again_only_when_it_changed(
    name: str, client: Client, page: ActivityCalendarPage
) -> None:
    shift = ShiftFactory()
    first = client.get(f"{page.url}{name}")
    asked = {"If-None-Match": first["ETag"]}

    again = client.get(f"{page.url}{name}", headers=asked)
    acts.edit_activity(activity=shift.activity, by=shift.activity.created_by, title="改了名字")
    changed = client.get(f"{page.url}{name}", headers=asked)

    assert first["Cache-Control"] == again["Cache-Control"] == "public, max-age=300"
    assert (again.status_code, again["ETag"]) == (304, first["ETag"])
    assert not again.content
    assert changed.status_code == 200
    assert not first.cookies


def test_feed_tells_what_was_published_last_first(client: Client, page: ActivityCalendarPage) -> None:
    old = ShiftFactory(activity__published_at=timezone.now() - timedelta(days=3))
    new = ShiftFactory(starts_at=old.starts_at + timedelta(days=4))
    off = ShiftFactory(activity=ActivityFactory(cancelled=True, published_at=old.activity.published_at))

    answer = client.get(f"{page.url}feed.rss")
    channel = ET.fromstring(answer.content).find("channel")

    assert answer["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert channel is not None
    assert channel.findtext("link") == page.full_url
    assert channel.findtext("language") == "zh-hans"
    titles = [entry.findtext("title") or "" for entry in channel.iter("item")]
    assert titles[0].endswith(new.activity.title)
    assert [title.startswith("已取消：") for title in titles if title.endswith(off.activity.title)] == [True]
    links = [entry.findtext("link") or "" for entry in channel.iter("item")]
    assert links[0].endswith(f"/portal/activities/{new.activity.code}/")


def test_page_names_its_feeds(client: Client, page: ActivityCalendarPage) -> None:
    html = client.get(page.url).content.decode()

    assert f'type="text/calendar" title="{page.title}" href="{page.full_url}feed.ics"' in html
    assert f'type="application/rss+xml" title="{page.title}" href="{page.full_url}feed.rss"' in html
    assert 'href="webcal://127.0.0.1:8000' in html
    assert "复制链接" in html


@pytest.mark.parametrize("name", ["feed.ics", "feed.rss"])
def test_files_cost_the_same_with_one_shift_and_with_many(
    name: str, client: Client, page: ActivityCalendarPage
) -> None:
    costs = []
    for more in (1, 5):
        for _ in range(more):
            ShiftFactory()
        client.get(f"{page.url}{name}")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{page.url}{name}")
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 10


def test_there_is_no_such_file_below_another_page(client: Client) -> None:
    assert client.get("/feed.ics").status_code == 404
    assert client.get("/nowhere/feed.rss").status_code == 404


def test_activities_are_open_data(client: Client) -> None:
    shift = ShiftFactory(activity__contact_name="赵不说", capacity=7)
    ShiftFactory(activity=ActivityFactory(cancelled=True))
    ShiftFactory(activity=ActivityFactory(draft=True))

    records = client.get("/open-data/activities.json").json()["records"]
    table = client.get("/open-data/activities.csv").content.decode("utf-8-sig")

    assert [(record["state"], record["places_left"]) for record in records] == [("scheduled", 7), ("cancelled", None)]
    assert records[0]["title"] == shift.activity.title
    assert records[0]["starts_at"].endswith("+08:00")
    assert len(table.splitlines()) == 3
    assert "赵不说" not in table


def test_a_file_is_written_once_and_anew_when_something_changed(
    client: Client, page: ActivityCalendarPage, settings
) -> None:
    settings.PUBLIC_PAGES_KEPT_SECONDS = 60
    shift = ShiftFactory()
    first = client.get(f"{page.url}feed.ics")
    caches["pages"].set(f"ical.{first['ETag']}", b"kept", 60)

    again = client.get(f"{page.url}feed.ics")
    acts.edit_activity(activity=shift.activity, by=shift.activity.created_by, title="改了名字")
    changed = client.get(f"{page.url}feed.ics")

    assert again.content == b"kept"
    assert "改了名字" in changed.content.decode()


def test_a_file_is_written_anew_when_the_cache_is_away(client: Client, page: ActivityCalendarPage, settings) -> None:
    settings.PUBLIC_PAGES_KEPT_SECONDS = 60
    settings.CACHES = settings.CACHES | {
        "pages": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    }
    ShiftFactory()

    assert len(subscribed(client, page)) == 1
