"""Whose calendar an address opens and what is in it; what is on on a service day."""

from portal.calendars.queries.feeds import (
    address_of,
    entries_of_activity,
    entries_of_team,
    entry_of,
    owner_of,
    sign_ups_to_tell,
    team_of,
)
from portal.calendars.queries.service_days import (
    activities_to_add,
    areas_to_call_in,
    as_item,
    coming_days,
    on_the_day,
    past_days,
    rows_of,
)

__all__ = [
    "activities_to_add",
    "address_of",
    "areas_to_call_in",
    "as_item",
    "coming_days",
    "entries_of_activity",
    "entries_of_team",
    "entry_of",
    "on_the_day",
    "owner_of",
    "past_days",
    "rows_of",
    "sign_ups_to_tell",
    "team_of",
]
