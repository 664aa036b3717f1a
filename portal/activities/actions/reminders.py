"""Reminding people of the shifts they are confirmed on, each as long before as they chose."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.activities.models import Shift, SignUp
from portal.activities.queries.reminders import REMINDED, sign_ups_to_remind
from portal.notices.enums import MessageKind
from portal.notices.telling import Note, tell_each

MOST_AT_ONCE = 5_000


def remind_of_shifts(*, now: datetime) -> int:
    """Tell those confirmed on shifts that begin soon, once each; return how many. Safe to run at any time."""
    due = sign_ups_to_remind(now)[:MOST_AT_ONCE]
    return sum(_remind(shift, sign_ups) for shift, sign_ups in groupby(due, key=lambda sign_up: sign_up.shift))


@transaction.atomic
def _remind(shift: Shift, sign_ups: Iterable[SignUp]) -> int:
    begins = timezone.localtime(shift.starts_at)
    day, time = date_format(begins, "MONTH_DAY_FORMAT"), date_format(begins, "TIME_FORMAT")
    details = {"title": shift.activity.title, "place": shift.activity.place, "day": day, "time": time}
    note = Note(
        kind=MessageKind.REMINDER,
        title=_("提醒：“%(title)s”%(day)s %(time)s开始") % details,
        body=_("地点：%(place)s。来不了请先退出报名，把名额让给别人。") % details,
        url=reverse("activities:mine"),
        once=f"{REMINDED}{shift.pk}",
        sms=_("【报到】“%(title)s”%(day)s %(time)s开始，地点：%(place)s。来不了请先退出报名。") % details,
        until=shift.starts_at,
    )
    return len(tell_each((sign_up.member for sign_up in sign_ups), note))
