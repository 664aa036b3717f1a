"""Once a day, whoever confirms hears how much waits for them and since when."""

from datetime import date, datetime

from django.urls import reverse as reverse_url
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.daily import once_a_day
from portal.members.models import User
from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.records import queries

FROM_HOUR = 8


def remind_confirmers(*, now: datetime) -> int:
    """Tell each confirmer once a day, from eight, what has waited since before today; return for how many it does."""
    local = timezone.localtime(now)
    if local.hour < FROM_HOUR:
        return 0
    return sum(_remind(person, today=local.date()) for person in queries.confirmers_on(local.date()))


def remind_confirmers_daily(*, now: datetime) -> int | None:
    """Do the same once a day, whenever it is called; ``None`` before eight, and when it was done today already."""
    if timezone.localtime(now).hour < FROM_HOUR:
        return None
    return once_a_day("confirmers-reminded", now=now, do=lambda: remind_confirmers(now=now))


def _remind(person: User, *, today: date) -> bool:
    number, since = queries.waits_for(person, before=today)
    if not number or since is None:
        return False
    tell(
        recipient=person,
        kind=MessageKind.WORK,
        once=f"records-to-confirm:{today.isoformat()}",
        title=ngettext("%(n)d 条服务等您确认", "%(n)d 条服务等您确认", number) % {"n": number},
        body=_("最早的从 %(day)s开始等。") % {"day": date_format(timezone.localdate(since), "MONTH_DAY_FORMAT")},
        url=reverse_url("records:confirm"),
    )
    return True
