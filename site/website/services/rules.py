"""What follows from a service's dates, and who may say that it is true."""

from datetime import date, timedelta
from typing import Any

from wagtail.models import Page

from website.services.enums import PASSES, ServiceStatus

REMINDED_AHEAD = timedelta(days=14)  # a keeper hears of it before readers do


def state_on(day: date, *, status: str, alert: str, until: date | None) -> ServiceStatus:
    """Return whether one can have the service on ``day``: what has an alert has changed, and what passes has passed."""
    if is_over(until, on=day):
        return ServiceStatus.OPEN if status in PASSES else ServiceStatus(status)
    return ServiceStatus.CHANGED if alert and status == ServiceStatus.OPEN else ServiceStatus(status)


def is_over(until: date | None, *, on: date) -> bool:
    """Tell whether the last day, if there is one, has passed."""
    return until is not None and until < on


def next_review(*, checked_on: date | None, review_by: date | None, days: int) -> date | None:
    """Return until when to look again: as set, or ``days`` after the last look where that has overtaken it."""
    if checked_on is None or (review_by and review_by > checked_on):
        return review_by
    return checked_on + timedelta(days=days)


def is_stale(review_by: date | None, *, on: date) -> bool:
    return review_by is not None and review_by < on


def may_confirm(page: Page, user: Any) -> bool:
    """Tell whether ``user`` may say that all of ``page`` is true: whoever may publish it."""
    return bool(page.permissions_for_user(user).can_publish())
