"""Who may sign up for what, by the rules of the activity itself."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portal.activities.enums import Refusal
from portal.activities.models import Position, Shift
from portal.activities.queries import audience
from portal.members.queries import profile_of, skills_of

if TYPE_CHECKING:
    from portal.members.models import User


def refusal(shift: Shift, position: Position | None, member: "User") -> Refusal | None:
    """Return why ``member`` is not one of those ``shift`` or ``position`` is for, or ``None`` where they are."""
    return next(refusals(shift, position, member), None)


def refusals(shift: Shift, position: Position | None, member: "User") -> Iterator[Refusal]:
    """Yield every such reason: behind one that is set aside there may be one that stays."""
    if not member.is_active:
        yield Refusal.ACCOUNT
    yield from audience.refusals(shift, member)
    if position and position.skill and position.skill not in skills_of(profile_of(member)):
        yield Refusal.SKILL
