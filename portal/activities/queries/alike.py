"""What the same change would do to each date of a series: its rules, whom it is for, what there is to do."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.activities.enums import Audience
from portal.activities.models import Activity, EntryRule, Position, Shift
from portal.activities.queries.audience import rules_of
from portal.activities.queries.changes import material_fields_of_position, people_to_ask_at, time_in_words
from portal.activities.queries.contents import MOMENTS
from portal.activities.queries.series import Difference, Planned, in_scope, shifts_in_scope, text_differences
from portal.activities.recurring import moved


def days_between(activity: Activity, other: Activity) -> int:
    """Return how many days after ``activity`` the date ``other`` of the same series is; 0 outside a series."""
    if activity.series_on is None or other.series_on is None:
        return 0
    return (other.series_on - activity.series_on).days


def policy_on(other: Activity, *, like: Activity, fields: dict[str, Any]) -> dict[str, Any]:
    """Return what ``fields`` of ``like`` are on the date ``other``: the moments move with the days."""
    days = days_between(like, other)
    return {name: moved(value, days=days) if name in MOMENTS and value else value for name, value in fields.items()}


def positions_in_scope(position: Position, scope: str) -> list[Position]:
    """Return ``position`` and those of its name on the counterparts of its shift in ``scope``."""
    stored = Position.objects.select_related("shift__activity").get(pk=position.pk)
    shifts = {shift.pk: shift for shift in shifts_in_scope(stored.shift, scope)}
    found = {one.shift_id: one for one in Position.objects.filter(shift__in=shifts, name=stored.name)}
    for one in found.values():
        one.shift = shifts[one.shift_id]
    return [found[key] for key in shifts if key in found]


def planned_policies(activity: Activity, scope: str, fields: dict[str, Any]) -> list[Planned]:
    """Return for each date in ``scope`` how it would hand out its places."""
    reached = in_scope(activity, scope)
    return _told((one, text_differences(one, policy_on(one, like=activity, fields=fields))) for one in reached)


def planned_audiences(activity: Activity, scope: str, audience: str, rules: Iterable[dict[str, Any]]) -> list[Planned]:
    """Return for each date in ``scope`` whom it would be for."""
    wanted = [EntryRule(**rule) for rule in rules]
    after = (str(Audience(audience).label), _rules_in_words(wanted))
    found = []
    for one in in_scope(activity, scope):
        before = (one.get_audience_display(), _rules_in_words(rules_of(one)))
        labels = (_("谁能看到"), _("参加要求"))
        rows = zip(labels, before, after, strict=True)
        found.append((one, [Difference(label, was, becomes) for label, was, becomes in rows if was != becomes]))
    return _told(found)


def planned_added_shifts(activity: Activity, scope: str, starts_at: datetime, ends_at: datetime) -> list[Planned]:
    """Return for each date in ``scope`` the times of the shift it would get."""
    found = []
    for one in in_scope(activity, scope):
        days = days_between(activity, one)
        said = time_in_words(moved(starts_at, days=days), moved(ends_at, days=days))
        found.append((one, [Difference(_("新的班次"), "—", said)]))
    return _told(found)


def planned_added_positions(shift: Shift, scope: str, fields: dict[str, Any]) -> list[Planned]:
    """Return for each date in ``scope`` the position it would get."""
    new = Difference(_("岗位"), "—", _position_in_words(fields["name"], fields["capacity"]))
    return _told((one.activity, [new]) for one in shifts_in_scope(shift, scope))


def planned_positions(position: Position, scope: str, fields: dict[str, Any]) -> list[Planned]:
    """Return for each date in ``scope`` what would become of the position."""
    return _told((one.shift.activity, _of_position(one, fields)) for one in positions_in_scope(position, scope))


def _of_position(position: Position, fields: dict[str, Any]) -> list[Difference]:
    """Return what would change in ``position``, each under the position's name."""
    return [
        Difference(f"{position.name} · {one.label}", one.before, one.after)
        for one in text_differences(position, fields)
    ]


def people_asked_at(position: Position, scope: str, fields: dict[str, Any]) -> int:
    """Return how many people giving ``position`` and those like it in ``scope`` these ``fields`` would ask again."""
    return people_to_ask_at(
        one for one in positions_in_scope(position, scope) if material_fields_of_position(one, fields)
    )


def planned_removed_positions(position: Position, scope: str) -> list[Planned]:
    """Return for each date in ``scope`` the position it would lose."""
    found = positions_in_scope(position, scope)
    gone = [Difference(_("岗位"), _position_in_words(one.name, one.capacity), "—") for one in found]
    return _told((one.shift.activity, [said]) for one, said in zip(found, gone, strict=True))


def _told(rows: Iterable[tuple[Activity, list[Difference]]]) -> list[Planned]:
    return [Planned(activity, differences) for activity, differences in rows if differences]


def _rules_in_words(rules: Iterable[EntryRule]) -> str:
    said = [_("%(kind)s：%(said)s") % {"kind": rule.get_kind_display(), "said": rule.said} for rule in rules]
    return _("；").join(sorted(said)) or "—"


def _position_in_words(name: str, capacity: int) -> str:
    said = ngettext("%(name)s，%(n)d 个名额", "%(name)s，%(n)d 个名额", capacity)
    return said % {"name": name, "n": capacity}
