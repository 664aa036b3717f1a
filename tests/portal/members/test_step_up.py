"""Proving once more who one is, before what opens the account may change."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.notices.models import MailboxEntry
from tests.factories.factors import shown_code, with_authenticator
from tests.factories.members import PASSWORD, UserFactory
from tests.portal.members.doors import come_in, last_code, step_up, wrong

pytestmark = pytest.mark.django_db

BY_CODE = reverse("account_reauthenticate_by_code")
BY_PASSWORD = reverse("account_reauthenticate")
BY_FACTOR = reverse("mfa_reauthenticate")
WANTED = reverse("mfa_activate_totp")
GUARDED = [reverse(name) for name in ("mfa_activate_totp", "mfa_add_webauthn", "account_set_password")]


@pytest.mark.parametrize("wanted", GUARDED)
def test_an_old_log_in_is_not_enough(client, wanted):
    client.force_login(UserFactory(password=None))  # nothing proved in this session

    answer = client.get(wanted)

    assert answer.url.startswith(BY_CODE)


@pytest.mark.parametrize(("minutes", "is_open"), [(9, True), (11, False)])
def test_a_log_in_is_a_proof_for_ten_minutes(client, minutes, is_open):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        come_in(client, UserFactory())
        clock.shift(timedelta(minutes=minutes))
        assert (client.get(WANTED).status_code == 200) == is_open


def test_a_code_to_ones_own_phone_is_a_proof(client):
    client.force_login(UserFactory(password=None))

    assert step_up(client, WANTED).url == WANTED
    assert client.get(WANTED).status_code == 200


def test_a_password_is_a_proof(client):
    client.force_login(UserFactory())

    client.post(BY_PASSWORD, {"password": PASSWORD, "next": WANTED})

    assert client.get(WANTED).status_code == 200


def test_a_wrong_code_is_none_and_three_end_it(client):
    client.force_login(UserFactory(password=None))
    client.post(BY_CODE, {"send": "1"})
    code = last_code()

    answers = [client.post(BY_CODE, {"code": wrong(code)}) for _ in range(3)]
    client.post(BY_CODE, {"code": code})

    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert client.get(WANTED).status_code == 302


def test_a_code_dies_after_five_minutes_and_in_another_browser(client):
    person = UserFactory(password=None)
    client.force_login(person)
    thief = Client()
    thief.force_login(person)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.post(BY_CODE, {"send": "1"})
        code = last_code()
        thief.post(BY_CODE, {"code": code})
        clock.shift(timedelta(seconds=301))
        client.post(BY_CODE, {"code": code})
        assert client.get(WANTED).status_code == thief.get(WANTED).status_code == 302


def test_whoever_has_a_second_factor_proves_it_by_that_alone(client):
    person = UserFactory()
    with_authenticator(person)
    client.force_login(person)

    assert client.get(BY_PASSWORD).url.startswith(BY_FACTOR)
    assert client.get(BY_CODE).url.startswith(BY_FACTOR)
    client.post(BY_CODE, {"send": "1"})
    assert not MailboxEntry.objects.exists()
    client.post(BY_FACTOR, {"code": shown_code(), "next": WANTED})
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200


def test_the_code_is_not_in_the_session_in_the_clear(client):
    client.force_login(UserFactory(password=None))

    client.post(BY_CODE, {"send": "1"})

    assert last_code() not in str(dict(client.session.items()))


def test_the_phone_is_shown_in_part_only(client):
    client.force_login(UserFactory(phone="+8613812345678", password=None))

    page = client.get(BY_CODE).text

    assert "12345678" not in page
    assert "5678" in page


def test_nobody_is_led_abroad(client):
    client.force_login(UserFactory(password=None))

    assert "example.org" not in step_up(client, "https://example.org/").url
