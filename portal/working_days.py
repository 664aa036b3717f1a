"""Clocks that run on working days: Monday to Friday; public holidays are not known here."""

from datetime import date, timedelta

SATURDAY = 5


def nth_working_day_after(day: date, number: int) -> date:
    """Return the last of the ``number`` working days that follow ``day``."""
    while number > 0:
        day += timedelta(days=1)
        number -= day.weekday() < SATURDAY
    return day


def latest_day_overdue(today: date, number: int) -> date:
    """Return the latest day whose ``number`` following working days are all over before ``today``."""
    day = today - timedelta(days=max(number, 1))
    while nth_working_day_after(day, number) >= today:
        day -= timedelta(days=1)
    return day


def working_days_between(day: date, until: date) -> int:
    """Return how many working days follow ``day``, up to and with ``until``."""
    return sum((day + timedelta(days=number)).weekday() < SATURDAY for number in range(1, (until - day).days + 1))
