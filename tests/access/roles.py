"""Who asks: each role once with rights where the world's objects are, and once with the same rights elsewhere."""

from enum import StrEnum


class Role(StrEnum):
    """The columns of the matrix, in this order. A ``2`` is the same role in the other place."""

    ANONYMOUS = "anon"
    RESIDENT = "resid"
    MEMBER = "mem"
    OTHER_MEMBER = "mem2"
    ORGANISER = "org"
    OTHER_ORGANISER = "org2"
    CONTACT = "con"
    OTHER_CONTACT = "con2"
    SUPERVISOR = "sup"
    OTHER_SUPERVISOR = "sup2"
    ADMINISTRATOR = "adm"
    OTHER_ADMINISTRATOR = "adm2"
    EDITOR = "edit"
    REVIEWER = "rev"
    SUPERUSER = "root"


STRANGERS = (
    Role.RESIDENT,
    Role.OTHER_MEMBER,
    Role.OTHER_ORGANISER,
    Role.OTHER_CONTACT,
    Role.OTHER_SUPERVISOR,
    Role.OTHER_ADMINISTRATOR,
)
"""People with rights of their own, and none over the objects of the world."""
