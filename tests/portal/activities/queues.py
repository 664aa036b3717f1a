"""Shifts with a queue, made by the actions themselves."""

from portal.activities.actions import sign_up
from portal.activities.models import Shift, SignUp
from portal.activities.queries import with_place_in_queue
from tests.factories.activities import ShiftFactory
from tests.factories.members import UserFactory


def state_of(sign_up: SignUp) -> str:
    sign_up.refresh_from_db()
    return sign_up.state


def place_of(sign_up: SignUp) -> int:
    """Return the place in the queue as every page shows it; 0 for somebody who does not wait."""
    told = with_place_in_queue(SignUp.objects.filter(pk=sign_up.pk)).get()
    return told.queue_place or 0  # type: ignore[attr-defined]  # an annotation


def full_shift(capacity: int = 1, waiting: int = 1, **fields: object) -> tuple[Shift, list[SignUp], list[SignUp]]:
    """Return a full shift, those who hold its places, and those who wait, in order."""
    shift = ShiftFactory(capacity=capacity, **fields)
    everyone = [sign_up(shift=shift, member=UserFactory()) for _ in range(capacity + waiting)]
    shift.refresh_from_db()
    return shift, everyone[:capacity], everyone[capacity:]
