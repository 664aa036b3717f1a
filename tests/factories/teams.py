"""Teams, and who is in them."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from portal.teams.enums import JoiningWay, MembershipState, TeamKind, TeamRole
from portal.teams.models import Team, TeamMembership
from tests.factories.members import UserFactory
from tests.factories.organisations import CommunityFactory


class TeamFactory(DjangoModelFactory):
    """A team anybody may join; ``on_request=True`` and ``by_invitation=True`` for the other ways."""

    class Meta:
        model = Team

    area = factory.SubFactory(CommunityFactory)
    code = factory.Sequence(lambda n: f"t{n:06}")
    name = factory.Sequence(lambda n: f"第{n}巡河队")
    kind = TeamKind.ENVIRONMENT
    description = "每月沿河走一次，捡拾垃圾。"

    class Params:
        on_request = factory.Trait(way=JoiningWay.REQUEST)
        by_invitation = factory.Trait(way=JoiningWay.INVITATION)
        ended = factory.Trait(ends_on=factory.LazyFunction(timezone.localdate))


class TeamMembershipFactory(DjangoModelFactory):
    """Somebody who is in a team; ``lead=True`` for one who leads it, ``requested=True`` for one who asks."""

    class Meta:
        model = TeamMembership

    team = factory.SubFactory(TeamFactory)
    person = factory.SubFactory(UserFactory)
    state = MembershipState.JOINED
    starts_on = factory.LazyFunction(timezone.localdate)

    class Params:
        lead = factory.Trait(role=TeamRole.LEAD)
        requested = factory.Trait(state=MembershipState.REQUESTED, starts_on=None)
        invited = factory.Trait(state=MembershipState.INVITED, starts_on=None)
        left = factory.Trait(state=MembershipState.LEFT, ends_on=factory.LazyFunction(timezone.localdate))
