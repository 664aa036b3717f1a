"""Every change about a person, one module a subject."""

from portal.members.actions.accounts import open_account, open_managed, sign_up
from portal.members.actions.consents import give_consent, withdraw_consent
from portal.members.actions.contacts import (
    ask_new_email,
    ask_new_phone,
    change_email,
    change_phone,
    take_phone,
    warn_of_new_keys,
)
from portal.members.actions.dissolving import dissolve
from portal.members.actions.endings import resume_membership
from portal.members.actions.invitations import ask_onto_roster, confirm_entry, decline_entry
from portal.members.actions.memberships import activate_from_roster, choose_unit, leave_unit, retire
from portal.members.actions.merging import close_merged, yield_memberships
from portal.members.actions.moves import confirm_move, decline_move, meet_newly_named, settle_moves, take_back_move
from portal.members.actions.people import correct_name, give_name, verify_phone
from portal.members.actions.profiles import edit_profile
from portal.members.actions.reads import log_read, log_read_once
from portal.members.actions.security import end_sessions, note_key_change, send_code, warn_administrators

__all__ = [
    "activate_from_roster",
    "ask_new_email",
    "ask_new_phone",
    "ask_onto_roster",
    "change_email",
    "change_phone",
    "choose_unit",
    "close_merged",
    "confirm_entry",
    "confirm_move",
    "correct_name",
    "decline_entry",
    "decline_move",
    "dissolve",
    "edit_profile",
    "end_sessions",
    "give_consent",
    "give_name",
    "leave_unit",
    "log_read",
    "log_read_once",
    "meet_newly_named",
    "note_key_change",
    "open_account",
    "open_managed",
    "resume_membership",
    "retire",
    "send_code",
    "settle_moves",
    "sign_up",
    "take_back_move",
    "take_phone",
    "verify_phone",
    "warn_administrators",
    "warn_of_new_keys",
    "withdraw_consent",
    "yield_memberships",
]
