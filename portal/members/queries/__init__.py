"""Every question about people, one module a subject."""

from portal.members.queries.moves import (
    dropped_moves,
    due_moves,
    is_on_roster,
    memberships_of,
    newly_named,
    open_membership,
    open_moves,
    silent_moves,
)
from portal.members.queries.people import (
    home_and_naming,
    home_unit,
    is_vouched_for,
    open_in_unit,
    people_of_unit,
    rosters_awaiting,
    units_naming,
    units_on_offer,
)
from portal.members.queries.profiles import (
    VisibleProfile,
    profile_of,
    shown_units,
    skills_of,
    times_in_words,
    visible_profiles,
    with_skill,
)
from portal.members.queries.reads import office_of, reads_of, years_read
from portal.members.queries.security import (
    administrators,
    lacks_second_factor,
    must_have_second_factor,
    open_sessions,
    second_factors,
)

__all__ = [
    "VisibleProfile",
    "administrators",
    "dropped_moves",
    "due_moves",
    "home_and_naming",
    "home_unit",
    "is_on_roster",
    "is_vouched_for",
    "lacks_second_factor",
    "memberships_of",
    "must_have_second_factor",
    "newly_named",
    "office_of",
    "open_in_unit",
    "open_membership",
    "open_moves",
    "open_sessions",
    "people_of_unit",
    "profile_of",
    "reads_of",
    "rosters_awaiting",
    "second_factors",
    "shown_units",
    "silent_moves",
    "skills_of",
    "times_in_words",
    "units_naming",
    "units_on_offer",
    "visible_profiles",
    "with_skill",
    "years_read",
]
