"""The dates of a series, and what a change of one would do to the others."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Max, Model, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.activities.enums import ActivityState, Scope
from portal.activities.models import Activity, Series, Shift
from portal.activities.queries.changes import time_in_words
from portal.activities.recurring import LONGEST, moved_alike
from portal.organisations.enums import Action
from portal.organisations.permissions import areas_for

if TYPE_CHECKING:
    from portal.members.models import User


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that would change, in words fit to show."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Planned:
    """What would change on one date of a series; nothing, when it is kept as its own."""

    activity: Activity
    differences: list[Difference]


def organised_series(person: "User") -> QuerySet[Series]:
    return Series.objects.filter(area__in=areas_for(person, Action.RUN_ACTIVITIES)).select_related("area")


def dates_of(series: Series) -> QuerySet[Activity]:
    """Return the activities of ``series`` in the order of their dates, with their shifts."""
    return series.activities.select_related("area").prefetch_related("shifts").order_by("series_on")


def last_date(series: Series) -> date:
    latest: date | None = series.activities.aggregate(latest=Max("series_on"))["latest"]
    return latest or series.first_on


def next_dates(series: Series, number: int) -> list[date]:
    """Return the next dates its rule gives after the last one that was made, its end set aside."""
    last = last_date(series)
    endless = replace(series.rule, count=LONGEST, until=None)
    return [day for day in endless.dates if day > last][:number]


def in_scope(activity: Activity, scope: str) -> list[Activity]:
    """Return the activities a change of ``activity`` reaches, itself among them, in the order of their keys.

    Of the others: not those called off, not those over, and not those that were changed on their own.
    """
    if scope == Scope.THIS or activity.series is None:
        return [activity]
    others = dates_of(activity.series).exclude(pk=activity.pk).exclude(state=ActivityState.CANCELLED)
    if scope == Scope.FOLLOWING:
        others = others.filter(series_on__gt=activity.series_on)
    reached = [one for one in others.filter(is_own=False) if not one.is_over]
    return sorted([activity, *reached], key=lambda one: one.pk)


def kept_own(activity: Activity, scope: str) -> list[Activity]:
    """Return the dates within ``scope`` that stay as they are because they were changed on their own."""
    if scope == Scope.THIS or activity.series is None:
        return []
    own = dates_of(activity.series).filter(is_own=True).exclude(pk=activity.pk).exclude(state=ActivityState.CANCELLED)
    return [one for one in own if not one.is_over and (scope == Scope.ALL or _date_of(one) > _date_of(activity))]


def planned_texts(activities: Sequence[Activity], fields: dict[str, Any]) -> list[Planned]:
    """Return for each activity what giving it ``fields`` would change; those nothing changes on are left out."""
    planned = [Planned(one, text_differences(one, fields)) for one in activities]
    return [one for one in planned if one.differences]


def shifts_in_scope(shift: Shift, scope: str) -> list[Shift]:
    """Return ``shift`` and those of its slot on the dates in ``scope`` that have not begun and were not called off."""
    found = []
    for activity in in_scope(shift.activity, scope):
        is_own = activity.pk == shift.activity_id
        others = [shift] if is_own else [one for one in activity.shifts.all() if one.slot == shift.slot]
        found += [other for other in others if other.pk == shift.pk or not (other.has_started or other.is_called_off)]
    return found


def shifts_told_of(shift: Shift, scope: str, fields: dict[str, Any]) -> list[int]:
    """Return the keys of the published shifts in ``scope`` where ``fields`` would change what people count on."""
    changing = _changing(shift, scope, fields)
    return [one.pk for one, after in changing if one.activity.is_published and told_differences(one, after)]


def planned_shifts(shift: Shift, scope: str, fields: dict[str, Any]) -> list[Planned]:
    """Return for each date in ``scope`` what giving ``shift`` these ``fields`` would change."""
    changing = _changing(shift, scope, fields)
    planned = [Planned(one.activity, _shift_differences(one, after)) for one, after in changing]
    return [one for one in planned if one.differences]


def told_differences(shift: Shift, after: dict[str, Any]) -> list[Difference]:
    """Return what of ``after`` people on ``shift`` count on, where it is new: its time, and whether they sit."""
    was, becomes = (shift.starts_at, shift.ends_at), (after["starts_at"], after["ends_at"])
    time = [Difference(_("时间"), time_in_words(*was), time_in_words(*becomes))] if was != becomes else []
    return time + text_differences(shift, {"posture": after.get("posture", shift.posture)})


def moved_like(other: Shift, *, before: Shift, after: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of ``other`` when it follows ``before`` to ``after``: as many days, the same local time.

    Where it has positions, they say how many, and who sits.
    """
    starts_at = moved_alike(other.starts_at, before=before.starts_at, after=after["starts_at"])
    # The end is counted from the start: a shift past midnight may have become one of a single day.
    ends_at = moved_alike(starts_at, before=after["starts_at"], after=after["ends_at"])
    own = ("capacity", "minimum", "posture") if other.positions.exists() else ()
    kept = {name: getattr(other, name) for name in own}
    return {**after, **kept, "starts_at": starts_at, "ends_at": ends_at}


def upcoming_dates(series: Series) -> QuerySet[Activity]:
    return dates_of(series).filter(series_on__gte=timezone.localdate())


def drafts_to_publish(series: Series) -> list[Activity]:
    """Return the drafts among the dates still to come."""
    return list(upcoming_dates(series).filter(state=ActivityState.DRAFT))


def text_differences(row: Model, fields: dict[str, Any]) -> list[Difference]:
    """Return what giving ``row`` these ``fields`` would change."""
    return [
        Difference(_label(row, name), said(row, name, getattr(row, name)), said(row, name, value))
        for name, value in fields.items()
        if getattr(row, name) != value
    ]


def _label(row: Model, name: str) -> str:
    return str(row._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # concrete fields only


def said(row: Model, name: str, value: Any) -> str:
    """Return ``value`` of the field ``name`` as people read it."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    choices = dict(getattr(row._meta.get_field(name), "flatchoices", []))
    return str(choices.get(value, value))


def _date_of(activity: Activity) -> date:
    return activity.series_on or date.min


def _changing(shift: Shift, scope: str, fields: dict[str, Any]) -> list[tuple[Shift, dict[str, Any]]]:
    reached = shifts_in_scope(shift, scope)
    return [(one, fields if one.pk == shift.pk else moved_like(one, before=shift, after=fields)) for one in reached]


def _shift_differences(shift: Shift, after: dict[str, Any]) -> list[Difference]:
    others = {name: after[name] for name in ("capacity", "name", "minimum")}
    return told_differences(shift, after) + text_differences(shift, others)
