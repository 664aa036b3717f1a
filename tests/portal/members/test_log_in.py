"""Logging in by phone and code."""

import logging
import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.members.models import User
from portal.notices.models import MailboxEntry
from tests.factories.members import UserFactory
from tests.portal.members.doors import (
    CONFIRM,
    HOME,
    LOG_IN,
    REQUEST,
    SIGN_UP,
    ask,
    is_logged_in,
    last_code,
    last_sms,
    wrong,
)

pytestmark = pytest.mark.django_db


def test_a_code_logs_in(client):
    person = UserFactory(phone_verified_at=None)

    assert ask(client, person.phone).url == CONFIRM
    response = client.post(CONFIRM, {"code": last_code()})

    person.refresh_from_db()
    assert response.url == HOME
    assert client.session["_auth_user_id"] == str(person.pk)
    assert person.phone_verified_at is not None


@pytest.mark.parametrize(
    "typed",
    ["138 0000 0000", "138-0000-0000", "13800000000", "１３８００００００００", "+86 138 0000 0000", "8613800000000"],
)
def test_a_phone_may_be_written_in_many_ways(client, typed):
    UserFactory(phone="+8613800000000")

    ask(client, typed)

    assert MailboxEntry.objects.get().recipient == "+8613800000000"
    assert re.search(r"\d{6}", last_sms())


@pytest.mark.parametrize(
    ("typed", "words"), [("", "请填写手机号。"), ("12345", "11 位手机号"), ("你好", "11 位手机号")]
)
def test_a_phone_that_is_none_is_refused_in_chinese(client, typed, words):
    response = ask(client, typed)

    assert words in response.content.decode()
    assert not MailboxEntry.objects.exists()


def test_the_phone_field_suits_a_phone(client):
    body = client.get(REQUEST).content.decode()

    assert 'autocomplete="tel"' in body
    assert 'inputmode="numeric"' in body
    assert "maxlength" not in body


@pytest.mark.parametrize("between", [" ", "　", ""])
def test_spaces_in_a_code_do_not_matter(client, between):
    ask(client, UserFactory().phone)
    code = last_code()

    client.post(CONFIRM, {"code": f" {code[:3]}{between}{code[3:]} "})

    assert is_logged_in(client)


def test_the_code_field_is_one_and_suits_a_code(client):
    ask(client, UserFactory().phone)

    body = client.get(CONFIRM).content.decode()

    assert body.count('name="code"') == 1
    assert 'autocomplete="one-time-code"' in body
    assert 'inputmode="numeric"' in body


def test_a_code_dies_after_five_minutes(client):
    person = UserFactory()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        ask(client, person.phone)
        clock.shift(timedelta(seconds=301))
        response = client.post(CONFIRM, {"code": last_code()}, follow=True)

    assert not is_logged_in(client)
    assert "已经过期" in response.content.decode()


def test_a_code_lives_almost_five_minutes(client):
    person = UserFactory()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        ask(client, person.phone)
        clock.shift(timedelta(seconds=299))
        client.post(CONFIRM, {"code": last_code()})

    assert is_logged_in(client)


def test_the_third_wrong_try_is_the_last(client):
    ask(client, UserFactory().phone)
    code = last_code()

    answers = [client.post(CONFIRM, {"code": wrong(code)}) for _ in range(3)]
    client.post(CONFIRM, {"code": code})

    assert [answer.status_code for answer in answers] == [200, 200, 302]
    assert "验证码不对" in answers[0].content.decode()
    assert not is_logged_in(client)


@pytest.mark.parametrize("is_known", [True, False])
def test_after_the_third_wrong_try_the_phone_is_still_there(client, is_known):
    if is_known:
        UserFactory(phone="+8613800000000")
    ask(client, "13800000000")
    code = wrong(last_code()) if is_known else "000000"

    for _try in range(3):
        response = client.post(f"{CONFIRM}?next=/portal/points/", {"code": code}, follow=True)

    body = response.content.decode()
    assert response.request["PATH_INFO"] == REQUEST
    assert "next=" in response.request["QUERY_STRING"]
    assert "验证码错了三次，请重新获取。" in body
    assert 'value="138 0000 0000"' in body


def test_after_the_third_wrong_try_a_resident_goes_on_signing_up(client):
    client.post(SIGN_UP, {"phone": "13800000000", "name": "林远舟"})

    for _try in range(3):
        response = client.post(CONFIRM, {"code": wrong(last_code())}, follow=True)

    body = response.content.decode()
    assert response.request["PATH_INFO"] == SIGN_UP
    assert 'value="林远舟"' in body
    assert 'value="138 0000 0000"' in body


def test_what_was_typed_is_forgotten_once_another_code_is_sent(client):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        phone = UserFactory().phone
        ask(client, phone)
        for _try in range(3):
            client.post(CONFIRM, {"code": wrong(last_code())})
        clock.shift(timedelta(seconds=61))
        ask(client, phone)

    assert phone.as_national not in client.get(REQUEST).content.decode()


def test_a_slip_of_the_finger_is_no_try(client):
    ask(client, UserFactory().phone)

    for typed in ("", "12345", "12 34 5", "abcdef"):
        assert client.post(CONFIRM, {"code": typed}).status_code == 200
    client.post(CONFIRM, {"code": last_code()})

    assert is_logged_in(client)


def test_a_code_works_once(client):
    person = UserFactory()
    ask(client, person.phone)
    code = last_code()
    client.post(CONFIRM, {"code": code})

    client.post(reverse("account_logout"))
    response = client.post(CONFIRM, {"code": code})

    assert response.url == REQUEST
    assert not is_logged_in(client)


def test_a_code_is_of_no_use_in_another_browser(client):
    ask(client, UserFactory().phone)
    thief = Client()

    thief.post(CONFIRM, {"code": last_code()})

    assert not is_logged_in(thief)


def test_a_new_code_replaces_the_old(client):
    person = UserFactory()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        ask(client, person.phone)
        old = last_code()
        clock.shift(timedelta(seconds=61))
        client.post(CONFIRM, {"action": "resend"})
        new = last_code()
        client.post(CONFIRM, {"code": old})
        assert not is_logged_in(client)
        clock.shift(timedelta(seconds=299))
        client.post(CONFIRM, {"code": new})

    assert is_logged_in(client)


def test_sending_the_form_twice_leads_to_the_code_under_way(client):
    person = UserFactory()
    ask(client, person.phone)

    response = ask(client, person.phone)
    client.post(CONFIRM, {"code": last_code()})

    assert response.url == CONFIRM
    assert MailboxEntry.objects.count() == 1
    assert is_logged_in(client)


def test_one_may_turn_to_another_phone_while_a_code_is_under_way(client):
    person, other = UserFactory.create_batch(2)
    ask(client, person.phone)

    assert client.get(REQUEST).status_code == client.get(LOG_IN).status_code == client.get(SIGN_UP).status_code == 200
    ask(client, other.phone)
    client.post(CONFIRM, {"code": last_code()})

    assert client.session["_auth_user_id"] == str(other.pk)


def test_a_code_is_neither_logged_nor_in_an_address(client, caplog):
    caplog.set_level(logging.DEBUG)
    person = UserFactory()

    sent = ask(client, person.phone)
    code = last_code()
    done = client.post(CONFIRM, {"code": code})

    assert code not in caplog.text
    assert code not in sent.url + done.url
    assert str(person.phone) not in caplog.text
    assert person.phone.raw_input not in caplog.text


@pytest.mark.parametrize("door", [REQUEST, SIGN_UP])
@pytest.mark.parametrize("phone", ["+852 5123 4567", "+1 202 555 0123", "0755-2222 2222", "400 800 1234"])
def test_a_number_our_messages_do_not_go_to_is_refused(client, door, phone):
    page = client.post(door, {"phone": phone, "name": "林远舟"})

    assert "收不到我们的短信" in page.text
    assert phone in page.text
    assert not MailboxEntry.objects.exists()
    assert not User.objects.exists()


def test_the_regions_are_a_setting(client, settings):
    settings.SMS_REGIONS = ["CN", "HK"]

    ask(client, "+852 5123 4567")

    assert MailboxEntry.objects.get().recipient == "+85251234567"


@pytest.mark.parametrize("phone", ["190 0000 0001", "190 0000 0009", "138 0000 0000"])
def test_mobile_numbers_pass_those_of_the_demo_too(client, phone):
    ask(client, phone)

    assert MailboxEntry.objects.exists()
