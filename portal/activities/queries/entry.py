"""Who may sign up for what, by the rules of the activity itself."""

from typing import TYPE_CHECKING

from portal.activities.enums import Refusal
from portal.activities.models import Position, Shift
from portal.activities.queries import audience

if TYPE_CHECKING:
    from portal.members.models import User


def refusal(shift: Shift, position: Position | None, member: "User") -> Refusal | None:
    """Return why ``member`` is not one of those ``shift`` or ``position`` is for, or ``None`` where they are."""
    if not member.is_active:
        return Refusal.ACCOUNT
    return audience.refusal(shift, member)
