"""First visits: of those a roster names, and of residents."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.members.models import HomeMembership, User
from tests.factories.members import RosterEntryFactory, UserFactory
from tests.portal.members.doors import CONFIRM, SIGN_UP, UNKNOWN, ask, is_logged_in, last_code, last_sms

pytestmark = pytest.mark.django_db


def test_an_unknown_phone_is_told_whom_to_ask(client):
    ask(client, UNKNOWN)

    assert "单位联络员" in last_sms()
    assert f"http://testserver{SIGN_UP}" in last_sms()
    assert not User.objects.exists()


def test_a_phone_on_a_roster_gets_its_account_and_its_unit(client):
    entry = RosterEntryFactory(name="李明")

    ask(client, entry.phone)
    assert not HomeMembership.objects.exists()
    client.post(CONFIRM, {"code": last_code()})

    person = User.objects.get()
    assert person.name == "李明"
    assert person.home_memberships.get().unit == entry.unit


def test_whoever_stands_on_two_rosters_chooses(client):
    first, second = RosterEntryFactory.create_batch(2, phone="+8613700000005")

    ask(client, first.phone)
    response = client.post(CONFIRM, {"code": last_code()})

    assert response.url == reverse("members:choose_unit")
    assert not HomeMembership.objects.exists()
    body = client.get(response.url).content.decode()
    assert first.unit.name in body
    assert second.unit.name in body
    client.post(response.url, {"unit": second.unit.code})
    assert HomeMembership.objects.get().unit == second.unit


def test_a_resident_signs_up(client):
    client.post(SIGN_UP, {"phone": "137 0000 0001", "name": "王小明"})
    assert not User.objects.get().name
    client.post(CONFIRM, {"code": last_code()})

    person = User.objects.get()
    assert person.name == "王小明"
    assert str(person.phone) == UNKNOWN
    assert is_logged_in(client)


def test_a_stranger_cannot_name_somebody():
    stranger, owner = Client(), Client()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        stranger.post(SIGN_UP, {"phone": UNKNOWN, "name": "别人起的名字"})
        clock.shift(timedelta(seconds=61))
        owner.post(SIGN_UP, {"phone": UNKNOWN, "name": "王小明"})
        owner.post(CONFIRM, {"code": last_code()})

    assert User.objects.get().name == "王小明"


def test_signing_up_again_logs_in_and_keeps_the_name(client):
    person = UserFactory(name="王小明")

    client.post(SIGN_UP, {"phone": str(person.phone), "name": "小明"})
    client.post(CONFIRM, {"code": last_code()})

    person.refresh_from_db()
    assert is_logged_in(client)
    assert person.name == "王小明"
