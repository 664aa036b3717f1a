"""Every table about people, one module a subject."""

from portal.members.models.people import Consent, HomeMembership, ReadLog, RosterEntry, User, UserManager

__all__ = ["Consent", "HomeMembership", "ReadLog", "RosterEntry", "User", "UserManager"]
