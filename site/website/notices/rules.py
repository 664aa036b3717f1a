"""What a 公示 must say before it is published, and how long it runs."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from website.notices.enums import NoticeKind
from website.notices.errors import (
    EndIsMissing,
    MatterIsMissing,
    NoticeIncomplete,
    PhoneIsMissing,
    ResponsibleIsMissing,
    RunsTooShort,
)

if TYPE_CHECKING:  # models stand above rules
    from website.notices.models import NoticePage

SATURDAY = 5


def earliest_end(starts_on: date, *, working_days: int) -> date:
    """Return the last of the working days (Monday to Friday) that follow ``starts_on``.

    The day it begins is not counted (民法典 201).
    """
    day, left = starts_on, working_days
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < SATURDAY
    return day


def first_day(notice: "NoticePage") -> date:
    """Return the day the public first sees ``notice`` as a 公示, if it is published now as it is."""
    today = timezone.localdate()
    if notice.ends_on and notice.ends_on < today:
        return notice.starts_on  # an old one put into the archive
    scheduled = timezone.localtime(notice.go_live_at).date() if notice.go_live_at else today
    return max(today, scheduled)


def reasons_against(notice: "NoticePage") -> list[NoticeIncomplete]:
    """Return what keeps ``notice`` from being published. Days before the public saw it as a 公示 do not count."""
    if notice.kind != NoticeKind.FOR_OBJECTION:
        return []
    reasons: list[NoticeIncomplete] = []
    days = settings.NOTICE_WORKING_DAYS
    begins = max(notice.starts_on, notice.shown_since or first_day(notice))
    if not notice.ends_on:
        reasons.append(EndIsMissing())
    elif notice.ends_on < (earliest := earliest_end(begins, working_days=days)):
        reasons.append(RunsTooShort(days=days, earliest=earliest))
    if not notice.responsible.strip():
        reasons.append(ResponsibleIsMissing())
    if not notice.phone.strip():
        reasons.append(PhoneIsMissing())
    if not notice.body and not notice.summary.strip():
        reasons.append(MatterIsMissing())
    return reasons
