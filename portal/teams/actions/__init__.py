"""Every change to teams and to who is in them."""

from portal.teams.actions.following import follow
from portal.teams.actions.leading import appoint_lead, hand_over, step_down
from portal.teams.actions.memberships import (
    accept_invitation,
    answer_request,
    decline_invitation,
    invite,
    join,
    leave,
    remove,
)
from portal.teams.actions.teams import create_team, edit_team, end_team

__all__ = [
    "accept_invitation",
    "answer_request",
    "appoint_lead",
    "create_team",
    "decline_invitation",
    "edit_team",
    "end_team",
    "follow",
    "hand_over",
    "invite",
    "join",
    "leave",
    "remove",
    "step_down",
]
