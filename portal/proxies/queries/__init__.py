"""Every question of this room, one module a subject."""

from portal.proxies.queries.concerned import concerned_in, hand_overs_waiting_in, managed_in, residents_in
from portal.proxies.queries.entries import (
    entries_in,
    entries_of,
    entry_about,
    may_enter_for,
    objections_to_answer,
    open_shifts,
    papers_of,
    upcoming_of,
)
from portal.proxies.queries.hand_overs import (
    account_with,
    hand_overs_in,
    is_managed,
    offers_to,
    open_hand_over,
    served_twice_in,
)
from portal.proxies.queries.invitations import (
    code_row,
    invitable_areas,
    invitable_units,
    invitations_of,
    joinings_by,
    joinings_to_confirm,
    open_invitations_of,
    waiting_for,
)
from portal.proxies.queries.people import (
    areas_entered_for,
    community_of,
    community_of_paper,
    find_people,
    people_entered_for,
    unaffiliated_with,
)
from portal.proxies.queries.phones import helping_community

__all__ = [
    "account_with",
    "areas_entered_for",
    "code_row",
    "community_of",
    "community_of_paper",
    "concerned_in",
    "entries_in",
    "entries_of",
    "entry_about",
    "find_people",
    "hand_overs_in",
    "hand_overs_waiting_in",
    "helping_community",
    "invitable_areas",
    "invitable_units",
    "invitations_of",
    "is_managed",
    "joinings_by",
    "joinings_to_confirm",
    "managed_in",
    "may_enter_for",
    "objections_to_answer",
    "offers_to",
    "open_hand_over",
    "open_invitations_of",
    "open_shifts",
    "papers_of",
    "people_entered_for",
    "residents_in",
    "served_twice_in",
    "unaffiliated_with",
    "upcoming_of",
    "waiting_for",
]
