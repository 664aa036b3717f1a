"""The patterns in service records that deserve a look: rules as data, each a question the database answers whole.

A rule says what it found in numbers. Whoever changes a number gives the rule a new version, so that what was found by
the old one keeps its meaning.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, DateTimeField, Exists, ExpressionWrapper, F, Max, Min, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import ExtractHour, TruncDate

from portal.members.models import HomeMembership
from portal.records.enums import COUNTS, HintRule
from portal.records.models import ServiceRecord

WINDOW = timedelta(days=400)
SHARED_MINUTES = 15
LONG_DAY_MINUTES = 16 * 60
PAIR_RECORDS, PAIR_PERCENT = 50, 90
ALIKE_SERVICES = 10
NIGHT_FROM, NIGHT_UNTIL, NIGHT_RECORDS = 23, 5, 30
UNIT_MEMBERS = 10


@dataclass(frozen=True)
class Found:
    """One pattern: what tells it apart, where it is, whom it is about, and its numbers."""

    key: str
    area: int
    facts: dict[str, Any]
    member: int | None = None
    recorder: int | None = None
    confirmer: int | None = None


@dataclass(frozen=True)
class Rule:
    """One rule in one version; ``find`` looks through the records that count.

    A rule that names neither a day nor a record is asked anew each quarter: that all was fine says nothing of later.
    """

    version: int
    find: Callable[["QuerySet[ServiceRecord]"], Iterable[Found]] = field(repr=False)
    is_quarterly: bool = False


def counted_since(today: date) -> "QuerySet[ServiceRecord]":
    """Return the records the rules look through."""
    return ServiceRecord.objects.filter(state__in=COUNTS, served_on__gt=today - WINDOW).order_by()


def two_places(records: "QuerySet[ServiceRecord]") -> Iterator[Found]:
    """Find attendances of one person whose shifts share more than ``SHARED_MINUTES``."""
    shift = "attendance__sign_up__shift"
    shared = timedelta(minutes=SHARED_MINUTES)
    spans = records.filter(attendance__isnull=False).annotate(
        begins=F(f"{shift}__starts_at"),
        ends=F(f"{shift}__ends_at"),
        shared_from=ExpressionWrapper(F(f"{shift}__starts_at") + shared, output_field=DateTimeField()),
        shared_until=ExpressionWrapper(F(f"{shift}__ends_at") - shared, output_field=DateTimeField()),
    )
    others = spans.filter(
        member=OuterRef("member"),
        pk__lt=OuterRef("pk"),
        begins__lt=OuterRef("shared_until"),
        ends__gt=OuterRef("shared_from"),
    )
    for row in spans.filter(Exists(others)).values("pk", "area", "member", "served_on"):
        yield Found(f"{row['pk']}", row["area"], {"day": row["served_on"].isoformat()}, member=row["member"])


def long_day(records: "QuerySet[ServiceRecord]") -> Iterator[Found]:
    """Find days on which one person served more than sixteen hours."""
    days = records.values("member", "served_on").annotate(total=Sum("minutes"), place=Min("area"))
    for row in days.filter(total__gt=LONG_DAY_MINUTES):
        facts = {"day": row["served_on"].isoformat(), "minutes": row["total"]}
        yield Found(f"{row['member']}:{facts['day']}", row["place"], facts, member=row["member"])


def same_two(records: "QuerySet[ServiceRecord]") -> Iterator[Found]:
    """Find recorders nearly all of whose many records one and the same colleague confirms."""
    noted = records.filter(attendance__isnull=False)
    totals = dict(noted.values_list("recorded_by").annotate(n=Count("pk")).filter(n__gte=PAIR_RECORDS))
    pairs = noted.values("recorded_by", "confirmed_by").annotate(n=Count("pk"), place=Min("area"))
    for row in pairs.filter(n__gte=PAIR_RECORDS):
        percent = 100 * row["n"] // totals[row["recorded_by"]]
        if percent >= PAIR_PERCENT:
            people = {"recorder": row["recorded_by"], "confirmer": row["confirmed_by"]}
            key = f"{row['recorded_by']}:{row['confirmed_by']}"
            yield Found(key, row["place"], {"number": row["n"], "percent": percent}, **people)


def always_alike(records: "QuerySet[ServiceRecord]") -> Iterator[Found]:
    """Find people who logged many services of their own, all of the same length."""
    own = records.filter(own_service__isnull=False).values("member")
    alike = own.annotate(n=Count("pk"), least=Min("minutes"), most=Max("minutes"), place=Min("area"))
    for row in alike.filter(n__gte=ALIKE_SERVICES, least=F("most")):
        yield Found(
            f"{row['member']}", row["place"], {"number": row["n"], "minutes": row["most"]}, member=row["member"]
        )


def at_night(records: "QuerySet[ServiceRecord]") -> Iterator[Found]:
    """Find nights in which one person confirmed many records."""
    # The hours after midnight belong to the evening before: a night is one, not two halves.
    evening = ExpressionWrapper(F("confirmed_at") - timedelta(hours=NIGHT_UNTIL), output_field=DateTimeField())
    timed = records.annotate(hour=ExtractHour("confirmed_at"), day=TruncDate(evening))
    nights = timed.filter(Q(hour__gte=NIGHT_FROM) | Q(hour__lt=NIGHT_UNTIL)).values("confirmed_by", "day")
    for row in nights.annotate(n=Count("pk"), place=Min("area")).filter(n__gte=NIGHT_RECORDS):
        facts = {"day": row["day"].isoformat(), "number": row["n"]}
        yield Found(f"{row['confirmed_by']}:{facts['day']}", row["place"], facts, confirmer=row["confirmed_by"])


def unit_alike(records: "QuerySet[ServiceRecord]") -> Iterator[Found]:
    """Find units with many members who all served the same number of minutes within the window."""
    totals = dict(records.values_list("member").annotate(total=Sum("minutes")))
    homes = HomeMembership.objects.filter(
        ends_on__isnull=True, unit__area__isnull=False, person__in=records.values("member")
    )
    seen: dict[tuple[int, int], list[int]] = {}
    for unit, area, person in homes.values_list("unit", "unit__area", "person").iterator():
        seen.setdefault((unit, area), []).append(totals[person])
    for (unit, area), minutes in seen.items():
        if len(minutes) >= UNIT_MEMBERS and len(set(minutes)) == 1:
            facts = {"unit": unit, "number": len(minutes), "minutes": minutes[0]}
            yield Found(f"{unit}:{minutes[0]}", area, facts)


RULES: dict[HintRule, Rule] = {
    HintRule.TWO_PLACES: Rule(1, two_places),
    HintRule.LONG_DAY: Rule(1, long_day),
    HintRule.SAME_TWO: Rule(1, same_two, is_quarterly=True),
    HintRule.ALWAYS_ALIKE: Rule(1, always_alike, is_quarterly=True),
    HintRule.AT_NIGHT: Rule(2, at_night),
    HintRule.UNIT_ALIKE: Rule(1, unit_alike, is_quarterly=True),
}
