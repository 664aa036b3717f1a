"""Every table about people, one module a subject."""

from portal.members.models.moves import UnitMove
from portal.members.models.people import Consent, HomeMembership, ReadLog, RosterEntry, User, UserManager
from portal.members.models.profiles import Profile, ProfileSkill

__all__ = [
    "Consent",
    "HomeMembership",
    "Profile",
    "ProfileSkill",
    "ReadLog",
    "RosterEntry",
    "UnitMove",
    "User",
    "UserManager",
]
