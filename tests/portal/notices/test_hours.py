"""When a reminder comes, and what becomes of one that quiet hours cover."""

from datetime import datetime, time

import pytest
from django.utils import timezone

from portal.notices.hours import after_quiet, reminder_moments

NIGHT = (time(21), time(8))


def at(day, hour, minute=0):
    return timezone.make_aware(datetime(2026, 12, day, hour, minute))


def moments(begins, lead, quiet=NIGHT, hour=18):
    return reminder_moments(begins, lead=lead, hour=hour, quiet_from=quiet[0], quiet_until=quiet[1])


@pytest.mark.parametrize(
    ("lead", "begins", "expected"),
    [
        ("none", at(10, 9), ()),
        ("evening", at(10, 9), (at(9, 18),)),
        ("3h", at(10, 11), (at(10, 8),)),  # the quiet hours end in that moment
        ("3h", at(10, 10, 59), (at(9, 20, 45), at(10, 7, 59))),  # past midnight, to before the night
        ("1h", at(10, 8), (at(9, 20, 45), at(10, 7))),  # they end when it begins
        ("1h", at(10, 22), (at(10, 20, 45), at(10, 21))),  # they begin in that moment
        ("1h", at(10, 21, 59), (at(10, 20, 59),)),
        ("1h", at(10, 1), (at(9, 20, 45), at(10, 0))),  # midnight itself
    ],
)
def test_a_reminder_in_quiet_hours_comes_before_they_begin(lead, begins, expected):
    assert moments(begins, lead) == expected


@pytest.mark.parametrize(
    ("quiet", "hour", "expected"),
    [
        (NIGHT, 17, (at(9, 17),)),
        (NIGHT, 21, (at(9, 20, 45), at(9, 21))),
        ((time(0), time(0)), 21, (at(9, 21),)),  # none
        ((time(8), time(19)), 18, (at(9, 18),)),  # over on the same evening: it waits there
        ((time(20), time(19)), 18, (at(9, 18),)),
        ((time(18), time(0)), 18, (at(9, 17, 45), at(9, 18))),  # over at midnight: no longer the day before
        ((time(18, 5), time(18)), 19, (at(9, 18), at(9, 19))),  # five minutes in a day are not quiet
        ((time(0, 5), time(0)), 20, (at(9, 0), at(9, 20))),
    ],
)
def test_the_hour_of_the_day_before_is_ones_own(quiet, hour, expected):
    assert moments(at(10, 9), "evening", quiet, hour) == expected


def test_what_leaves_in_the_last_quiet_minute_waits_for_their_end():
    assert after_quiet(at(9, 20, 59), quiet_from=NIGHT[0], quiet_until=NIGHT[1]) == at(9, 20, 59)
    assert after_quiet(at(9, 21), quiet_from=NIGHT[0], quiet_until=NIGHT[1]) == at(10, 8)
    assert after_quiet(at(10, 7, 59), quiet_from=NIGHT[0], quiet_until=NIGHT[1]) == at(10, 8)
    assert after_quiet(at(10, 8), quiet_from=NIGHT[0], quiet_until=NIGHT[1]) == at(10, 8)
