"""Somebody joins by an invitation or a poster, and a unit's contact confirms them.

Locks: community or unit, person, then the code.
"""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.members.actions import ask_onto_roster, confirm_entry, decline_entry, give_name
from portal.members.models import User
from portal.members.queries import is_vouched_for
from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.organisations.actions import hold_communities
from portal.organisations.enums import Action, Role
from portal.organisations.models import Area
from portal.organisations.permissions import may
from portal.organisations.queries import nearest_holders
from portal.proxies.enums import JOINING_TRANSITIONS, JoiningState
from portal.proxies.errors import (
    CodeNotUsableError,
    JoinedAlreadyError,
    LivesElsewhereError,
    NotOursError,
    OwnEntryError,
    VouchedForError,
)
from portal.proxies.models import Invitation, InvitationCode, Joining, ResidentVolunteer
from portal.proxies.queries import community_of
from portal.report_in.errors import NotACommunityError
from portal.states import lock, move, save


@transaction.atomic
def redeem(*, code: InvitationCode, person: User, name: str = "") -> Joining:
    """Let ``person`` in by ``code``: onto the unit's roster, to be confirmed, or into the community.

    Idempotent while they stay. Locks the community or unit, the person, then the code: a code for one lets in one,
    however many come at once.

    Raises:
        CodeNotUsableError: it is used up, too old or taken back, or the place has ended.
        MemberError, JoinedAlreadyError, LivesElsewhereError: the person belongs somewhere already.
    """
    if code.invitation.area:
        hold_communities(code.invitation.area)  # while it becomes another, the invitation follows
    if code.invitation.unit:
        lock(code.invitation.unit)  # while it ends, the invitation is taken back
    person = lock(person)
    code = lock(code, "invitation__area", "invitation__unit")
    before = Joining.objects.filter(code=code, person=person).first()
    if before and not _has_left(before):
        return before
    if not code.is_usable:
        raise CodeNotUsableError
    give_name(person=person, name=name)
    joining = before or Joining(code=code, person=person)
    for field, value in _bring_in(code.invitation, person, name).items():
        setattr(joining, field, value)
    if before is None:  # whoever left comes back by the same use
        code.uses += 1
        code.save(update_fields=["uses"])
    save(joining, action=joining.state, by=person)
    _tell_hosts(joining)
    return joining


@transaction.atomic
def join_community(*, area: Area, person: User, name: str = "") -> ResidentVolunteer:
    """Let ``person``, who followed the poster of ``area``, in as a resident volunteer; its organisers are told.

    Locks the community, then the person.

    Raises:
        NotACommunityError: it has ended this very moment.
        VouchedForError: a unit vouches for the person, who reports in instead.
        JoinedAlreadyError, LivesElsewhereError: the person belongs somewhere already.
    """
    if not hold_communities(area):
        raise NotACommunityError
    person = lock(person)
    _refuse_settled(person, area)
    if is_vouched_for(person):
        raise VouchedForError
    give_name(person=person, name=name)
    residency = _settle(person, area)
    for organiser in nearest_holders(area, role=Role.ORGANISER, exclude=person):
        tell(
            recipient=organiser,
            kind=MessageKind.WORK,
            title=_("有居民加入%(area)s。") % {"area": area},
            url=reverse("proxies:person", args=[person.pk]),
        )
    return residency


@transaction.atomic
def confirm_joining(*, joining: Joining, by: User) -> Joining:
    """Say that somebody who came by an invitation is one of the unit. Idempotent.

    Raises:
        NotOursError: it is another unit's.
        OwnEntryError: nobody confirms themselves.
        IllegalMoveError: they were declined before.
    """
    joining = _hold(joining, by)
    if joining.state == JoiningState.JOINED:
        return joining
    if joining.roster_entry:
        confirm_entry(entry=joining.roster_entry, by=by)
    _move(joining, to=JoiningState.JOINED, by=by)
    return joining


@transaction.atomic
def decline_joining(*, joining: Joining, by: User) -> Joining:
    """Say that they are none of the unit, and tell them. Idempotent.

    Raises:
        NotOursError, OwnEntryError, IllegalMoveError: as for confirming.
    """
    joining = _hold(joining, by)
    if joining.state == JoiningState.DECLINED:
        return joining
    if joining.roster_entry:
        decline_entry(entry=joining.roster_entry, by=by)
    _move(joining, to=JoiningState.DECLINED, by=by)
    unit = joining.code.invitation.unit
    tell(
        recipient=joining.person,
        kind=MessageKind.UNIT,
        title=_("%(unit)s没有确认您在名册上。") % {"unit": unit},
        body=_("如果弄错了，请联系单位联络员。居民也可以直接报名活动。"),
        url=reverse("activities:list"),
    )
    return joining


def _bring_in(invitation: Invitation, person: User, name: str) -> dict[str, Any]:
    if invitation.unit:
        entry = ask_onto_roster(person=person, unit=invitation.unit, name=name)
        return {"roster_entry": entry, "state": JoiningState.WAITING}
    area = invitation.area
    _refuse_settled(person, area)
    if area is None or is_vouched_for(person):  # whom a unit vouches for reports in: the community is chosen already
        return {"residency": None}
    return {"residency": _settle(person, area)}


def _refuse_settled(person: User, area: Area | None) -> None:
    here = community_of(person)
    if here:
        raise JoinedAlreadyError if area and here.pk == area.pk else LivesElsewhereError


def _has_left(joining: Joining) -> bool:
    return joining.residency is not None and joining.residency.left_at is not None


def _settle(person: User, area: Area) -> ResidentVolunteer:
    residency = ResidentVolunteer(person=person, area=area)
    save(residency, action="joined", by=person)
    return residency


def _tell_hosts(joining: Joining) -> None:
    invitation = joining.code.invitation
    if invitation.unit:
        for contact in nearest_holders(invitation.unit, role=Role.UNIT_CONTACT, exclude=joining.person):
            tell(
                recipient=contact,
                kind=MessageKind.WORK,
                title=_("有人凭邀请加入%(unit)s，等您确认。") % {"unit": invitation.unit},
                url=reverse("proxies:joinings"),
            )
    elif joining.residency:
        tell(
            recipient=invitation.issued_by,
            kind=MessageKind.WORK,
            title=_("有居民凭邀请加入%(area)s。") % {"area": invitation.area},
            url=reverse("proxies:invitation", args=[invitation.pk]),
        )


def _hold(joining: Joining, by: User) -> Joining:
    if joining.person_id == by.pk:
        raise OwnEntryError
    unit = joining.code.invitation.unit
    if unit is None or not may(by, Action.KEEP_ROSTER, unit):
        raise NotOursError
    lock(joining.person)
    return lock(joining, "roster_entry__person", "code__invitation__unit", "person")


def _move(joining: Joining, *, to: JoiningState, by: User) -> None:
    move(joining, to=to, by=by, transitions=JOINING_TRANSITIONS)
