"""Invitations are made and taken back. Their codes leave the house once, on the answer that shows them."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portal.members.models import User
from portal.organisations.actions import hold_standing
from portal.organisations.enums import Action
from portal.organisations.models import Area, Unit
from portal.organisations.permissions import may
from portal.proxies import codes
from portal.proxies.enums import InvitationKind
from portal.proxies.errors import CommunityEndedError, NotOursError
from portal.proxies.models import Invitation, InvitationCode
from portal.states import lock, save

CARDS_ON_A_SHEET = 10


@transaction.atomic
def invite_by_link(*, place: Area | Unit, by: User, max_uses: int, days: int | None = None) -> tuple[Invitation, str]:
    """Make a link for ``max_uses`` people; return it with its code, which is kept nowhere.

    Raises:
        CommunityEndedError: it is a community that ended with nobody following.
        NotOursError: ``by`` does not invite to ``place``.
    """
    invitation = _invite(InvitationKind.LINK, place=place, by=by, days=days)
    return invitation, _add_code(invitation, length=codes.LINK_LENGTH, max_uses=max_uses)


@transaction.atomic
def invite_by_cards(*, place: Area | Unit, by: User, days: int | None = None) -> tuple[Invitation, list[str]]:
    """Make a sheet of cards, each for one person; return it with their codes, which are kept nowhere.

    Raises:
        CommunityEndedError: it is a community that ended with nobody following.
        NotOursError: ``by`` does not invite to ``place``.
    """
    invitation = _invite(InvitationKind.CARDS, place=place, by=by, days=days)
    made = [_add_code(invitation, length=codes.CARD_LENGTH, max_uses=1) for _ in range(CARDS_ON_A_SHEET)]
    return invitation, made


@transaction.atomic
def revoke(*, invitation: Invitation, by: User) -> Invitation:
    """Take an invitation back: none of its codes works any more; who came by it stays. Idempotent."""
    if not may(by, Action.INVITE, invitation.place):
        raise NotOursError
    invitation = lock(invitation)
    if invitation.revoked_at is None:
        invitation.revoked_at = timezone.now()
        save(invitation, action="revoked", by=by)
    return invitation


def _invite(kind: InvitationKind, *, place: Area | Unit, by: User, days: int | None) -> Invitation:
    if isinstance(place, Area):
        place = hold_standing(place)
        if place.has_ended:
            raise CommunityEndedError
    if not may(by, Action.INVITE, place):
        raise NotOursError
    invitation = Invitation(
        kind=kind,
        area=place if isinstance(place, Area) else None,
        unit=place if isinstance(place, Unit) else None,
        issued_by=by,
        expires_at=timezone.now() + timedelta(days=days or settings.INVITATION_DAYS),
    )
    save(invitation, action="issued", by=by)
    return invitation


def _add_code(invitation: Invitation, *, length: int, max_uses: int) -> str:
    code = codes.new_code(length)
    InvitationCode.objects.create(invitation=invitation, digest=codes.digest_of(code), max_uses=max_uses)
    return code
