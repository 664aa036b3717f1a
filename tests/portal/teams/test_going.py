"""Who leads a team, or looks after it, sees who of it comes."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from portal.activities.enums import RuleKind
from portal.activities.models import EntryRule
from tests.factories.activities import ShiftFactory, SignUpFactory
from tests.factories.members import UserFactory
from tests.factories.organisations import PostFactory
from tests.factories.teams import TeamMembershipFactory
from tests.portal.activities.counting import queries_for

pytestmark = pytest.mark.django_db


def test_whoever_leads_or_looks_after_a_team_sees_who_of_it_comes(client):
    lead = TeamMembershipFactory(lead=True)
    shift = ShiftFactory()
    EntryRule.objects.create(activity=shift.activity, kind=RuleKind.TEAM, team=lead.team)
    comes = TeamMembershipFactory(team=lead.team, person__name="钱小溪").person
    SignUpFactory(shift=shift, member=comes)
    SignUpFactory(shift=shift, waiting=True, member=TeamMembershipFactory(team=lead.team).person)
    SignUpFactory(shift=shift, member__name="孙外人")
    page, said = reverse("teams:team", args=[lead.team.code]), "1 位队员报了名：钱*"

    client.force_login(lead.person)
    shown = client.get(page)
    assertContains(shown, said)
    assertNotContains(shown, "孙*")
    once = queries_for(client, page)
    client.force_login(PostFactory(area=lead.team.area).person)
    assertContains(client.get(page), said)
    for other in (comes, UserFactory(), PostFactory().person):
        client.force_login(other)
        assertNotContains(client.get(page), "报了名")

    for _more in range(2):
        SignUpFactory(shift=shift, member=TeamMembershipFactory(team=lead.team).person)
    client.force_login(lead.person)
    assert queries_for(client, page) == once
