"""Every table of this room, one module a subject."""

from portal.proxies.models.entries import ManagedPerson, PaperForm, ProxyEntry, ResidentVolunteer
from portal.proxies.models.hand_overs import HandOver
from portal.proxies.models.invitations import Invitation, InvitationCode, Joining

__all__ = [
    "HandOver",
    "Invitation",
    "InvitationCode",
    "Joining",
    "ManagedPerson",
    "PaperForm",
    "ProxyEntry",
    "ResidentVolunteer",
]
