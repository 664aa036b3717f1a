"""Teams are made, changed and ended; people ask, come in, lead and leave."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.notices.models import Message
from portal.organisations.errors import StillInUseError
from portal.teams import actions
from portal.teams.actions.following import refuse_while_open
from portal.teams.enums import MEMBERSHIP_TRANSITIONS, JoiningWay, MembershipState, TeamKind
from portal.teams.errors import (
    NameTakenError,
    NeverDeletedError,
    NotYoursError,
    TeamEndedError,
    WrongAreaError,
)
from portal.teams.models import Team, TeamMembership
from tests.factories.organisations import CommunityFactory, DistrictFactory, PostFactory, StreetFactory
from tests.factories.teams import TeamFactory, TeamMembershipFactory
from tests.portal.activities.logs import logged

pytestmark = pytest.mark.django_db

FIELDS = {"name": "巡河队", "kind": TeamKind.ENVIRONMENT}


def organiser_of(team):
    return PostFactory(area=team.area).person


def told(person):
    return list(Message.objects.filter(recipient=person).values_list("title", flat=True))


@pytest.mark.parametrize("place", [CommunityFactory, StreetFactory])
def test_an_organiser_makes_a_team_in_a_community_or_street(place):
    post = PostFactory(area=place())

    team = actions.create_team(area=post.area, by=post.person, **FIELDS)

    assert (team.area, team.name, team.is_open) == (post.area, "巡河队", True)
    assert logged(team) == ["teams.team.created"]


def test_only_whoever_looks_after_teams_there_makes_one():
    with pytest.raises(NotYoursError):
        actions.create_team(area=CommunityFactory(), by=PostFactory().person, **FIELDS)


def test_a_district_has_no_teams_of_its_own():
    post = PostFactory(area=DistrictFactory())

    with pytest.raises(WrongAreaError):
        actions.create_team(area=post.area, by=post.person, **FIELDS)


def test_a_name_is_taken_once_in_a_place_until_its_team_ends():
    team = TeamFactory(name="巡河队")
    by = organiser_of(team)

    with pytest.raises(NameTakenError):
        actions.create_team(area=team.area, by=by, **FIELDS)
    actions.end_team(team=team, by=by)

    assert actions.create_team(area=team.area, by=by, **FIELDS).is_open


def test_editing_changes_what_is_said_and_logs_which():
    team = TeamFactory()

    actions.edit_team(team=team, by=organiser_of(team), name=team.name, way=JoiningWay.REQUEST)

    assert Team.objects.get().way == JoiningWay.REQUEST
    assert logged(team) == ["teams.team.edited"]


def test_editing_is_refused_to_others_and_for_what_is_over():
    team, over = TeamFactory(), TeamFactory(ended=True)

    with pytest.raises(NotYoursError):
        actions.edit_team(team=team, by=TeamMembershipFactory(team=team, lead=True).person, name="别的")
    with pytest.raises(TeamEndedError):
        actions.edit_team(team=over, by=organiser_of(over), name="别的")


def test_editing_does_not_take_another_teams_name():
    team = TeamFactory()
    other = TeamFactory(area=team.area)

    with pytest.raises(NameTakenError):
        actions.edit_team(team=team, by=organiser_of(team), name=other.name)


def test_ending_closes_every_membership_and_tells_people_once():
    team = TeamFactory()
    inside, asking = TeamMembershipFactory(team=team, lead=True), TeamMembershipFactory(team=team, requested=True)
    by = organiser_of(team)

    actions.end_team(team=team, by=by)
    actions.end_team(team=team, by=by)

    states = dict(TeamMembership.objects.values_list("person_id", "state"))
    assert states == {inside.person_id: MembershipState.LEFT, asking.person_id: MembershipState.REFUSED}
    assert len(told(inside.person)) == len(told(asking.person)) == 1
    assert Team.objects.get().ends_on == timezone.localdate()


def test_ending_tells_three_at_the_price_of_one():
    asked = []
    for size in (1, 3):
        team = TeamFactory()
        TeamMembershipFactory.create_batch(size, team=team)
        with CaptureQueriesContext(connection) as one:
            actions.end_team(team=team, by=organiser_of(team))
        asked.append(sum("INSERT" in query["sql"] and "notices_" in query["sql"] for query in one))

    assert asked[0] == asked[1]


def test_a_lead_does_not_end_a_team():
    lead = TeamMembershipFactory(lead=True)

    with pytest.raises(NotYoursError):
        actions.end_team(team=lead.team, by=lead.person)


def test_a_team_is_never_deleted():
    team = TeamFactory()

    with pytest.raises(NeverDeletedError):
        team.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Team.objects.filter(pk=team.pk)._raw_delete("default")


def test_teams_follow_their_community_and_keep_their_names_apart():
    before, after = CommunityFactory(), CommunityFactory()
    TeamFactory(area=after, name="巡河队")
    moved = TeamFactory(area=before, name="巡河队")

    assert actions.follow(before=before, after=after, by=None) == 1
    assert actions.follow(before=before, after=after, by=None) == 0

    moved.refresh_from_db()
    assert (moved.area, moved.name) == (after, f"巡河队（{before.name}）")
    assert logged(moved) == ["teams.team.moved"]


def test_teams_are_told_apart_though_the_name_for_that_is_taken():
    before, after = CommunityFactory(name="东湖社区"), CommunityFactory()
    for name in ("巡河队", "巡河队（东湖社区）"):
        TeamFactory(area=after, name=name)
    moved = TeamFactory(area=before, name="巡河队")

    actions.follow(before=before, after=after, by=None)

    moved.refresh_from_db()
    assert (moved.area, moved.name) == (after, "巡河队（东湖社区 2）")


def test_a_place_with_an_open_team_does_not_just_end():
    team = TeamFactory()

    with pytest.raises(StillInUseError):
        refuse_while_open(area=team.area)
    refuse_while_open(area=TeamFactory(ended=True).area)


def test_every_state_is_reached_and_the_final_ones_lead_nowhere():
    reached = {state for states in MEMBERSHIP_TRANSITIONS.values() for state in states}

    assert reached == set(MembershipState)
    final = {MembershipState.LEFT, MembershipState.REFUSED, MembershipState.WITHDRAWN}
    assert not final & MEMBERSHIP_TRANSITIONS.keys()
