"""Who leads a team: appointed by an organiser, handed on by a lead."""

from django.db import transaction
from django.utils.translation import gettext as _

from portal import states
from portal.members.models import User
from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.teams.actions import rows
from portal.teams.enums import MembershipState, TeamRole
from portal.teams.errors import NotInTeamError, NotYoursError
from portal.teams.models import TeamMembership
from portal.teams.rules import manages


@transaction.atomic
def appoint_lead(*, membership: TeamMembership, by: User) -> TeamMembership:
    """Let a member lead the team, beside whoever leads already. Idempotent.

    Raises:
        NotYoursError: ``by`` does not look after the team.
        NotInTeamError: they are not in it.
    """
    membership = rows.hold_membership(membership)
    if not manages(by, membership.team):
        raise NotYoursError
    _make_lead(membership, by=by)
    return membership


@transaction.atomic
def step_down(*, membership: TeamMembership, by: User) -> TeamMembership:
    """Let a lead be a member again: by an organiser. Idempotent.

    Raises:
        NotYoursError: ``by`` does not look after the team.
    """
    membership = rows.hold_membership(membership)
    if not manages(by, membership.team):
        raise NotYoursError
    _make_member(membership, by=by)
    return membership


@transaction.atomic
def hand_over(*, membership: TeamMembership, by: User) -> TeamMembership:
    """Hand one's lead on to another member and be a member again. Idempotent.

    Raises:
        NotYoursError: ``by`` does not lead the team.
        NotInTeamError: the other is not in it.
    """
    membership = rows.hold_membership(membership)
    own = membership.team.memberships.filter(person=by, role=TeamRole.LEAD, state=MembershipState.JOINED).first()
    if own is None:
        raise NotYoursError
    if own.pk == membership.pk:
        return membership
    _make_lead(membership, by=by)
    _make_member(own, by=by)
    return membership


def _make_lead(membership: TeamMembership, *, by: User) -> None:
    if not membership.is_joined:
        raise NotInTeamError
    if membership.role == TeamRole.LEAD:
        return
    membership.role = TeamRole.LEAD
    states.save(membership, action="appointed", by=by)
    if membership.person_id != by.pk:
        tell(
            recipient=membership.person,
            kind=MessageKind.TEAM,
            title=_("您现在是“%(team)s”的队长") % {"team": membership.team},
            body=_("有人申请加入时，由您答复。"),
            url=rows.url_of(membership.team),
        )


def _make_member(membership: TeamMembership, *, by: User) -> None:
    if membership.role == TeamRole.LEAD:
        membership.role = TeamRole.MEMBER
        states.save(membership, action="stepped_down", by=by)
