"""Lines are added to the ledger, never changed: a correction is a line of its own."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from portal.points import queries
from portal.points.models import Entry
from portal.records.models import ServiceRecord

if TYPE_CHECKING:
    from portal.members.models import User

TITLE_LENGTH = 120
CARRIED_OUT, CARRIED_IN = ":out:", ":in:"


@transaction.atomic
def award(*, record: ServiceRecord) -> Entry:
    """Give the points ``record`` earns under the rules of the day it was served on. Idempotent by its cause.

    Raises:
        NoRuleSetError: no rules were in force on that day.
    """
    rule_set = queries.rule_set_on(record.served_on)
    return _add(
        cause=_cause(record),
        member=record.member,
        points=rule_set.points_for(record.minutes),
        title=record.title,
        rule_set=rule_set,
        earned_on=record.served_on,
    )


@transaction.atomic
def take_back(*, record: ServiceRecord) -> Entry | None:
    """Balance what a reversed ``record`` had earned, under the same rules; nothing if it had earned nothing yet."""
    earned = Entry.objects.filter(cause=_cause(record)).first()
    if earned is None:
        return None
    return _add(
        cause=f"{_cause(record)}:reversed",
        member=record.member,  # where the points are now: an account may have been put together with another
        points=-earned.points,
        title=_("冲销：%(title)s") % {"title": earned.title},
        rule_set=earned.rule_set,
        earned_on=earned.earned_on,
    )


@transaction.atomic
def carry_over(*, gone: "User", kept: "User") -> int:
    """Balance each line of ``gone`` by one of its own, and give ``kept`` the same; return the points carried.

    Idempotent by the causes. The caller holds both people.
    """
    lines = Entry.objects.filter(member=gone).exclude(cause__contains=CARRIED_OUT).select_related("rule_set")
    for line in lines.order_by("pk"):
        same = {"rule_set": line.rule_set, "earned_on": line.earned_on}
        title = _("转到本人账户：%(title)s") % {"title": line.title}
        _add(cause=f"{line.cause}{CARRIED_OUT}{gone.pk}", member=gone, points=-line.points, title=title, **same)
        _add(cause=f"{line.cause}{CARRIED_IN}{kept.pk}", member=kept, points=line.points, title=line.title, **same)
    return sum(line.points for line in lines)


def _cause(record: ServiceRecord) -> str:
    return f"record:{record.pk}"


def _add(*, cause: str, title: str, **fields: object) -> Entry:
    # The unique cause decides between two who add the same line at once.
    return Entry.objects.get_or_create(cause=cause, defaults={"title": title[:TITLE_LENGTH], **fields})[0]
