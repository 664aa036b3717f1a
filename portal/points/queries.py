"""Accounts, always summed from their entries, and the rules that made them."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet, Sum

from portal.points.errors import NoRuleSetError
from portal.points.models import Entry, RuleSet

if TYPE_CHECKING:
    from portal.members.models import User
    from portal.records.models import ServiceRecord


def entries_of(member: "User") -> QuerySet[Entry]:
    """Return the statement of ``member``, newest first, each line with its rule set."""
    return Entry.objects.filter(member=member).select_related("rule_set")


def balance(member: "User") -> int:
    return Entry.objects.filter(member=member).aggregate(total=Sum("points", default=0))["total"]


def points_of(records: Iterable["ServiceRecord"]) -> int:
    """Return what ``records`` earned their members."""
    causes = [f"record:{record.pk}" for record in records]
    return Entry.objects.filter(cause__in=causes).aggregate(total=Sum("points", default=0))["total"]


def rule_sets_on(day: date) -> QuerySet[RuleSet]:
    """Return the rule sets that had begun by ``day``; the first is in force. A city without rules gives no points."""
    return RuleSet.objects.filter(starts_on__lte=day).order_by("-starts_on")


def rule_set_on(day: date) -> RuleSet:
    """Return the rule set in force on ``day``.

    Raises:
        NoRuleSetError: the first one begins later.
    """
    rule_set = rule_sets_on(day).first()
    if rule_set is None:
        raise NoRuleSetError(day)
    return rule_set
