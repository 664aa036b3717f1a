"""Who may sign up for what, by the rules of the activity itself."""

from typing import TYPE_CHECKING

from portal.activities.enums import Refusal
from portal.activities.models import Position, Shift
from portal.activities.queries import audience
from portal.members.queries import profile_of, skills_of

if TYPE_CHECKING:
    from portal.members.models import User


def refusal(shift: Shift, position: Position | None, member: "User") -> Refusal | None:
    """Return why ``member`` is not one of those ``shift`` or ``position`` is for, or ``None`` where they are."""
    if not member.is_active:
        return Refusal.ACCOUNT
    reason = audience.refusal(shift, member)
    if reason is None and position and position.skill and position.skill not in skills_of(profile_of(member)):
        return Refusal.SKILL
    return reason
