import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from tests.factories.members import UserFactory
from tests.factories.points import EntryFactory, RuleSetFactory
from tests.portal.activities.counting import queries_for

pytestmark = pytest.mark.django_db

MINE = reverse("points:mine")


@pytest.fixture
def member(client):
    person = UserFactory()
    client.force_login(person)
    return person


def test_strangers_are_asked_to_log_in(client):
    assert client.get(MINE).url.startswith(reverse("account_request_login_code"))


def test_each_line_names_its_rules_and_the_total_is_theirs(client, member):
    EntryFactory(member=member, points=30, title="整理图书角")
    EntryFactory(member=member, points=-10)
    EntryFactory(points=500)

    page = client.get(MINE)

    for said in ("20 分", "+30 分", "-10 分", "整理图书角", "2020-1 版规则"):
        assertContains(page, said)
    assertNotContains(page, "500")


def test_no_points_and_no_rules_yet(client, member):
    page = client.get(MINE)

    assertContains(page, "0 分")
    assertContains(page, "还没有积分")


def test_a_list_of_three_costs_as_many_queries_as_of_one(client, member):
    EntryFactory(member=member)
    once = queries_for(client, MINE)

    EntryFactory(member=member, rule_set=RuleSetFactory(version="2019-1", starts_on="2019-01-01"))
    EntryFactory(member=member)

    assert queries_for(client, MINE) == once
