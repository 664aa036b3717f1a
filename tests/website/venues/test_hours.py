from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from website.venues.hours import Hours, days_in_words, opening

CHINA = ZoneInfo("Asia/Shanghai")
WEEKDAYS = (0, 1, 2, 3, 4)
SPLIT = [Hours(WEEKDAYS, time(9), time(12)), Hours(WEEKDAYS, time(14), time(17, 30)), Hours((5,), time(9), time(12))]
ALWAYS = [Hours(tuple(range(7)), time(0), time(23, 59))]


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment in the week of Monday 23 November 2026."""
    return datetime(2026, 11, 23 + day, hour, minute, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("moment", "is_open", "text"),
    [
        (at(0, 8, 59), False, "今天 9:00 开放"),
        (at(0, 9), True, "现在开放，到 12:00"),
        (at(0, 11, 59), True, "现在开放，到 12:00"),
        (at(0, 12), False, "今天 14:00 开放"),
        (at(0, 17, 29), True, "现在开放，到 17:30"),
        (at(0, 17, 30), False, "明天 9:00 开放"),
        (at(5, 12), False, "周一 9:00 开放"),
        (at(6, 10), False, "明天 9:00 开放"),
    ],
)
def test_a_venue_is_open_or_says_when_it_is_next(moment: datetime, is_open: bool, text: str) -> None:
    found = opening(SPLIT, at=moment)

    assert found is not None
    assert (found.is_open, found.text) == (is_open, text)


def test_hours_are_those_of_china_wherever_the_server_stands() -> None:
    found = opening(SPLIT, at=datetime(2026, 11, 23, 1, 30, tzinfo=ZoneInfo("UTC")))

    assert found is not None
    assert found.is_open


@pytest.mark.parametrize("moment", [at(0, 0), at(3, 12), at(6, 23, 59)])
def test_all_day_means_all_day(moment: datetime) -> None:
    found = opening(ALWAYS, at=moment)

    assert found is not None
    assert (found.is_open, found.text) == (True, "现在开放")
    assert (ALWAYS[0].days_text, ALWAYS[0].time_text) == ("每天", "全天")


def test_spans_that_touch_are_one() -> None:
    touching = [Hours((0,), time(9), time(12)), Hours((0,), time(12), time(15)), Hours((0,), time(10), time(11))]
    found = opening(touching, at=at(0, 10))

    assert found is not None
    assert found.text == "现在开放，到 15:00"


def test_one_day_a_week_comes_round_again() -> None:
    once = [Hours((0,), time(9), time(12))]
    found = opening(once, at=at(0, 12))

    assert found is not None
    assert found.text == "周一 9:00 开放"


def test_a_closure_goes_before_all_hours() -> None:
    found = opening(ALWAYS, at=at(0, 12), closure="装修")

    assert found is not None
    assert (found.is_open, found.text) == (False, "暂停开放")


def test_nobody_knows_without_hours() -> None:
    assert opening([], at=at(0, 12)) is None


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (range(7), "每天"),
        (WEEKDAYS, "周一至周五"),
        ((5, 6), "周六、周日"),
        ((0, 2, 4), "周一、周三、周五"),
        ((6, 0, 1, 2), "周一至周三、周日"),
        ((3, 3), "周四"),
    ],
)
def test_days_are_said_as_people_say_them(days, words: str) -> None:
    assert days_in_words(days) == words
