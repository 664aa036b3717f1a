"""Every question about activities, one module a subject."""

from portal.activities.queries.activities import (
    activities_to_attend,
    missing_notice_items,
    organised_activities,
    organised_by_stage,
    organised_communities,
    organised_shifts,
    public_activities,
    visible_activities,
    visible_shifts,
)
from portal.activities.queries.attendance import attendances_to_confirm, roster, unconfirmed_attendances
from portal.activities.queries.positions import position_of, shifts_with_positions
from portal.activities.queries.sign_ups import (
    cancelled_sign_ups,
    lapsed_offers,
    open_sign_ups,
    overlapping_sign_ups,
    people_on,
    place_in_queue,
    queue,
    sign_ups_on,
    upcoming_sign_ups,
    with_place_in_queue,
    with_queue_lengths,
)

__all__ = [
    "activities_to_attend",
    "attendances_to_confirm",
    "cancelled_sign_ups",
    "lapsed_offers",
    "missing_notice_items",
    "open_sign_ups",
    "organised_activities",
    "organised_by_stage",
    "organised_communities",
    "organised_shifts",
    "overlapping_sign_ups",
    "people_on",
    "place_in_queue",
    "position_of",
    "public_activities",
    "queue",
    "roster",
    "shifts_with_positions",
    "sign_ups_on",
    "unconfirmed_attendances",
    "upcoming_sign_ups",
    "visible_activities",
    "visible_shifts",
    "with_place_in_queue",
    "with_queue_lengths",
]
