"""Looking through both trees: by name and code, level by level, and what lies within one place."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.utils import timezone

from portal.organisations.enums import AreaKind, ChangeKind
from portal.organisations.models import Area, AreaChange, Unit
from portal.organisations.queries.reach import CAME_FROM, within

Place = TypeVar("Place", Area, Unit)


@dataclass(frozen=True)
class SubtreeCounts:
    """How many open places lie within an area, itself left out: (kind, number) from the widest down, and units."""

    areas: list[tuple[AreaKind, int]]
    units: int


def still_open() -> Q:
    """Return the condition that a place has not ended."""
    return Q(ends_on__isnull=True) | Q(ends_on__gt=timezone.localdate())


def matching(places: QuerySet[Place], text: str) -> QuerySet[Place]:
    """Return those of ``places`` whose name holds ``text`` or whose code begins with it, in the order of the tree."""
    return places.filter(Q(name__icontains=text) | Q(code__istartswith=text)).order_by("path")


def tops(places: QuerySet[Place], paths: Collection[str]) -> QuerySet[Place]:
    """Return those of ``places`` that stand at one of ``paths``."""
    return places.filter(path__in=paths).order_by("path")


def beneath(place: Place) -> QuerySet[Place]:
    """Return what lies directly below ``place``, ended ones too, the open ones first."""
    below = place.__class__.objects.filter(within([place.path]), depth=place.depth + 1)
    is_over = Case(When(still_open(), then=Value(0)), default=Value(1))
    return below.annotate(is_over=is_over).order_by("is_over", "path")


def lineage(place: Place) -> list[Place]:
    """Return what lies above ``place``, the widest first, in one query."""
    paths = [place.path[:end] for end in range(place.steplen, len(place.path), place.steplen)]
    return list(place.__class__.objects.filter(path__in=paths).order_by("path")) if paths else []


def subtree_counts(area: Area) -> SubtreeCounts:
    """Count what is open within ``area`` by two ranges of an index, at whatever size."""
    below = Area.objects.filter(still_open(), within([area.path])).exclude(pk=area.pk)
    numbers = dict(below.order_by().values_list("kind").annotate(Count("pk")))
    units = Unit.objects.filter(still_open(), within([area.path], field="area__path")).count()
    return SubtreeCounts([(kind, numbers[kind]) for kind in AreaKind if numbers.get(kind)], units)


def changes_of(area: Area) -> tuple[list[AreaChange], list[AreaChange]]:
    """Return what ``area`` came from, and what it became, oldest first."""
    changes = AreaChange.objects.select_related("before", "after")
    return list(changes.filter(after=area)), list(changes.filter(before=area))


def follower_of(code: str) -> Area | None:
    """Return what the area with this code was merged into, or ``None``; of a split nobody knows who belongs where."""
    return Area.objects.filter(changes_before__before__code=code, changes_before__kind=ChangeKind.MERGED).first()


def standing(area: Area) -> Area:
    """Return what stands in the place of ``area`` today: itself while it is open, else what followed it.

    Of a split that is the first part, which everything went to. One that ended with nobody following stays itself.
    """
    while area.has_ended:
        after = Area.objects.filter(changes_before__before=area).order_by("changes_before__pk").first()
        if after is None:
            return area
        area = after
    return area


def merged_communities() -> dict[str, Area]:
    """Return, by the code of each community that was merged, the open one that stands in its place today.

    One that was split since stands for nothing: nobody knows who belongs where.
    """
    merged = AreaChange.objects.filter(kind=ChangeKind.MERGED, before__kind=AreaKind.COMMUNITY)
    after = {change.before.code: change.after for change in merged.select_related("before", "after").order_by("pk")}
    found = {}
    for code, follower in after.items():
        area = follower
        while area.code in after:
            area = after[area.code]
        if not area.has_ended:
            found[code] = area
    return found


def with_past(areas: QuerySet[Area]) -> QuerySet[Area]:
    """Return ``areas`` and what they came from, merged or split, as far back as ``paths_held`` looks."""
    keys: list[Any] = [areas.order_by().values("pk")]
    for _hop in CAME_FROM:
        keys.append(AreaChange.objects.filter(after__in=keys[-1]).order_by().values("before"))
    return Area.objects.filter(pk__in=keys[0].union(*keys[1:]))  # with "or" instead, no index would be asked


def came_of(area: Area) -> QuerySet[Area]:
    """Return what stands in the place of ``area`` today, each part of a split: itself while it is open."""
    came_from = Q(pk=area.pk)
    for earlier in CAME_FROM:
        came_from |= Q(**{earlier: area})
    return Area.objects.filter(came_from, still_open()).distinct()


def may_follow(area: Area, among: QuerySet[Area]) -> QuerySet[Area]:
    """Return the open areas of the same kind in the same place above that may follow ``area``, neighbours first."""
    siblings = within([area.path[: -2 * area.steplen]]) if area.depth > 2 else Q()
    return among.filter(siblings, still_open(), kind=area.kind).exclude(pk=area.pk).order_by("path")
