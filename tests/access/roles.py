"""Who asks: each role with rights where the world's objects are, and most once more with the same rights elsewhere.

The grid worker and the committee member see one page more than a resident: theirs is not asked for a second place.
"""

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
    GRID_WORKER = "grid"
    COMMITTEE_MEMBER = "comm"
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
