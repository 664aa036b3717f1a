"""Dates made by a rule, and changes that reach one of them, those that follow, or all."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal import states
from portal.activities import queries
from portal.activities.actions import locks
from portal.activities.actions.activities import edit_activity, publish
from portal.activities.actions.copying import make
from portal.activities.actions.shifts import edit_shift
from portal.activities.enums import Scope
from portal.activities.errors import AlreadyInSeriesError, NoDatesError, NoShiftError
from portal.activities.models import Activity, Series, Shift
from portal.activities.recurring import Recurrence
from portal.members.models import User
from portal.organisations.models import Area


@transaction.atomic
def start_series(*, activity: Activity, by: User, rule: Recurrence) -> Series:
    """Repeat ``activity`` by ``rule``; it is the first date itself. What is published is repeated published.

    Raises:
        NoShiftError: it has no shift, and so no first date.
        AlreadyInSeriesError: it is a date of a series.
        NoDatesError: the rule gives no date beside the first one.
        CommunityEndedError: its community ended with nobody following.
    """
    area = locks.hold_place(activity.area)
    activity = locks.lock_activity(activity)
    first_on = queries.first_day(activity)
    if first_on is None:
        raise NoShiftError
    if activity.series_id is not None:
        raise AlreadyInSeriesError
    days = [day for day in rule.dates if day != first_on]
    if not days:
        raise NoDatesError
    series = Series(
        area=area,
        title=activity.title,
        first_on=first_on,
        frequency=rule.frequency,
        interval=rule.interval,
        count=rule.count,
        until=rule.until,
        except_on=sorted(day.isoformat() for day in rule.except_on),
        created_by=by,
    )
    states.save(series, action="started", by=by, data={"dates": len(days) + 1})
    activity.series, activity.series_on = series, first_on
    states.save(activity, action="edited", by=by, data={"fields": ["series"]})
    _make_dates(series, area=area, model=activity, days=days, by=by)
    return series


@transaction.atomic
def extend_series(*, series: Series, by: User, more: int) -> list[Activity]:
    """Make ``more`` dates by the same rule; return them. They are like the last date that was not changed on its own.

    Raises:
        NoDatesError: a series is never longer than ``recurring.LONGEST`` dates.
        CommunityEndedError: its community ended with nobody following.
    """
    area = locks.hold_place(series.area)  # before the series, which follows its community
    series = states.lock(series)
    days = queries.next_dates(series, more)
    if not days:
        raise NoDatesError
    series.count, series.until = None, days[-1]
    states.save(series, action="extended", by=by, data={"dates": len(days)})
    dates = queries.dates_of(series)
    model = dates.filter(is_own=False, cancelled_at__isnull=True).last() or dates.last()
    return _make_dates(series, area=area, model=model, days=days, by=by) if model else []


@transaction.atomic
def publish_series(*, series: Series, by: User) -> int:
    """Publish every draft of ``series`` that is still to come; return how many.

    Raises:
        NoticeItemsMissingError: something people must be told is missing on one of them.
    """
    drafts = queries.drafts_to_publish(series)
    for activity in drafts:
        publish(activity=activity, by=by)
    return len(drafts)


@transaction.atomic
def edit_dates(*, activity: Activity, by: User, scope: str, fields: dict[str, Any], **terms: Any) -> list[Activity]:
    """Give ``fields`` to the dates in ``scope``. A date changed by itself is its own from then on.

    Raises:
        ActivityCancelledError: one of them has been called off.
        NoticeItemsMissingError: a published one would lose what people must be told.
    """
    reached = queries.in_scope(activity, scope)
    changed = [edit_activity(activity=one, by=by, **terms, **fields) for one in reached]
    if activity.series_id is not None and scope == Scope.THIS:
        make_own(activity, by=by)
    return changed


@transaction.atomic
def edit_shifts(*, shift: Shift, by: User, scope: str, fields: dict[str, Any], **terms: Any) -> list[Shift]:
    """Move and change ``shift``, and the shifts that stand in its place on the dates in ``scope``.

    Each is moved by as many days and to the same local time; what has begun stays.

    Raises:
        ActivityError: as for one shift.
    """
    before = Shift.objects.select_related("activity").get(pk=shift.pk)
    changed = []
    for other in queries.shifts_in_scope(before, scope):
        wanted = fields if other.pk == before.pk else queries.moved_like(other, before=before, after=fields)
        changed.append(edit_shift(shift=other, by=by, **terms, **wanted))
    if before.activity.series_id is not None and scope == Scope.THIS:
        make_own(before.activity, by=by)
    return changed


def make_own(activity: Activity, *, by: User) -> None:
    """Note that a date of a series was changed by itself: changes of the others leave it as it is."""
    activity = locks.lock_activity(activity)
    if not activity.is_own:
        activity.is_own = True
        states.save(activity, action="edited", by=by, data={"fields": ["is_own"]})


def _make_dates(series: Series, *, area: Area, model: Activity, days: list[date], by: User) -> list[Activity]:
    contents = queries.contents_of(model)
    today = timezone.localdate()
    made = [make(contents=contents, area=area, by=by, first_on=day, series=series, series_on=day) for day in days]
    if model.is_published:
        for activity in made:
            if activity.series_on and activity.series_on > today:
                publish(activity=activity, by=by)
    return made
