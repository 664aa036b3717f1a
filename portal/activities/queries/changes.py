"""What changed, and who has not yet said whether they still come."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Model, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from portal.activities.enums import OPEN, ActivityState, AttendanceState, OnSilence, SignUpState
from portal.activities.models import Activity, MaterialChange, Position, Shift, SignUp

# Besides the time, what people must be told before they say yes (志愿服务条例 12).
MATERIAL = ("place", "content", "conditions", "risks", "safeguards")
MATERIAL_OF_POSITION = ("name", "skill", "posture")  # what one does there, what one must know, and whether one sits


def is_asked_again() -> Q:
    """Return the condition that a sign-up waits for its holder's second yes."""
    return Q(state=SignUpState.CONFIRMED, reconfirm_by__isnull=False, reconfirmed_at__isnull=True)


def material_fields(activity: Activity, fields: dict[str, Any]) -> list[str]:
    """Return those of ``fields`` that change what a published ``activity`` told people they count on."""
    return _said_anew(activity, MATERIAL, fields) if activity.is_published else []


def material_fields_of_position(position: Position, fields: dict[str, Any]) -> list[str]:
    """Return those of ``fields`` that change what a published ``position`` told people they count on."""
    return _said_anew(position, MATERIAL_OF_POSITION, fields) if position.shift.activity.is_published else []


def people_to_ask(*, shifts: QuerySet[Shift]) -> int:
    """Return how many people hold a place or wait on those of ``shifts`` that have not begun."""
    to_come = shifts.filter(starts_at__gt=timezone.now())
    return _people(SignUp.objects.filter(shift__in=to_come.order_by()))


def people_to_ask_at(positions: Iterable[Position]) -> int:
    """Return how many people hold a place or wait at those of ``positions`` whose shifts have not begun."""
    keys = [position.pk for position in positions]
    return _people(SignUp.objects.filter(position__in=keys, shift__starts_at__gt=timezone.now())) if keys else 0


def changes_of(activity: Activity) -> QuerySet[MaterialChange]:
    """Return the changes of ``activity``, the latest first, with how many said yes and how many are silent."""
    yes = Count("sign_ups", filter=Q(sign_ups__reconfirmed_at__isnull=False))
    silent = Count("sign_ups", filter=Q(sign_ups__reconfirmed_at__isnull=True, sign_ups__state=SignUpState.CONFIRMED))
    return activity.changes.annotate(yes=yes, silent=silent)


def silent_on(change: MaterialChange) -> QuerySet[SignUp]:
    """Return those who have not answered, with their member and shift."""
    waiting = change.sign_ups.filter(is_asked_again(), shift__starts_at__gt=timezone.now())
    return waiting.select_related("member", "shift").order_by("shift__starts_at", "pk")


def silent_past(now: datetime) -> QuerySet[SignUp]:
    """Return the places to free: no answer came in time, nor the person, and the organiser chose so."""
    due = SignUp.objects.filter(is_asked_again(), reconfirm_by__lte=now, change__on_silence=OnSilence.FREE)
    due = due.filter(shift__activity__state=ActivityState.PUBLISHED)
    return due.filter(Q(attendance__isnull=True) | Q(attendance__state=AttendanceState.EXPECTED))


def time_in_words(starts_at: datetime, ends_at: datetime) -> str:
    """Return the times of a shift as people read them in a message."""
    starts, ends = timezone.localtime(starts_at), timezone.localtime(ends_at)
    day, clock = date_format(starts, "MONTH_DAY_FORMAT"), date_format(starts, "TIME_FORMAT")
    last = "" if starts.date() == ends.date() else date_format(ends, "MONTH_DAY_FORMAT") + " "
    return f"{day} {clock}–{last}{date_format(ends, 'TIME_FORMAT')}"


def _said_anew(row: Model, names: Iterable[str], fields: dict[str, Any]) -> list[str]:
    # Another line break or space says nothing new.
    return [name for name in names if name in fields and _bare(getattr(row, name)) != _bare(fields[name])]


def _bare(said: str) -> str:
    return "".join(said.split())


def _people(sign_ups: QuerySet[SignUp]) -> int:
    return sign_ups.filter(state__in=OPEN).values("member").distinct().count()
