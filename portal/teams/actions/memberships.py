"""People ask, are asked, come in and leave."""

from django.db import transaction
from django.utils.translation import gettext as _

from portal.members.models import User
from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.teams.actions import rows
from portal.teams.enums import OPEN, JoiningWay, MembershipState, TeamRole
from portal.teams.errors import AccountClosedError, NotInTeamError, NotYoursError, OnlyByInvitationError
from portal.teams.models import Team, TeamMembership


@transaction.atomic
def join(*, team: Team, person: User) -> TeamMembership:
    """Let ``person`` in, or note that they ask to come in. Idempotent: what is open is returned as it is.

    Whoever has been invited comes in.

    Raises:
        TeamEndedError: the team is over.
        OnlyByInvitationError: people come in by invitation, and there is none.
    """
    team = rows.hold(team)
    membership = _open_of(team, person)
    if membership is not None:
        if membership.state == MembershipState.INVITED:
            rows.move(membership, to=MembershipState.JOINED, by=person)
        return membership
    if team.way == JoiningWay.INVITATION:
        raise OnlyByInvitationError
    membership = TeamMembership(team=team, person=person)
    if team.way == JoiningWay.OPEN:
        rows.move(membership, to=MembershipState.JOINED, by=person)
        return membership
    rows.move(membership, to=MembershipState.REQUESTED, by=person)
    for asked in rows.whom_to_ask(team, exclude=person):
        tell(
            recipient=asked,
            kind=MessageKind.WORK,
            title=_("有人申请加入“%(team)s”") % {"team": team},
            body=_("请看一下，答复对方。"),
            url=rows.url_of(team),
        )
    return membership


@transaction.atomic
def answer_request(*, membership: TeamMembership, by: User, is_accepted: bool) -> TeamMembership:
    """Let somebody in who asked, or say no; they are told. Idempotent for the same answer.

    Raises:
        NotYoursError: ``by`` neither leads nor looks after the team, or it is their own request.
        IllegalMoveError: it was answered otherwise, or taken back.
    """
    membership = rows.hold_membership(membership)
    _refuse_strangers(membership, by)
    to = MembershipState.JOINED if is_accepted else MembershipState.REFUSED
    if membership.state == to:
        return membership
    rows.move(membership, to=to, by=by)
    title = _("您已加入“%(team)s”") if is_accepted else _("“%(team)s”这次没有通过您的申请")
    tell(
        recipient=membership.person,
        kind=MessageKind.TEAM,
        title=title % {"team": membership.team},
        url=rows.url_of(membership.team),
    )
    return membership


@transaction.atomic
def invite(*, team: Team, person: User, by: User) -> TeamMembership:
    """Ask ``person`` to come in. Who asked already comes in at once. Idempotent.

    Raises:
        NotYoursError: ``by`` neither leads nor looks after the team.
        AccountClosedError: the account has been closed.
    """
    team = rows.hold(team)
    rows.refuse_strangers(team, by)
    if not person.is_active:
        raise AccountClosedError
    membership = _open_of(team, person)
    if membership is not None:
        if membership.state == MembershipState.REQUESTED and person.pk != by.pk:
            rows.move(membership, to=MembershipState.JOINED, by=by)
        return membership
    membership = TeamMembership(team=team, person=person)
    rows.move(membership, to=MembershipState.INVITED, by=by)
    tell(
        recipient=person,
        kind=MessageKind.TEAM,
        title=_("“%(team)s”邀请您加入") % {"team": team},
        body=_("加不加入都可以，由您决定。"),
        url=rows.url_of(team),
    )
    return membership


@transaction.atomic
def accept_invitation(*, membership: TeamMembership, by: User) -> TeamMembership:
    """Come in by an invitation. Idempotent.

    Raises:
        NotYoursError: it is somebody else's.
        IllegalMoveError: it stands no more.
    """
    membership = _hold_own(membership, by)
    if not membership.is_joined:
        rows.move(membership, to=MembershipState.JOINED, by=by)
    return membership


@transaction.atomic
def decline_invitation(*, membership: TeamMembership, by: User) -> TeamMembership:
    """Say no to an invitation. Idempotent.

    Raises:
        NotYoursError: it is somebody else's.
        IllegalMoveError: it stands no more.
    """
    membership = _hold_own(membership, by)
    if membership.state != MembershipState.WITHDRAWN:
        rows.move(membership, to=MembershipState.WITHDRAWN, by=by)
    return membership


@transaction.atomic
def leave(*, team: Team, person: User) -> TeamMembership:
    """Leave the team, or take back what was asked. Where nobody leads any more, the organisers are told.

    Raises:
        NotInTeamError: ``person`` is not in it and does not ask to be.
        TeamEndedError: the team is over.
    """
    team = rows.hold(team)
    membership = _open_of(team, person)
    if membership is None:
        raise NotInTeamError
    was_lead = membership.is_lead
    to = MembershipState.LEFT if membership.is_joined else MembershipState.WITHDRAWN
    rows.move(membership, to=to, by=person)
    if was_lead:
        _tell_if_nobody_leads(team, person)
    return membership


@transaction.atomic
def remove(*, membership: TeamMembership, by: User) -> TeamMembership:
    """Take somebody off the team; they are told. Idempotent.

    Raises:
        NotYoursError: ``by`` neither leads nor looks after the team, or it is their own place.
        IllegalMoveError: they are not in it.
    """
    membership = rows.hold_membership(membership)
    _refuse_strangers(membership, by)
    if membership.state == MembershipState.LEFT:
        return membership
    rows.move(membership, to=MembershipState.LEFT, by=by)
    tell(
        recipient=membership.person,
        kind=MessageKind.TEAM,
        title=_("您已不在“%(team)s”里") % {"team": membership.team},
        body=_("有疑问请和社区联系。"),
    )
    return membership


def _open_of(team: Team, person: User) -> TeamMembership | None:
    membership = team.memberships.filter(person=person, state__in=OPEN).first()
    if membership is not None:
        membership.team, membership.person = team, person
    return membership


def _hold_own(membership: TeamMembership, by: User) -> TeamMembership:
    if membership.person_id != by.pk:
        raise NotYoursError
    return rows.hold_membership(membership)


def _refuse_strangers(membership: TeamMembership, by: User) -> None:
    if membership.person_id == by.pk:
        raise NotYoursError
    rows.refuse_strangers(membership.team, by)


def _tell_if_nobody_leads(team: Team, gone: User) -> None:
    joined = team.memberships.filter(state=MembershipState.JOINED)
    if not joined.exists() or joined.filter(role=TeamRole.LEAD).exists():
        return
    for organiser in rows.whom_to_ask(team, exclude=gone):
        tell(
            recipient=organiser,
            kind=MessageKind.WORK,
            title=_("“%(team)s”现在没有队长") % {"team": team},
            url=rows.url_of(team),
        )
