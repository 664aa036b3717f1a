"""The dates of a rule."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from portal.activities.enums import Frequency
from portal.activities.recurring import LONGEST, Recurrence, moved, moved_alike, on_day

FIRST = date(2026, 12, 5)  # a Saturday, the first of its month


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Recurrence(FIRST, Frequency.WEEKLY, count=3), ["12-05", "12-12", "12-19"]),
        (Recurrence(FIRST, Frequency.WEEKLY, interval=2, count=3), ["12-05", "12-19", "01-02"]),
        (Recurrence(FIRST, Frequency.WEEKLY, until=date(2026, 12, 19)), ["12-05", "12-12", "12-19"]),
        (Recurrence(FIRST, Frequency.MONTHLY_DAY, count=3), ["12-05", "01-05", "02-05"]),
        (Recurrence(FIRST, Frequency.MONTHLY_WEEKDAY, count=3), ["12-05", "01-02", "02-06"]),
        (
            Recurrence(FIRST, Frequency.WEEKLY, count=3, except_on=frozenset({date(2026, 12, 12)})),
            ["12-05", "12-19"],
        ),
    ],
)
def test_each_rule_gives_its_dates(rule, expected):
    assert [f"{day:%m-%d}" for day in rule.dates] == expected


def test_a_month_without_the_day_is_passed_over():
    rule = Recurrence(date(2026, 12, 31), Frequency.MONTHLY_DAY, count=3)

    assert rule.dates == [date(2026, 12, 31), date(2027, 1, 31), date(2027, 3, 31)]


def test_the_fifth_weekday_is_the_last():
    rule = Recurrence(date(2026, 12, 29), Frequency.MONTHLY_WEEKDAY, count=3)

    assert rule.dates == [date(2026, 12, 29), date(2027, 1, 26), date(2027, 2, 23)]


@given(
    first_on=st.dates(date(2026, 1, 1), date(2030, 12, 31)),
    frequency=st.sampled_from(Frequency.values),
    interval=st.integers(1, 12),
    count=st.integers(1, 200),
)
def test_dates_rise_begin_with_the_first_and_never_exceed_the_count(first_on, frequency, interval, count):
    dates = Recurrence(first_on, frequency, interval, count).dates

    assert dates[0] == first_on
    assert dates == sorted(set(dates))
    assert len(dates) <= min(count, LONGEST)
    if frequency != Frequency.MONTHLY_DAY:
        assert {day.weekday() for day in dates} == {first_on.weekday()}
    if frequency == Frequency.WEEKLY:
        assert len(dates) == min(count, LONGEST)


MOMENTS = st.builds(
    on_day, st.dates(date(2026, 1, 1), date(2030, 12, 31)), st.times().map(lambda at: at.replace(microsecond=0))
)


@given(moment=MOMENTS, days=st.integers(-400, 400))
def test_moving_by_days_keeps_the_local_time(moment, days):
    there, here = timezone.localtime(moved(moment, days=days)), timezone.localtime(moment)

    assert there.time() == here.time()
    assert there.date() == here.date() + timedelta(days=days)


def test_a_time_that_follows_another_moves_by_as_many_days_to_the_same_clock():
    before, after = (on_day(FIRST, time(9)), on_day(FIRST + timedelta(days=1), time(14, 30)))
    other = on_day(FIRST + timedelta(days=7), time(10))

    assert timezone.localtime(moved_alike(other, before=before, after=after)).replace(tzinfo=None) == datetime(
        2026, 12, 13, 14, 30
    )
