"""Every change to activities, shifts, places and attendance."""

from portal.activities.actions.activities import cancel, create_activity, edit_activity, publish
from portal.activities.actions.attendance import (
    close_attendance,
    record_attendance,
    reopen_attendance,
    undo_attendance,
)
from portal.activities.actions.own_attendance import arrive, explain_absence, leave, walk_in
from portal.activities.actions.positions import add_position, edit_position, remove_position
from portal.activities.actions.reminders import remind_of_shifts
from portal.activities.actions.shifts import add_shift, edit_shift, remove_shift, set_capacity
from portal.activities.actions.sign_ups import accept_offer, decline_offer, lapse_offers, sign_up, withdraw

__all__ = [
    "accept_offer",
    "add_position",
    "add_shift",
    "arrive",
    "cancel",
    "close_attendance",
    "create_activity",
    "decline_offer",
    "edit_activity",
    "edit_position",
    "edit_shift",
    "explain_absence",
    "lapse_offers",
    "leave",
    "publish",
    "record_attendance",
    "remind_of_shifts",
    "remove_position",
    "remove_shift",
    "reopen_attendance",
    "set_capacity",
    "sign_up",
    "undo_attendance",
    "walk_in",
    "withdraw",
]
