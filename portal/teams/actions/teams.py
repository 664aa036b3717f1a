"""An organiser makes a team, changes what is said of it, and ends it."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from portal import states
from portal.members.models import User
from portal.notices.enums import MessageKind
from portal.notices.telling import Note, tell_each
from portal.organisations.enums import Action
from portal.organisations.models import Area
from portal.organisations.permissions import may
from portal.teams.actions import rows
from portal.teams.enums import MembershipState
from portal.teams.errors import NameTakenError, NotYoursError, WrongAreaError
from portal.teams.models import Team
from portal.teams.queries.teams import TEAM_AREAS
from portal.teams.rules import manages

CODE_LENGTH = 8
CODE_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that is misread aloud or on paper


@transaction.atomic
def create_team(*, area: Area, by: User, **fields: Any) -> Team:
    """Make a team in ``area``, a community or a street.

    Raises:
        NotYoursError: ``by`` does not look after teams there.
        WrongAreaError: teams are not made at such a place, or it has ended.
        NameTakenError: an open team there has the name.
    """
    if not may(by, Action.MANAGE_TEAMS, area):
        raise NotYoursError
    area = states.lock(area)
    if area.kind not in TEAM_AREAS or not area.is_open:
        raise WrongAreaError
    team = Team(area=area, **{"code": get_random_string(CODE_LENGTH, CODE_ALPHABET), **fields})
    _refuse_taken_name(team)
    states.save(team, action="created", by=by)
    return team


@transaction.atomic
def edit_team(*, team: Team, by: User, **fields: Any) -> Team:
    """Change what is said of a team.

    Raises:
        NotYoursError: ``by`` does not look after teams there.
        TeamEndedError: it is over.
        NameTakenError: another open team there has the name.
    """
    if not manages(by, team):
        raise NotYoursError
    states.lock(team.area)
    team = rows.hold(team)
    changed = [name for name, value in fields.items() if getattr(team, name) != value]
    for name in changed:
        setattr(team, name, fields[name])
    _refuse_taken_name(team)
    if changed:
        states.save(team, action="edited", by=by, data={"fields": changed})
    return team


@transaction.atomic
def end_team(*, team: Team, by: User) -> Team:
    """End a team today; whoever is in it is told, and whoever waits waits no more. Idempotent.

    Raises:
        NotYoursError: ``by`` does not look after teams there.
    """
    if not manages(by, team):
        raise NotYoursError
    team = states.lock(team, "area")
    if not team.is_open:
        return team
    after = {MembershipState.REQUESTED: MembershipState.REFUSED, MembershipState.INVITED: MembershipState.WITHDRAWN}
    memberships = list(team.memberships.filter(state__in=[*after, MembershipState.JOINED]).select_related("person"))
    for membership in memberships:
        to = after.get(MembershipState(membership.state), MembershipState.LEFT)
        rows.move(membership, to=to, by=by)
    note = Note(kind=MessageKind.TEAM, title=_("“%(team)s”结束了。谢谢您的参与。") % {"team": team})
    tell_each((membership.person for membership in memberships), note)
    team.ends_on = timezone.localdate()
    states.save(team, action="ended", by=by)
    return team


def _refuse_taken_name(team: Team) -> None:
    if Team.objects.filter(area=team.area, name=team.name, ends_on__isnull=True).exclude(pk=team.pk).exists():
        raise NameTakenError
