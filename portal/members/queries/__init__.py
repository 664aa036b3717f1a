"""Every question about people, one module a subject."""

from portal.members.queries.people import home_unit, is_vouched_for, reads_of, rosters_awaiting, units_on_offer

__all__ = ["home_unit", "is_vouched_for", "reads_of", "rosters_awaiting", "units_on_offer"]
