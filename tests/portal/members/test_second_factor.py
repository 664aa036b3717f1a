"""Authenticators, recovery codes, passkeys: enrolled, asked for, used once, taken away."""

import base64
import json
import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.members.mfa_adapter import MfaAdapter
from portal.notices.models import Message
from tests.factories.factors import SECRET, shown_code, with_authenticator
from tests.factories.members import PASSWORD, UserFactory
from tests.portal.members.doors import CONFIRM, HOME, LOG_IN, ask, come_in, is_logged_in, last_code, wrong

pytestmark = pytest.mark.django_db

SECOND_STEP = reverse("mfa_authenticate")
ADD = reverse("mfa_activate_totp")
REMOVE = reverse("mfa_deactivate_totp")
CODES = reverse("mfa_view_recovery_codes")
SECURITY = reverse("account_security")


def half_way_in(client, person):
    ask(client, person.phone)
    return client.post(CONFIRM, {"code": last_code()})


def secret_on(page):
    return re.search(r'totp-secret">([A-Z2-7]+)<', page.text).group(1)


def test_an_authenticator_is_added_and_recovery_codes_come_with_it(client, django_capture_on_commit_callbacks):
    person = UserFactory()
    come_in(client, person)

    page = client.get(ADD)
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(ADD, {"code": shown_code(secret_on(page))})

    assert done.url == CODES
    assert len(re.findall(r"<code>\d{8}</code>", client.get(CODES).text)) == 10
    assert Message.objects.get(recipient=person).title == "您的账户添加了新的验证方式"
    assert ModelLogEntry.objects.filter(action="members.user.factor_added", user=person).count() == 1


def test_the_picture_is_ours_and_carries_no_style(client):
    come_in(client, UserFactory(name="林远舟"))

    page = client.get(ADD)
    data = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', page.text).group(1)

    assert b"<svg" in base64.b64decode(data)
    assert "style=" not in page.text


@pytest.mark.parametrize("typed", ["", "000", "abcdef"])
def test_an_authenticator_is_not_added_by_a_wrong_code(client, typed):
    come_in(client, UserFactory())
    client.get(ADD)

    client.post(ADD, {"code": typed})

    assert not Authenticator.objects.exists()


def test_the_secret_is_encrypted_at_rest():
    person = UserFactory()
    with_authenticator(person)

    stored = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))

    assert SECRET not in stored
    assert stored.count("gAAAA") == 2


def test_a_new_key_still_reads_what_the_old_one_wrote(settings):
    adapter = MfaAdapter()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "old", []
    written = adapter.encrypt("text")

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", ["old"]
    assert adapter.decrypt(written) == "text"
    settings.MFA_ENCRYPTION_KEYS = ["own key", "new"]
    assert adapter.decrypt(adapter.encrypt("text")) == "text"


@pytest.mark.parametrize("by", ["code", "password"])
def test_neither_a_code_by_sms_nor_a_password_skips_the_second_step(client, by):
    person = UserFactory()
    with_authenticator(person)

    if by == "code":
        answer = half_way_in(client, person)
    else:
        answer = client.post(LOG_IN, {"login": str(person.phone), "password": PASSWORD})

    assert answer.url == SECOND_STEP
    assert not is_logged_in(client)
    assert client.get(HOME).status_code == 302


@pytest.mark.parametrize("typed", ["{}", " {} ", "１２３"])
def test_the_second_step_lets_in_with_the_right_code_alone(client, typed):
    person = UserFactory()
    with_authenticator(person)
    half_way_in(client, person)

    client.post(SECOND_STEP, {"code": typed.format(shown_code())})

    assert is_logged_in(client) == ("{}" in typed)


def test_a_shown_code_works_once_for_as_long_as_it_is_good():
    person = UserFactory()
    with_authenticator(person)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        code = shown_code(periods=1)  # the phone is half a minute ahead
        first, second = Client(), Client()
        half_way_in(first, person)
        first.post(SECOND_STEP, {"code": code})
        clock.shift(timedelta(seconds=61))
        half_way_in(second, person)
        clock.shift(timedelta(seconds=-16))  # the code is still within the tolerance, allauth's own memory is over
        second.post(SECOND_STEP, {"code": code})

    assert is_logged_in(first)
    assert not is_logged_in(second)


def test_a_recovery_code_works_once(client):
    person = UserFactory()
    codes = with_authenticator(person)
    half_way_in(client, person)
    client.post(SECOND_STEP, {"code": f"{codes[0][:4]} {codes[0][4:]}"})
    assert is_logged_in(client)

    thief = Client()
    thief.post(LOG_IN, {"login": str(person.phone), "password": PASSWORD})
    thief.post(SECOND_STEP, {"code": codes[0]})

    assert not is_logged_in(thief)


def test_five_wrong_codes_lock_the_second_step(client):
    person = UserFactory()
    with_authenticator(person)
    half_way_in(client, person)

    for _ in range(5):
        client.post(SECOND_STEP, {"code": wrong(shown_code())})
    refused = client.post(SECOND_STEP, {"code": shown_code()})

    assert "试的次数太多了" in refused.text
    assert not is_logged_in(client)


def test_an_authenticator_is_removed_with_its_recovery_codes(client):
    person = UserFactory()
    with_authenticator(person)
    half_way_in(client, person)
    client.post(SECOND_STEP, {"code": shown_code()})

    client.post(REMOVE)

    assert not Authenticator.objects.exists()
    assert ModelLogEntry.objects.filter(action="members.user.factor_removed").count() == 1


def test_new_recovery_codes_end_the_old(client):
    person = UserFactory()
    old = with_authenticator(person)
    half_way_in(client, person)
    client.post(SECOND_STEP, {"code": shown_code()})

    client.post(reverse("mfa_generate_recovery_codes"))
    page = client.get(CODES)

    assert not set(old) & set(re.findall(r"\d{8}", page.text))
    assert len(set(re.findall(r"<code>(\d{8})</code>", page.text))) == 10


def test_what_a_passkey_is_asked_stands_in_the_page_without_a_script(client):
    come_in(client, UserFactory())

    page = client.get(reverse("mfa_add_webauthn"))
    question = json.loads(
        re.search(r'<script id="question" type="application/json">(.+?)</script>', page.text).group(1)
    )

    asked = question["creation_options"]["publicKey"]["authenticatorSelection"]
    assert asked["residentKey"] == "required"
    assert asked["userVerification"] == "required"
    assert all('src="' in tag for tag in re.findall(r"<script (?![^>]*json)[^>]*>", page.text))


def test_the_question_of_the_passkey_door_is_for_anybody(client):
    asked = client.get(reverse("mfa_login_webauthn"), headers={"X-Requested-With": "XMLHttpRequest"}).json()

    assert asked["request_options"]["publicKey"]["userVerification"] == "required"
    assert not asked["request_options"]["publicKey"].get("allowCredentials")


@pytest.mark.parametrize("credential", ["", "{}", "no json", '{"response": {"userHandle": "MQ"}}'])
def test_an_answer_that_is_none_opens_nothing(client, credential):
    UserFactory()
    client.get(reverse("mfa_login_webauthn"), headers={"X-Requested-With": "XMLHttpRequest"})

    client.post(reverse("mfa_login_webauthn"), {"credential": credential})

    assert not is_logged_in(client)


def test_the_pages_of_factors_are_for_whoever_is_logged_in(client):
    for name in (
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "account_security",
        "usersessions_list",
    ):
        assert client.get(reverse(name)).status_code in (302, 404), name
