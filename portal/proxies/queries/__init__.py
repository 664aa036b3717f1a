"""Every question of this room, one module a subject."""

from portal.proxies.queries.entries import (
    entries_in,
    entries_of,
    entry_about,
    may_enter_for,
    objections_to_answer,
    open_shifts,
    upcoming_of,
)
from portal.proxies.queries.invitations import (
    code_row,
    invitable_areas,
    invitable_units,
    invitations_of,
    joinings_by,
    joinings_to_confirm,
)
from portal.proxies.queries.people import (
    areas_entered_for,
    community_of,
    find_people,
    people_entered_for,
    unaffiliated_with,
)
from portal.proxies.queries.phones import helping_community

__all__ = [
    "areas_entered_for",
    "code_row",
    "community_of",
    "entries_in",
    "entries_of",
    "entry_about",
    "find_people",
    "helping_community",
    "invitable_areas",
    "invitable_units",
    "invitations_of",
    "joinings_by",
    "joinings_to_confirm",
    "may_enter_for",
    "objections_to_answer",
    "open_shifts",
    "people_entered_for",
    "unaffiliated_with",
    "upcoming_of",
]
