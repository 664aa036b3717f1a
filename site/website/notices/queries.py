from datetime import date

from django.db.models import F, Q
from wagtail.query import PageQuerySet

from website.base.queries import listed
from website.notices.models import NoticePage


def current(*, locale_id: int, on: date) -> "PageQuerySet[NoticePage]":
    """Return the notices that have not ended on the day ``on``; what ends first comes first."""
    still_running = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    soonest_end = F("ends_on").asc(nulls_last=True)
    return listed(NoticePage, locale_id=locale_id).filter(still_running).order_by(soonest_end, "-starts_on", "-pk")


def past(*, locale_id: int, on: date) -> "PageQuerySet[NoticePage]":
    """Return the notices that ended before the day ``on``, latest first."""
    return listed(NoticePage, locale_id=locale_id).filter(ends_on__lt=on).order_by("-ends_on", "-pk")
