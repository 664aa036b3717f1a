"""A lead, or whoever looks after a team, writes to its people; nobody else does."""

import pytest
from django.urls import reverse

from portal.notices.audiences import reach_of
from tests.factories.members import UserFactory
from tests.factories.organisations import CommunityFactory, PostFactory
from tests.factories.teams import TeamFactory, TeamMembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return TeamFactory(name="巡河队")


def people_of(sender, team):
    reach = reach_of(sender=sender, audience="team", target=team.code)
    return set(reach.people) if reach else None


def test_a_lead_reaches_those_in_the_team_and_not_those_who_ask_or_left(team):
    lead = TeamMembershipFactory(team=team, lead=True).person
    member = TeamMembershipFactory(team=team).person
    TeamMembershipFactory(team=team, requested=True)
    TeamMembershipFactory(team=team, left=True)

    assert people_of(lead, team) == {member}


def test_an_organiser_of_the_place_reaches_them_too(team):
    member = TeamMembershipFactory(team=team).person

    assert people_of(PostFactory(area=team.area).person, team) == {member}


def test_a_member_an_organiser_elsewhere_and_a_stranger_do_not(team):
    member = TeamMembershipFactory(team=team).person

    for person in (member, PostFactory(area=CommunityFactory()).person, UserFactory()):
        assert people_of(person, team) is None


def test_nobody_writes_to_a_team_that_has_ended():
    team = TeamFactory(ended=True)

    assert people_of(PostFactory(area=team.area).person, team) is None


def test_the_page_of_the_team_leads_there(client, team):
    page = reverse("notices:write", args=["team", team.code])
    client.force_login(TeamMembershipFactory(team=team).person)
    assert page not in client.get(reverse("teams:team", args=[team.code])).content.decode()
    assert client.get(page).status_code in (403, 404)
    client.force_login(TeamMembershipFactory(team=team, lead=True).person)

    assert page in client.get(reverse("teams:team", args=[team.code])).content.decode()
    assert "巡河队" in client.get(page).content.decode()
