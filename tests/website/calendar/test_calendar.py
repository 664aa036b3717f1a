from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from config import providers as portal_providers
from tests.factories.website import ActivityCalendarPageFactory, home_page
from website.calendar import queries
from webui import providers
from webui.providers import ActivityItem, CommunityChoice

pytestmark = pytest.mark.django_db

SOON = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=1)


def item(number: int, *, starts_at: datetime = SOON) -> ActivityItem:
    return ActivityItem(
        title=f"活动{number}",
        url=f"/portal/activities/A{number}/",
        community="向阳社区",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        place="门前广场",
        places_left=3,
        places_text="还有 3 个名额",
    )


class Portal:
    """A portal that holds the activities a test gives it."""

    def __init__(self) -> None:
        self.items: list[ActivityItem] = []
        self.asked: list[tuple[str | None, datetime | None]] = []

    def __call__(self, *, community: str | None, after: datetime | None, limit: int | None) -> Sequence[ActivityItem]:
        self.asked.append((community, after))
        return [each for each in self.items if not after or each.starts_at >= after][:limit]


@pytest.fixture
def portal() -> Iterator[Portal]:
    portal = Portal()
    providers.register_activities(portal, communities=lambda: [CommunityChoice("XY", "向阳社区")])
    yield portal
    portal_providers.register()


def test_calendar_groups_by_day(client: Client, portal: Portal) -> None:
    portal.items = [item(1), item(2), item(3, starts_at=SOON + timedelta(days=1))]

    html = client.get(ActivityCalendarPageFactory().url).content.decode()

    assert html.count('class="day"') == 2
    assert html.count("<section") == html.count("</section>")
    assert html.index("活动1") < html.index("活动2") < html.index("活动3")
    assert "还有 3 个名额" in html


def test_calendar_asks_for_one_community(client: Client, portal: Portal) -> None:
    html = client.get(ActivityCalendarPageFactory().url, {"community": "XY"}).content.decode()

    assert portal.asked == [("XY", None)]
    assert '<option value="XY" selected>向阳社区</option>' in html
    assert "近期没有公开活动。" in html


def test_long_calendar_continues_on_the_first_day_left_out(portal: Portal) -> None:
    portal.items = [item(n, starts_at=SOON + timedelta(days=n // 10)) for n in range(queries.AT_ONCE + 15)]

    shown, next_day = queries.activities_from("", community="")

    assert len(shown) == queries.AT_ONCE
    assert next_day == (SOON + timedelta(days=4)).date()
    rest, end = queries.activities_from(next_day.isoformat(), community="")
    assert [each.title for each in rest] == [each.title for each in portal.items[queries.AT_ONCE :]]
    assert end is None


def test_crowded_day_is_cut_rather_than_hidden(portal: Portal) -> None:
    portal.items = [item(n) for n in range(queries.AT_ONCE + 5)]

    shown, next_day = queries.activities_from("", community="")

    assert len(shown) == queries.AT_ONCE
    assert next_day is None


@pytest.mark.parametrize("day", ["", "not-a-day", "2026-13-45", "2001-01-01"])
def test_day_that_makes_no_sense_means_now(day: str, portal: Portal) -> None:
    queries.activities_from(day, community="")

    assert portal.asked == [(None, None)]


def test_later_day_begins_at_its_midnight(portal: Portal) -> None:
    day = timezone.localdate() + timedelta(days=7)

    queries.activities_from(day.isoformat(), community="")

    [(_, after)] = portal.asked
    assert after is not None
    assert timezone.localtime(after) == timezone.make_aware(datetime.combine(day, datetime.min.time()))


def test_home_shows_the_next_three(client: Client, portal: Portal) -> None:
    portal.items = [item(n) for n in range(5)]

    html = client.get(home_page().url).content.decode()

    assert "活动2" in html
    assert "活动3" not in html


def test_sources_answer_nothing_before_they_are_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_activity_sources", "_community_sources", "_count_sources"):
        monkeypatch.setattr(providers, name, [])

    assert providers.upcoming_activities() == []
    assert providers.activity_communities() == []
    assert providers.live_counts() == []
