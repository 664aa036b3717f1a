"""The way to one's rosters, and out of them."""

import pytest
from django.urls import reverse

from tests.factories.members import HomeMembershipFactory, RosterEntryFactory, UserFactory
from tests.factories.organisations import PostFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def post():
    return PostFactory(unit_contact=True)


@pytest.fixture
def contact(client, post):
    client.force_login(post.person)
    return client


def test_who_keeps_one_roster_comes_to_it_and_who_keeps_many_chooses(contact, post):
    index = reverse("rosters:index")
    assert contact.get(index)["Location"] == reverse("rosters:roster", args=[post.unit.code])

    branch = UnitFactory(above=post.unit, name="一分厂")
    assert branch.name in contact.get(index).content.decode()
    assert branch.name not in contact.get(f"{index}?q=二").content.decode()


def test_who_keeps_none_finds_nothing(client):
    client.force_login(UserFactory())

    assert client.get(reverse("rosters:index")).status_code == 404


def test_a_correction_leads_to_who_retired_or_left_where_it_is_ours_to_say(contact, post):
    ours = HomeMembershipFactory(unit=post.unit)
    elsewhere = HomeMembershipFactory()
    for membership, is_led in ((ours, True), (elsewhere, False)):
        person = membership.person
        entry = RosterEntryFactory(unit=post.unit, person=person, phone=person.phone)
        body = contact.get(reverse("rosters:correct", args=[entry.pk])).content.decode()

        assert (reverse("members:end_membership", args=[membership.pk]) in body) is is_led
