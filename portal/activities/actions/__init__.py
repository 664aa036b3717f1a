"""Every change to activities, shifts, places and attendance."""

from portal.activities.actions.activities import cancel, create_activity, edit_activity, publish
from portal.activities.actions.alike import (
    Kept,
    add_positions,
    add_shifts,
    edit_positions,
    rehearse,
    remove_positions,
    set_audiences,
    set_policies,
)
from portal.activities.actions.attendance import close_attendance, record_attendance, reopen_attendance, undo_attendance
from portal.activities.actions.audience import (
    declare_age,
    declare_of_age,
    end_qualification,
    grant_qualification,
    set_audience,
)
from portal.activities.actions.calling_off import call_off_shift, why_it_goes_on
from portal.activities.actions.changes import decline_change, free_silent, reconfirm
from portal.activities.actions.copying import copy_activity, end_template, move_draft, save_template, use_template
from portal.activities.actions.covers import ask_for_cover, ask_more, decline_cover, end_cover, take_cover
from portal.activities.actions.drawing import draw_due, fill_after_newcomers
from portal.activities.actions.exceptions import make_exception
from portal.activities.actions.fitting import end_wait, wait_for_fewer
from portal.activities.actions.groups import hold_places, lapse_groups, name_member, release_places
from portal.activities.actions.merging import hold_same_shifts, settle_same_shifts
from portal.activities.actions.own_attendance import arrive, explain_absence, leave, walk_in
from portal.activities.actions.policies import set_policy
from portal.activities.actions.positions import add_position, edit_position, remove_position
from portal.activities.actions.publishing import publish_due_activities, schedule
from portal.activities.actions.reminders import remind_of_shifts
from portal.activities.actions.requests import accept_request, invite, refuse_request
from portal.activities.actions.series import edit_dates, edit_shifts, extend_series, publish_series, start_series
from portal.activities.actions.shifts import add_shift, edit_shift, remove_shift, set_capacity
from portal.activities.actions.sign_ups import accept_offer, decline_offer, lapse_offers, sign_up, withdraw

__all__ = [
    "Kept",
    "accept_offer",
    "accept_request",
    "add_position",
    "add_positions",
    "add_shift",
    "add_shifts",
    "arrive",
    "ask_for_cover",
    "ask_more",
    "call_off_shift",
    "cancel",
    "close_attendance",
    "copy_activity",
    "create_activity",
    "declare_age",
    "declare_of_age",
    "decline_change",
    "decline_cover",
    "decline_offer",
    "draw_due",
    "edit_activity",
    "edit_dates",
    "edit_position",
    "edit_positions",
    "edit_shift",
    "edit_shifts",
    "end_cover",
    "end_qualification",
    "end_template",
    "end_wait",
    "explain_absence",
    "extend_series",
    "fill_after_newcomers",
    "free_silent",
    "grant_qualification",
    "hold_places",
    "hold_same_shifts",
    "invite",
    "lapse_groups",
    "lapse_offers",
    "leave",
    "make_exception",
    "move_draft",
    "name_member",
    "publish",
    "publish_due_activities",
    "publish_series",
    "reconfirm",
    "record_attendance",
    "refuse_request",
    "rehearse",
    "release_places",
    "remind_of_shifts",
    "remove_position",
    "remove_positions",
    "remove_shift",
    "reopen_attendance",
    "save_template",
    "schedule",
    "set_audience",
    "set_audiences",
    "set_capacity",
    "set_policies",
    "set_policy",
    "settle_same_shifts",
    "sign_up",
    "start_series",
    "take_cover",
    "undo_attendance",
    "use_template",
    "wait_for_fewer",
    "walk_in",
    "why_it_goes_on",
    "withdraw",
]
