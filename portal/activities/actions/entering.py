"""How a sign-up becomes a place or a place in the queue. Needs the lock of the shift."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from portal.activities import queries
from portal.activities.actions import drawing, places
from portal.activities.enums import QueuePolicy, Refusal, SignUpState
from portal.activities.errors import SignUpError
from portal.activities.models import Shift, SignUp
from portal.members.models import User

ONE_TICK = timedelta(microseconds=1)
AFTER_THE_DRAW = 1_000_000
FIRST, LATER = 0, 1


def enter(mine: SignUp, *, shift: Shift, by: User) -> None:
    """Give the place where one is free and nobody stands before, else a place in the queue.

    Raises:
        SignUpError: it is full, and this activity has no queue.
    """
    pending = queries.draw_pending(shift.activity)
    mine.queue_rank = FIRST if pending else _rank(mine, shift)
    last = queries.queue(shift, mine.position).filter(queue_rank__lte=mine.queue_rank).reverse()
    ahead = last.values_list("queued_at", flat=True).first()
    left = (mine.position or shift).places_left
    held_back = pending or (shift.activity.prefers_newcomers and mine.queue_rank > FIRST)
    if ahead is None and left >= mine.places and not held_back:
        mine.queued_at = mine.offered_until = None
        places.move(mine, shift=shift, to=SignUpState.CONFIRMED, by=by, data=_exception(mine))
        return
    if not shift.activity.has_queue:
        raise SignUpError(Refusal.FULL)
    if pending:
        drawing.commit(shift.activity)
    mine.queued_at, mine.offered_until = _behind(ahead), None
    places.move(mine, shift=shift, to=SignUpState.WAITING, by=by, data=_exception(mine))
    if left > 0:
        places.fill(shift)


def _exception(mine: SignUp) -> dict[str, Any]:
    """Return what the log keeps of an exception: that it is one, not why, and whether a guardian agrees."""
    guardian = {"guardian_agrees": True} if mine.guardian_agrees else {}
    return {"exception": True, **guardian} if mine.override_reason else {}


def _rank(mine: SignUp, shift: Shift) -> int:
    activity = shift.activity
    if activity.draws:
        return AFTER_THE_DRAW
    if activity.queue_policy != QueuePolicy.NEWCOMERS:
        return FIRST
    return FIRST if activity.prefers_newcomers and queries.is_newcomer(mine.member) else LATER


def _behind(last: datetime | None) -> datetime:
    # Clocks of two machines may differ; the order of the queue may not.
    now = timezone.now()
    return max(now, last + ONE_TICK) if last else now
