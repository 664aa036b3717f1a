"""Every change to activities, shifts, places and attendance."""

from portal.activities.actions.activities import cancel, create_activity, edit_activity, publish
from portal.activities.actions.attendance import (
    close_attendance,
    record_attendance,
    reopen_attendance,
    undo_attendance,
)
from portal.activities.actions.changes import decline_change, free_silent, reconfirm
from portal.activities.actions.copying import copy_activity, end_template, move_draft, save_template, use_template
from portal.activities.actions.own_attendance import arrive, explain_absence, leave, walk_in
from portal.activities.actions.positions import add_position, edit_position, remove_position
from portal.activities.actions.reminders import remind_of_shifts
from portal.activities.actions.series import edit_dates, edit_shifts, extend_series, publish_series, start_series
from portal.activities.actions.shifts import add_shift, edit_shift, remove_shift, set_capacity
from portal.activities.actions.sign_ups import accept_offer, decline_offer, lapse_offers, sign_up, withdraw

__all__ = [
    "accept_offer",
    "add_position",
    "add_shift",
    "arrive",
    "cancel",
    "close_attendance",
    "copy_activity",
    "create_activity",
    "decline_change",
    "decline_offer",
    "edit_activity",
    "edit_dates",
    "edit_position",
    "edit_shift",
    "edit_shifts",
    "end_template",
    "explain_absence",
    "extend_series",
    "free_silent",
    "lapse_offers",
    "leave",
    "move_draft",
    "publish",
    "publish_series",
    "reconfirm",
    "record_attendance",
    "remind_of_shifts",
    "remove_position",
    "remove_shift",
    "reopen_attendance",
    "save_template",
    "set_capacity",
    "sign_up",
    "start_series",
    "undo_attendance",
    "use_template",
    "walk_in",
    "withdraw",
]
