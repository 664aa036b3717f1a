"""Somebody without an account of whom no report-in is expected for a time."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.report_in.queries import gap_list
from portal.rosters import actions
from portal.rosters.errors import AsksThemselvesError, EntryLeftError, ExemptionDaysError
from tests.factories.members import RosterEntryFactory, UserFactory
from tests.factories.organisations import PostFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def post():
    return PostFactory(unit_contact=True)


@pytest.fixture
def entry(post):
    return RosterEntryFactory(unit=post.unit, person=None)


def test_the_gap_list_leaves_them_out_until_the_day_is_over(post, entry):
    today = timezone.localdate()
    actions.exempt_entry(entry=entry, until=today + timedelta(days=3), by=post.person)
    assert not gap_list(post.person).exists()

    with time_machine.travel(timezone.now() + timedelta(days=4)):
        assert list(gap_list(post.person)) == [entry]


def test_done_again_logs_once_and_an_empty_day_takes_it_back(post, entry):
    until = timezone.localdate() + timedelta(days=3)
    for _again in range(2):
        actions.exempt_entry(entry=entry, until=until, by=post.person)
    logged = ModelLogEntry.objects.get(action="members.rosterentry.exempted", user=post.person)
    assert logged.data["until"] == until.isoformat()

    actions.exempt_entry(entry=entry, until=None, by=post.person)

    assert list(gap_list(post.person)) == [entry]


@pytest.mark.parametrize("days", [-1, 367])
def test_a_day_past_or_too_far_is_refused(post, entry, days):
    with pytest.raises(ExemptionDaysError):
        actions.exempt_entry(entry=entry, until=timezone.localdate() + timedelta(days=days), by=post.person)


def test_whoever_has_logged_in_or_left_is_refused(post):
    met = RosterEntryFactory(unit=post.unit, person=UserFactory())
    gone = RosterEntryFactory(unit=post.unit, person=None, left_on=timezone.localdate())
    for entry, refusal in ((met, AsksThemselvesError), (gone, EntryLeftError)):
        with pytest.raises(refusal):
            actions.exempt_entry(entry=entry, until=timezone.localdate(), by=post.person)


def test_once_they_have_an_account_they_are_on_the_list_again(post, entry):
    actions.exempt_entry(entry=entry, until=timezone.localdate(), by=post.person)
    entry.refresh_from_db()
    entry.person = UserFactory()
    entry.save()

    assert list(gap_list(post.person)) == [entry]


def test_the_contact_says_so_on_the_page_of_the_entry(client, post, entry):
    page = reverse("rosters:exempt", args=[entry.pk])
    assert client.post(page).status_code == 302
    client.force_login(UserFactory())
    assert client.post(page).status_code == 404
    client.force_login(post.person)

    assert client.post(page, {"until": "2020-01-01"}).status_code == 422
    until = timezone.localdate() + timedelta(days=9)
    client.post(page, {"until": until.isoformat()})

    entry.refresh_from_db()
    assert entry.exempt_until == until
    assert f"免予报到到 {until}" in client.get(reverse("rosters:roster", args=[post.unit.code])).content.decode()


def test_who_logged_in_meanwhile_is_refused_in_sight(client, post, entry):
    entry.person = UserFactory()
    entry.save()
    client.force_login(post.person)

    response = client.post(reverse("rosters:exempt", args=[entry.pk]), {"until": timezone.localdate().isoformat()})

    assert response.status_code == 422
    assert str(AsksThemselvesError()) in response.content.decode()
