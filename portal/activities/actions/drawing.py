"""The lot: its secret is fixed before anybody registers, and shown once it has decided.

Whoever wants to check it needs no more than the published page: the SHA-256 of the seed is the fingerprint shown from
the start, and the order is that of ``SHA-256("seed:number")``, the smallest first.
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from portal import states
from portal.activities import queries
from portal.activities.actions import locks, places
from portal.activities.enums import ShiftState, SignUpState
from portal.activities.errors import DrawTimeOverError, DrawTooLateError
from portal.activities.models import Activity, Draw, Position, Shift, SignUp
from portal.notices.actions import tell
from portal.notices.enums import MessageKind


def commit(activity: Activity) -> Draw:
    """Fix the secret and its fingerprint for ``activity``. Idempotent."""
    seed = secrets.token_hex(32)
    draw, _created = Draw.objects.get_or_create(
        activity=activity, defaults={"seed": seed, "commitment": fingerprint(seed)}
    )
    return draw


def commit_anew(activity: Activity) -> Draw:
    """Fix another secret where one was drawn while nobody had registered; one that has not decided stays."""
    Draw.objects.filter(activity=activity, drawn_at__isnull=False).delete()
    return commit(activity)


def refuse_late(activity: Activity) -> None:
    """Refuse a lot that would fall when a shift has begun: nobody would be placed or told.

    Raises:
        DrawTooLateError: a shift of ``activity`` begins by then.
    """
    if activity.draws and activity.draw_at and _begin_by(activity, activity.draw_at):
        raise DrawTooLateError


def refuse_over(activity: Activity, *, at: datetime) -> None:
    """Refuse a lot that would have fallen before anybody could register, the activity being opened ``at`` a moment.

    Raises:
        DrawTimeOverError: its time is over by then.
    """
    if activity.draws and activity.draw_at and activity.draw_at <= at:
        raise DrawTimeOverError


def _begin_by(activity: Activity, moment: datetime) -> bool:
    return activity.shifts.filter(starts_at__lte=moment, state=ShiftState.PLANNED).exists()


def fingerprint(seed: str) -> str:
    return hashlib.sha256(seed.encode()).hexdigest()


def drawn_order(seed: str, numbers: Iterable[int]) -> list[int]:
    """Return ``numbers`` in the order the lot with ``seed`` gives them."""
    return sorted(numbers, key=lambda number: hashlib.sha256(f"{seed}:{number}".encode()).hexdigest())


def draw_due(*, now: datetime) -> int:
    """Draw for every activity whose moment has come; return for how many. Safe to run at any time."""
    return sum(_draw(activity, now=now) for activity in list(queries.draws_due(now)))


def fill_after_newcomers(*, now: datetime) -> int:
    """Offer what is left once the newcomers' time is over; return on how many shifts. Safe to run at any time."""
    shifts = list(queries.shifts_held_back(now))
    for shift in shifts:
        with transaction.atomic():
            places.fill(locks.lock_shift(shift))
    return len(shifts)


@transaction.atomic
def _draw(activity: Activity, *, now: datetime) -> bool:
    activity = locks.lock_activity(activity)
    if not activity.is_published or not queries.draw_pending(activity):
        return False
    shifts = locks.lock_shifts(activity)
    draw = commit(activity)
    draw.result = [entry for shift in shifts if _is_ahead(shift, now) for entry in _draw_shift(shift, draw.seed)]
    draw.drawn_at = now
    states.save(draw, action="drawn", by=None, data={"queues": len(draw.result)})
    return True


def _is_ahead(shift: Shift, now: datetime) -> bool:
    return shift.starts_at > now and not shift.is_called_off


def _draw_shift(shift: Shift, seed: str) -> list[dict[str, Any]]:
    counters: list[Shift | Position] = list(shift.positions.all()) or [shift]
    return [_draw_queue(shift, counter, seed) for counter in counters]


def _draw_queue(shift: Shift, counter: Shift | Position, seed: str) -> dict[str, Any]:
    position = counter if isinstance(counter, Position) else None
    waiting = {one.pk: one for one in queries.queue(shift, position).select_related("member")}
    order = drawn_order(seed, waiting)
    left, is_open = counter.places_left, True
    for rank, number in enumerate(order, start=1):
        sign_up = waiting[number]
        sign_up.queue_rank = rank
        is_open = is_open and sign_up.places <= left  # who needs more than is free waits, and nobody overtakes
        left -= sign_up.places if is_open else 0
        _settle(sign_up, shift=shift, is_in=is_open, rank=rank)
    return {"shift": shift.pk, "position": position.pk if position else None, "numbers": order}


def _settle(sign_up: SignUp, *, shift: Shift, is_in: bool, rank: int) -> None:
    if is_in:
        places.move(sign_up, shift=shift, to=SignUpState.CONFIRMED, by=None)
        body = _("您已经有名额了，到时候见。")
    else:
        sign_up.save(update_fields=["queue_rank"])
        body = _("这次没有抽到名额。您排在抽签结果的第 %(rank)d 位，有人退出时会按次序通知。") % {"rank": rank}
    tell(
        recipient=sign_up.member,
        kind=MessageKind.SIGN_UP,
        title=_("“%(title)s”抽签结果") % {"title": shift.activity.title},
        body=body,
        url=reverse("activities:draw", args=[shift.activity.code]),
    )
