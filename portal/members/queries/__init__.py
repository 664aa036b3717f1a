"""Every question about people, one module a subject."""

from portal.members.queries.people import home_unit, is_vouched_for, rosters_awaiting, units_on_offer
from portal.members.queries.reads import office_of, reads_of, years_read

__all__ = [
    "home_unit",
    "is_vouched_for",
    "office_of",
    "reads_of",
    "rosters_awaiting",
    "units_on_offer",
    "years_read",
]
