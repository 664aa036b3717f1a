import re
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.activities import ActivityFactory, ShiftFactory
from tests.factories.website import ActivityCalendarPageFactory, home_page
from tests.website.calendar.portal import SOON, Portal, item
from website.calendar.enums import Span
from website.calendar.models import AT_ONCE, ActivityCalendarPage
from website.calendar.rules import days_of
from webui import providers
from webui.providers import ActivityQuestion

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)


def shown(client: Client, **asked: str) -> str:
    page = ActivityCalendarPage.objects.first() or ActivityCalendarPageFactory()
    return client.get(page.url, asked).content.decode()


def test_calendar_groups_by_day(client: Client, portal: Portal) -> None:
    portal.items = [item(1), item(2), item(3, starts_at=SOON + timedelta(days=1))]

    html = shown(client)

    assert html.count('class="day"') == 2
    assert html.count("<section") == html.count("</section>")
    assert html.index("活动1") < html.index("活动2") < html.index("活动3")
    assert "还有 3 个名额" in html
    assert "3 场" in html


def test_calendar_asks_for_one_community_and_counts_each(client: Client, portal: Portal) -> None:
    portal.items = [item(1), item(2, code="HL"), item(3, code="HL")]

    html = shown(client, community="HL")

    assert '<option value="HL" selected>红柳社区（2）</option>' in html
    assert '<option value="XY">向阳社区（1）</option>' in html
    assert "活动1" not in html
    assert '<span class="visually-hidden">去掉</span>红柳社区<' in html
    assert "feed.ics?community=HL" in html


def test_calendar_asks_for_one_district(client: Client, portal: Portal) -> None:
    portal.items = [item(1), item(2, code="HL")]

    html = shown(client, district="D2")

    assert '<option value="D2" selected>西区（1）</option>' in html
    assert "活动2" in html
    assert "活动1" not in html
    assert "向阳社区" not in html


def test_calendar_asks_for_what_has_places(client: Client, portal: Portal) -> None:
    portal.items = [item(1), replace(item(2), places_left=0, places_text="已满，可以排队")]

    assert "活动2" in shown(client)
    assert "活动2" not in shown(client, places="1")


def test_what_is_called_off_is_said_to_be(client: Client, portal: Portal) -> None:
    portal.items = [item(1, is_cancelled=True)]

    html = shown(client)

    assert "已取消" in html
    assert "个名额" not in html.partition('class="rows"')[2].partition("</ul>")[0]


def test_what_goes_on_is_said_to(client: Client, portal: Portal) -> None:
    portal.items = [item(1, starts_at=timezone.localtime() - timedelta(minutes=1))]

    assert "正在进行" in shown(client)


def test_nothing_on_says_so_and_leads_back(client: Client, portal: Portal) -> None:
    assert "近期没有公开活动。" in shown(client)
    html = shown(client, when="weekend")
    assert "这段时间没有合适的活动。" in html
    assert "看近期的全部活动" in html


def test_long_calendar_goes_on_over_the_page(client: Client, portal: Portal) -> None:
    portal.items = [item(n, starts_at=SOON + timedelta(days=n // 10)) for n in range(AT_ONCE + 15)]
    url = ActivityCalendarPageFactory().url

    first, second = (client.get(url, {"page": number}).content.decode() for number in ("1", "2"))

    assert first.count("row--activity") == AT_ONCE
    assert second.count("row--activity") == 15
    assert f"{AT_ONCE + 15} 场" in first


@pytest.mark.parametrize(
    ("span", "first", "last", "before", "after"),
    [
        (Span.AHEAD, MONDAY, None, None, None),
        (Span.DAY, MONDAY, MONDAY, None, date(2026, 11, 24)),
        (Span.WEEK, MONDAY, date(2026, 11, 29), None, date(2026, 11, 30)),
        (Span.WEEKEND, date(2026, 11, 28), date(2026, 11, 29), None, date(2026, 12, 5)),
        (Span.SEVEN_DAYS, MONDAY, date(2026, 11, 29), None, None),
        (Span.THIRTY_DAYS, MONDAY, date(2026, 12, 22), None, None),
        (Span.MONTH, date(2026, 11, 1), date(2026, 11, 30), None, date(2026, 12, 1)),
    ],
)
def test_each_span_has_its_days(span, first, last, before, after) -> None:
    days = days_of(span, around=MONDAY, today=MONDAY)

    assert (days.first, days.last, days.before, days.after) == (first, last, before, after)


@pytest.mark.parametrize(
    ("span", "before"), [(Span.DAY, 4), (Span.WEEK, 23), (Span.WEEKEND, 28), (Span.MONTH, 1), (Span.SEVEN_DAYS, None)]
)
def test_one_may_go_back_as_far_as_today(span: Span, before: int | None) -> None:
    later = days_of(span, around=date(2026, 12, 5), today=MONDAY)

    assert (later.before and later.before.day) == before
    assert days_of(span, around=date(2020, 1, 1), today=MONDAY) == days_of(span, around=MONDAY, today=MONDAY)


def test_a_month_of_december_is_followed_by_january() -> None:
    days = days_of(Span.MONTH, around=date(2026, 12, 31), today=MONDAY)

    assert (days.last, days.after) == (date(2026, 12, 31), date(2027, 1, 1))


@pytest.mark.parametrize("day", ["", "not-a-day", "2026-13-45", "2001-01-01", "9999-12-31"])
@pytest.mark.parametrize("span", Span.values)
def test_a_day_that_makes_no_sense_means_today(day: str, span: str, client: Client, portal: Portal) -> None:
    shown(client, **{"from": day, "when": span})

    assert portal.asked[-1].starts_from is not None
    assert portal.asked[-1].starts_from <= timezone.now() + timedelta(days=7)


@pytest.mark.parametrize(
    "asked",
    [
        {"when": "for-ever"},
        {"page": "x"},
        {"page": "99"},
        {"community": "没有"},
        {"district": "?"},
        {"places": "maybe"},
    ],
)
def test_a_question_that_makes_no_sense_is_answered(asked: dict[str, str], client: Client, portal: Portal) -> None:
    portal.items = [item(1)]

    assert client.get(ActivityCalendarPageFactory().url, asked).status_code == 200


@time_machine.travel(datetime(2026, 11, 23, 4, tzinfo=timezone.get_fixed_timezone(0)), tick=False)
def test_one_day_holds_that_day_alone(client: Client, portal: Portal) -> None:
    day = timezone.make_aware(datetime(2026, 12, 5, 9))
    portal.items = [item(1, starts_at=day), item(2, starts_at=day + timedelta(days=1))]

    html = shown(client, when="day", **{"from": "2026-12-05"})

    assert re.search(r"共 1 场 ·\s+12月5日 星期六", html)
    assert "活动2" not in html
    assert "from=2026-12-04" in html
    assert "from=2026-12-06" in html


@pytest.mark.usefixtures("portal")
def test_the_page_keeps_what_one_may_ask_it() -> None:
    asked = {"when", "from", "district", "community", "places", "page"}

    assert ActivityCalendarPageFactory().questions == asked


@pytest.mark.parametrize("asked", [{}, {"when": "month"}, {"places": "1"}])
def test_calendar_costs_the_same_with_one_shift_and_with_a_thousand(asked: dict[str, str], client: Client) -> None:
    url = ActivityCalendarPageFactory().url
    first = ShiftFactory()
    client.get(url, asked)
    costs = []
    for more in (0, 999):
        activity = ActivityFactory(area=first.activity.area)
        activity.shifts.bulk_create(
            ShiftFactory.build(activity=activity, starts_at=first.starts_at, ends_at=first.ends_at) for _ in range(more)
        )
        with CaptureQueriesContext(connection) as queries:
            client.get(url, asked)
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 10


def test_home_shows_the_next_three(client: Client, portal: Portal) -> None:
    portal.items = [item(n) for n in range(5)]

    html = client.get(home_page().url).content.decode()

    assert "活动2" in html
    assert "活动3" not in html


def test_sources_answer_nothing_before_they_are_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_activity_sources", "_activity_place_sources", "_count_sources"):
        monkeypatch.setattr(providers, name, [])

    assert providers.upcoming_activities() == []
    assert providers.activity_places(ActivityQuestion()) == []
    assert providers.live_counts() == []
