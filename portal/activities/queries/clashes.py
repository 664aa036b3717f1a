"""What else a person has around a shift: at the same time, too far away, or more than is good for them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from portal.activities.enums import HOLDS_A_PLACE, OPEN, ActivityState
from portal.activities.models import Shift, SignUp

if TYPE_CHECKING:
    from portal.members.models import User

WEEK = timedelta(days=7)
ASKED_OF_A_SHIFT = ("starts_at", "ends_at", "activity__title", "activity__place")


def sign_ups_around(member: "User", shift: Shift, *, leaving: SignUp | None = None) -> list[SignUp]:
    """Return the other open sign-ups of ``member`` in the week of ``shift`` and near it, soonest first.

    ``leaving`` is given up in the same breath and does not count.
    """
    _was_here, around = here_and_around(member, shift)
    return [one for one in around if leaving is None or one.pk != leaving.pk]


def here_and_around(member: "User", shift: Shift) -> tuple[bool, list[SignUp]]:
    """Return whether ``member`` has ever asked for ``shift``, and their other open sign-ups around it, by one query."""
    monday = _monday(shift.starts_at)
    near = timedelta(minutes=settings.TRAVEL_GAP_MINUTES) + timedelta(hours=settings.REST_HOURS)
    is_around = Q(
        state__in=OPEN,
        shift__activity__state=ActivityState.PUBLISHED,
        shift__starts_at__lt=max(monday + WEEK, shift.ends_at + near),
        shift__ends_at__gt=min(monday, shift.starts_at - near),
    )
    found = (
        SignUp.objects.filter(is_around | Q(shift=shift), member=member)
        .select_related("shift__activity")
        .only("state", *(f"shift__{name}" for name in ASKED_OF_A_SHIFT))
        .order_by("shift__starts_at", "pk")
    )
    around = [one for one in found if one.shift_id != shift.pk]
    return len(around) < len(found), around


def overlapping(shift: Shift, others: Iterable[SignUp]) -> Shift | None:
    """Return what shares time with ``shift``; back-to-back shares none."""
    return _first(shift, others, gap=timedelta(0))


def too_far(shift: Shift, others: Iterable[SignUp]) -> Shift | None:
    """Return what lies in another place and leaves no time for the way."""
    elsewhere = (one for one in others if one.shift.activity.place != shift.activity.place)
    return _first(shift, elsewhere, gap=timedelta(minutes=settings.TRAVEL_GAP_MINUTES))


def without_rest(shift: Shift, others: Iterable[SignUp]) -> Shift | None:
    """Return what lies on another day and leaves no night's rest between."""
    day = timezone.localdate(shift.starts_at)
    other_days = (one for one in _held(others) if timezone.localdate(one.shift.starts_at) != day)
    return _first(shift, other_days, gap=timedelta(hours=settings.REST_HOURS))


def minutes_in_the_week(shift: Shift, others: Iterable[SignUp]) -> int:
    """Return how many minutes the week of ``shift`` would hold with it."""
    monday = _monday(shift.starts_at)
    same_week = (one.shift for one in _held(others) if _monday(one.shift.starts_at) == monday)
    return shift.minutes + sum(other.minutes for other in same_week)


def _held(others: Iterable[SignUp]) -> Iterable[SignUp]:
    return (one for one in others if one.state in HOLDS_A_PLACE)


def _first(shift: Shift, others: Iterable[SignUp], *, gap: timedelta) -> Shift | None:
    shifts = (one.shift for one in others)
    return next(
        (other for other in shifts if other.starts_at < shift.ends_at + gap and other.ends_at + gap > shift.starts_at),
        None,
    )


def _monday(moment: datetime) -> datetime:
    local = timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)
    return local - timedelta(days=local.weekday())
