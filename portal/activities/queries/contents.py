"""What an activity says and plans, without its dates: what copies, templates and series are made from."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from portal.activities.models import Activity, EntryRule, Shift
from portal.organisations.queries import standing

TEXTS = (
    "title",
    "kind",
    "summary",
    "place",
    "content",
    "conditions",
    "risks",
    "safeguards",
    "contact_name",
    "contact_phone",
)
LOCAL_TEXTS = ("place", "contact_name", "contact_phone")  # true in one community
SPOT = ("latitude", "longitude")
# How places are handed out; the moments among it move with the days.
RULES = ("audience", "mode", "queue_policy", "companions_limit", "takes_minors", "withdraw_hours")
MOMENTS = ("sign_up_opens_at", "sign_up_closes_at", "newcomers_until", "draw_at")
ENTRY = ("unit_id", "team_id", "age", "training")
POSITION = ("name", "minimum", "capacity", "skill", "posture", "first_time_friendly", "order")


def contents_of(activity: Activity) -> dict[str, Any]:
    """Return the texts, rules and shifts of ``activity`` as plain values; times count days from the first shift."""
    shifts = list(activity.shifts.prefetch_related("positions"))
    first_on = _day(shifts[0].starts_at) if shifts else timezone.localdate()
    return {
        "texts": {name: getattr(activity, name) for name in TEXTS},
        "spot": {name: str(value) for name in SPOT if (value := getattr(activity, name)) is not None},
        "entry": [_entry(rule) for rule in activity.entry_rules.select_related("area")],
        "rules": {name: getattr(activity, name) for name in RULES},
        "moments": {name: _clock(moment, first_on) for name in MOMENTS if (moment := getattr(activity, name))},
        "shifts": [_shift(shift, first_on) for shift in shifts],
    }


def first_day(activity: Activity) -> date | None:
    """Return the day of its first shift; ``None`` while it has none."""
    first = activity.shifts.order_by("starts_at", "pk").first()
    return _day(first.starts_at) if first else None


def _entry(rule: EntryRule) -> dict[str, Any]:
    """Return what a rule asks; an area that became another since asks for that one."""
    area_id = standing(rule.area).pk if rule.area else None
    return {"kind": rule.kind, "area_id": area_id, **{name: getattr(rule, name) for name in ENTRY}}


def _shift(shift: Shift, first_on: date) -> dict[str, Any]:
    return {
        "slot": str(shift.slot),
        "name": shift.name,
        "minimum": shift.minimum,
        "capacity": shift.capacity,
        "posture": shift.posture,
        "starts": _clock(shift.starts_at, first_on),
        "ends": _clock(shift.ends_at, first_on),
        "positions": [{name: getattr(one, name) for name in POSITION} for one in shift.positions.all()],
    }


def _clock(moment: datetime, first_on: date) -> list[Any]:
    """Return the days after ``first_on``, and the local time."""
    local = timezone.localtime(moment)
    return [(local.date() - first_on).days, f"{local:%H:%M}"]


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()
