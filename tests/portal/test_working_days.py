from datetime import date, timedelta

import pytest

from portal.working_days import latest_day_overdue, nth_working_day_after

FRIDAY = date(2026, 7, 17)


def test_weekends_do_not_count():
    assert nth_working_day_after(FRIDAY, 3) == date(2026, 7, 22)
    assert nth_working_day_after(FRIDAY - timedelta(days=1), 1) == FRIDAY
    assert nth_working_day_after(FRIDAY, 0) == FRIDAY


@pytest.mark.parametrize("number", [0, 1, 3, 10])
@pytest.mark.parametrize("shift", range(7))
def test_the_latest_overdue_day_is_the_latest_of_all(number, shift):
    today = FRIDAY + timedelta(days=shift)

    day = latest_day_overdue(today, number)

    assert nth_working_day_after(day, number) < today
    later = [day + timedelta(days=n) for n in range(1, 15)]
    assert all(nth_working_day_after(one, number) >= today for one in later)
