"""The same change to several dates of a series: who may come, how places are handed out, what there is to do."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import uuid4

from django.db import transaction

from portal.activities import queries
from portal.activities.actions.audience import set_audience
from portal.activities.actions.policies import set_policy
from portal.activities.actions.positions import add_position, edit_position, remove_position
from portal.activities.actions.series import make_own
from portal.activities.actions.shifts import add_shift
from portal.activities.enums import Scope
from portal.activities.errors import ActivityError
from portal.activities.models import Activity, Position, Shift
from portal.activities.recurring import moved
from portal.members.models import User

Row = TypeVar("Row", Activity, Shift, Position)


@dataclass(frozen=True, slots=True)
class Kept:
    """A date that stays as it is, and why, in words fit to show."""

    activity: Activity
    reason: str


@transaction.atomic
def set_policies(*, activity: Activity, by: User, scope: str, fields: dict[str, Any]) -> list[Kept]:
    """Change how ``activity`` and the dates in ``scope`` hand out their places; return those that stay as they are.

    Moments move with the days. A date changed by itself is its own from then on.

    Raises:
        ActivityError: as for one activity; what another date refuses leaves that date as it is.
    """

    def change(one: Activity) -> None:
        set_policy(activity=one, by=by, **queries.policy_on(one, like=activity, fields=fields))

    kept = _each(queries.in_scope(activity, scope), activity, change)
    _own(activity, scope, by)
    return kept


@transaction.atomic
def set_audiences(
    *, activity: Activity, by: User, scope: str, audience: str, rules: Iterable[dict[str, Any]]
) -> list[Kept]:
    """Say whom ``activity`` and the dates in ``scope`` are for; else as ``set_policies``."""
    wanted = list(rules)

    def change(one: Activity) -> None:
        set_audience(activity=one, by=by, audience=audience, rules=wanted)

    kept = _each(queries.in_scope(activity, scope), activity, change)
    _own(activity, scope, by)
    return kept


@transaction.atomic
def add_shifts(
    *, activity: Activity, by: User, scope: str, starts_at: datetime, ends_at: datetime, **fields: Any
) -> list[Kept]:
    """Add a shift to ``activity`` and to the dates in ``scope``, at the same local times; else as ``set_policies``.

    An additional shift does not make a date its own: it has no counterpart that could change it.
    """
    slot = uuid4()

    def change(one: Activity) -> None:
        days = queries.days_between(activity, one)
        begins, ends = moved(starts_at, days=days), moved(ends_at, days=days)
        add_shift(activity=one, by=by, slot=slot, starts_at=begins, ends_at=ends, **fields)

    return _each(queries.in_scope(activity, scope), activity, change)


@transaction.atomic
def add_positions(*, shift: Shift, by: User, scope: str, fields: dict[str, Any]) -> list[Kept]:
    """Add a position to ``shift`` and to its counterparts on the dates in ``scope``; else as ``set_policies``."""

    def change(one: Shift) -> None:
        add_position(shift=one, by=by, is_alone=scope == Scope.THIS, **fields)

    return _each(queries.shifts_in_scope(shift, scope), shift, change)


@transaction.atomic
def edit_positions(*, position: Position, by: User, scope: str, fields: dict[str, Any], **terms: Any) -> list[Kept]:
    """Change ``position`` and those of its name on the dates in ``scope``; else as ``set_policies``.

    ``terms`` (``reconfirm_by``, ``on_silence``) hold for those who are asked again.
    """

    def change(one: Position) -> None:
        edit_position(position=one, by=by, is_alone=scope == Scope.THIS, **terms, **fields)

    return _each(queries.positions_in_scope(position, scope), position, change)


@transaction.atomic
def remove_positions(*, position: Position, by: User, scope: str) -> list[Kept]:
    """Take ``position`` and those of its name on the dates in ``scope`` out; else as ``set_policies``."""

    def change(one: Position) -> None:
        remove_position(position=one, by=by, is_alone=scope == Scope.THIS)

    return _each(queries.positions_in_scope(position, scope), position, change)


def rehearse(change: Callable[[], list[Kept]]) -> list[Kept]:
    """Return which dates ``change`` would leave as they are, and undo all of it.

    Raises:
        ActivityError: ``change`` would be refused.
    """
    with transaction.atomic():
        kept = change()
        transaction.set_rollback(True)
    return kept


def _each(rows: Sequence[Row], chosen: Row, change: Callable[[Row], None]) -> list[Kept]:
    """Change each of ``rows``; where another than the one that was ``chosen`` refuses, it stays as it is."""
    kept = []
    for row in rows:
        try:
            with transaction.atomic():
                change(row)
        except ActivityError as refusal:
            if row.pk == chosen.pk:
                raise
            kept.append(Kept(_activity_of(row), refusal.message))
    return kept


def _activity_of(row: Activity | Shift | Position) -> Activity:
    if isinstance(row, Position):
        return row.shift.activity
    return row if isinstance(row, Activity) else row.activity


def _own(activity: Activity, scope: str, by: User) -> None:
    if activity.series_id is not None and scope == Scope.THIS:
        make_own(activity, by=by)
