"""An activity made from what another one says: once more, from a template, by the rule of a series."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from portal import states
from portal.activities import queries
from portal.activities.actions import locks
from portal.activities.actions.activities import begin
from portal.activities.enums import ActivityState, Audience, RuleKind
from portal.activities.errors import ShiftIsFixedError, TemplateEndedError, TemplateOutOfReachError
from portal.activities.models import Activity, ActivityTemplate, EntryRule, Position, Shift
from portal.activities.queries.audience import GROUPS
from portal.activities.recurring import moved, on_day
from portal.members.models import User
from portal.organisations.models import Area
from portal.organisations.queries import standing

A_WEEK = 7


@transaction.atomic
def copy_activity(*, activity: Activity, by: User, days: int = A_WEEK) -> Activity:
    """Make a draft that says and plans the same, ``days`` later at the same local times.

    What would lie in the past is moved on by whole weeks until its first shift is still to come. What a community
    did that has become another since is made again in that one.

    Raises:
        CommunityEndedError: it ended with nobody following.
    """
    area = locks.hold_place(activity.area)
    contents = queries.contents_of(activity)
    first_on = queries.first_day(activity)
    if first_on:
        first_on += timedelta(days=days)
        while first_on <= timezone.localdate():
            first_on += timedelta(days=A_WEEK)
    return make(contents=contents, area=area, by=by, first_on=first_on, data={"copied_from": activity.code})


@transaction.atomic
def move_draft(*, activity: Activity, by: User, days: int = A_WEEK) -> Activity:
    """Move every shift of a draft, and when sign-up opens and closes, by some days, at the same local times.

    Raises:
        ShiftIsFixedError: it is not a draft any more.
    """
    activity = locks.lock_activity(activity)
    if activity.state != ActivityState.DRAFT:
        raise ShiftIsFixedError
    for shift in locks.lock_shifts(activity):
        shift.starts_at, shift.ends_at = (moved(at, days=days) for at in (shift.starts_at, shift.ends_at))
        states.save(shift, action="changed", by=by, data={"days": days})
    moments = [name for name in queries.MOMENTS if getattr(activity, name)]
    for name in moments:
        setattr(activity, name, moved(getattr(activity, name), days=days))
    if moments:
        states.save(activity, action="edited", by=by, data={"days": days}, only=moments)
    return activity


@transaction.atomic
def save_template(*, activity: Activity, by: User, area: Area, name: str) -> ActivityTemplate:
    """Keep what ``activity`` says and plans, for ``area`` and all beneath it.

    For a wider area than its own without what holds in its community only: whom to call, where, and for which people.

    Raises:
        CommunityEndedError: ``area`` ended with nobody following.
    """
    area = locks.hold_place(area)
    contents = queries.contents_of(activity)
    if area.pk != standing(activity.area).pk:
        contents = _for_elsewhere(contents)
    template = ActivityTemplate(area=area, name=name, contents=contents, created_by=by)
    states.save(template, action="created", by=by, data={"from": activity.code})
    return template


@transaction.atomic
def use_template(*, template: ActivityTemplate, by: User, area: Area, first_on: date) -> Activity:
    """Make a draft for ``area`` from ``template``, its first shift on ``first_on``.

    Raises:
        TemplateEndedError: it is not used any more.
        CommunityEndedError: ``area`` ended with nobody following.
        TemplateOutOfReachError: ``area`` does not lie beneath the area of the template.
    """
    area = locks.hold_place(area)
    template = states.lock(template)
    if template.ended_at is not None:
        raise TemplateEndedError
    if not area.path.startswith(template.area.path):
        raise TemplateOutOfReachError
    return make(contents=template.contents, area=area, by=by, first_on=first_on, data={"template": template.pk})


@transaction.atomic
def end_template(*, template: ActivityTemplate, by: User) -> ActivityTemplate:
    """Take a template out of use; what was made from it stays. Idempotent."""
    template = states.lock(template)
    if template.ended_at is None:
        template.ended_at = timezone.now()
        states.save(template, action="ended", by=by)
    return template


def make(
    *,
    contents: dict[str, Any],
    area: Area,
    by: User,
    first_on: date | None,
    data: dict[str, Any] | None = None,
    **fields: Any,
) -> Activity:
    """Make a draft of ``contents`` with its first shift on ``first_on``; without a day it gets no shifts.

    The caller holds ``area`` (``locks.hold_place``), before any other row.
    """
    moments = {name: _moment(clock, first_on) for name, clock in contents["moments"].items()} if first_on else {}
    said = {**contents["texts"], **contents.get("spot", {}), **_rules(contents, first_on), **moments, **fields}
    activity = begin(area=area, by=by, log=data, **said)
    EntryRule.objects.bulk_create([EntryRule(activity=activity, **rule) for rule in _entry(contents, area)])
    if first_on:
        for planned in contents["shifts"]:
            _make_shift(activity, planned, by=by, first_on=first_on)
    return activity


def _for_elsewhere(contents: dict[str, Any]) -> dict[str, Any]:
    texts = {name: said for name, said in contents["texts"].items() if name not in queries.LOCAL_TEXTS}
    entry = [rule for rule in contents["entry"] if rule["kind"] not in GROUPS]
    return {**contents, "texts": texts, "spot": {}, "entry": entry}


def _entry(contents: dict[str, Any], area: Area) -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = contents.get("entry", [])
    is_listed = contents["rules"]["audience"] == Audience.LISTED
    if is_listed and not any(rule["kind"] in GROUPS for rule in rules):  # a template of elsewhere names nobody here
        return [*rules, {"kind": RuleKind.AREA, "area_id": area.pk}]
    return rules


def _rules(contents: dict[str, Any], first_on: date | None) -> dict[str, Any]:
    # A draw without its time is no draw; who may see it holds without a day.
    return contents["rules"] if first_on else {"audience": contents["rules"]["audience"]}


def _make_shift(activity: Activity, planned: dict[str, Any], *, by: User, first_on: date) -> Shift:
    shift = Shift(
        activity=activity,
        slot=planned.get("slot") or uuid4(),  # an old template has none, nor the posture
        name=planned["name"],
        minimum=planned["minimum"],
        capacity=planned["capacity"],
        posture=planned.get("posture", ""),
        starts_at=_moment(planned["starts"], first_on),
        ends_at=_moment(planned["ends"], first_on),
    )
    states.save(shift, action="added", by=by)
    for fields in planned["positions"]:
        states.save(Position(shift=shift, **fields), action="added", by=by)
    return shift


def _moment(clock: list[Any], first_on: date) -> datetime:
    days, time_of_day = clock
    return on_day(first_on + timedelta(days=days), time.fromisoformat(time_of_day))
