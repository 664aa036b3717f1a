"""How a sign-up becomes a place or a place in the queue. Needs the lock of the shift."""

from datetime import datetime, timedelta

from django.utils import timezone

from portal.activities import queries
from portal.activities.actions import places
from portal.activities.enums import Refusal, SignUpState
from portal.activities.errors import SignUpError
from portal.activities.models import Shift, SignUp
from portal.members.models import User

ONE_TICK = timedelta(microseconds=1)


def enter(mine: SignUp, *, shift: Shift, by: User) -> None:
    """Give the place where one is free and nobody waits, else the last place in the queue.

    Raises:
        SignUpError: it is full, and this activity has no queue.
    """
    last = queries.queue(shift, mine.position).last()
    left = (mine.position or shift).places_left
    if last is None and left >= mine.places:
        mine.queued_at = mine.offered_until = None
        places.move(mine, shift=shift, to=SignUpState.CONFIRMED, by=by)
        return
    if not shift.activity.has_queue:
        raise SignUpError(Refusal.FULL)
    mine.queued_at, mine.offered_until = _behind(last), None
    places.move(mine, shift=shift, to=SignUpState.WAITING, by=by)
    if left > 0:
        places.fill(shift)


def _behind(last: SignUp | None) -> datetime:
    # Clocks of two machines may differ; the order of the queue may not.
    now = timezone.now()
    return max(now, last.queued_at + ONE_TICK) if last and last.queued_at else now
