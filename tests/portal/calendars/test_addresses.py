"""An address is made, shown once, renewed and ended."""

import re

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from portal.calendars import actions
from portal.calendars.models import CalendarAddress
from portal.calendars.queries import owner_of
from tests.factories.calendars import CalendarAddressFactory
from tests.factories.members import UserFactory
from tests.factories.report_in import MemberReportInFactory
from tests.factories.teams import TeamMembershipFactory
from tests.portal.activities.logs import logged
from webui import providers

pytestmark = pytest.mark.django_db

OWN = "calendars:own"


@pytest.fixture
def person(client):
    somebody = UserFactory()
    client.force_login(somebody)
    return somebody


def test_the_page_is_behind_the_log_in(client):
    assert client.get(reverse(OWN)).status_code == client.post(reverse("calendars:withdraw")).status_code == 302


def test_a_secret_opens_until_the_next_one_is_made():
    person = UserFactory()

    first = actions.renew_address(person=person)
    assert owner_of(first) == person
    second = actions.renew_address(person=person)

    assert (owner_of(first), owner_of(second)) == (None, person)
    assert logged(CalendarAddress.objects.get()) == [
        "calendars.calendaraddress.made",
        "calendars.calendaraddress.renewed",
    ]


def test_the_secret_is_nowhere_in_the_database():
    secret = actions.renew_address(person=UserFactory())

    assert secret not in repr(CalendarAddress.objects.values().get())
    assert len(secret) > 40


def test_an_address_ends_and_ends_once():
    address = CalendarAddressFactory(secret="x")

    for _twice in range(2):
        actions.withdraw_address(person=address.person)

    assert owner_of("x") is None


def test_the_page_shows_the_address_on_the_answer_that_made_it_and_never_again(client, person):
    team = TeamMembershipFactory(person=person).team
    assertContains(client.get(reverse(OWN)), "生成我的地址")

    made = client.post(reverse(OWN))
    later = client.get(reverse(OWN))

    (secret,) = set(re.findall(r"calendars/feed/([^/]+)/mine\.ics", made.text))
    assert owner_of(secret) == person
    assertContains(made, f"calendars/feed/{secret}/teams/{team.code}.ics")
    assertContains(made, "webcal://")
    assert "no-store" in made["Cache-Control"]
    assertNotContains(later, secret)
    assertContains(later, "换一个新地址")


def test_the_page_ends_the_address(client, person):
    secret = actions.renew_address(person=person)

    assertContains(client.post(reverse("calendars:withdraw"), follow=True), "已停用")

    assert owner_of(secret) is None


def test_the_page_leads_to_the_calendar_of_ones_community(client, person, monkeypatch):
    home = MemberReportInFactory(person=person, accepted=True).area
    monkeypatch.setattr(providers, "_community_feed_sources", [lambda code: f"https://a.example/{code}.ics"])

    assertContains(client.get(reverse(OWN)), f"https://a.example/{home.code}.ics")
