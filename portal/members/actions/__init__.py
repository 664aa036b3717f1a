"""Every change about a person, one module a subject."""

from portal.members.actions.accounts import open_account, sign_up
from portal.members.actions.consents import give_consent, withdraw_consent
from portal.members.actions.memberships import activate_from_roster, choose_unit
from portal.members.actions.people import give_name, verify_phone
from portal.members.actions.reads import log_read, log_read_once

__all__ = [
    "activate_from_roster",
    "choose_unit",
    "give_consent",
    "give_name",
    "log_read",
    "log_read_once",
    "open_account",
    "sign_up",
    "verify_phone",
    "withdraw_consent",
]
