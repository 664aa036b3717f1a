"""Every change of this room, one module a subject."""

from portal.proxies.actions.entries import correct_for, profile_for, report_in_for, sign_up_for, withdraw_for
from portal.proxies.actions.hand_overs import (
    agree_to_hand_over,
    ask_hand_over,
    decline_hand_over,
    finish_at_counter,
    tell_of_offer,
    withdraw_hand_over,
)
from portal.proxies.actions.invitations import invite_by_cards, invite_by_link, revoke
from portal.proxies.actions.joinings import confirm_joining, decline_joining, join_community, redeem
from portal.proxies.actions.leaving import leave_community, say_moved_away
from portal.proxies.actions.mandates import Mandate
from portal.proxies.actions.objections import answer, object_to, undo
from portal.proxies.actions.paper_forms import issue_forms
from portal.proxies.actions.people import claim, take_up

__all__ = [
    "Mandate",
    "agree_to_hand_over",
    "answer",
    "ask_hand_over",
    "claim",
    "confirm_joining",
    "correct_for",
    "decline_hand_over",
    "decline_joining",
    "finish_at_counter",
    "invite_by_cards",
    "invite_by_link",
    "issue_forms",
    "join_community",
    "leave_community",
    "object_to",
    "profile_for",
    "redeem",
    "report_in_for",
    "revoke",
    "say_moved_away",
    "sign_up_for",
    "take_up",
    "tell_of_offer",
    "undo",
    "withdraw_for",
    "withdraw_hand_over",
]
