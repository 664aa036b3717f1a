"""How often a number, an address and a password may be tried, and a gateway that is away."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from portal.notices.errors import SmsNotSentError
from portal.notices.models import MailboxEntry
from tests.factories.members import PASSWORD, UserFactory
from tests.portal.members.doors import CONFIRM, LOG_IN, REQUEST, UNKNOWN, ask, is_logged_in, last_code

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("is_known", [True, False])
def test_a_code_is_sent_again_only_after_a_minute_and_twice_at_most(client, is_known):
    phone = UserFactory().phone if is_known else UNKNOWN
    with time_machine.travel(timezone.now(), tick=False) as clock:
        ask(client, phone)
        counts = []
        for seconds in (30, 31, 61, 61, 61):
            clock.shift(timedelta(seconds=seconds))
            client.post(CONFIRM, {"action": "resend"})
            counts.append(MailboxEntry.objects.count())

    assert counts == [1, 2, 3, 3, 3]


def test_the_rest_of_the_wait_is_said(client):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        ask(client, UserFactory().phone)
        assert ">60</span> 秒后可以重新发送。" in client.get(CONFIRM).content.decode()
        clock.shift(timedelta(seconds=18))
        early = client.post(CONFIRM, {"action": "resend"}, follow=True).content.decode()
        clock.shift(timedelta(seconds=43))
        later = client.get(CONFIRM).content.decode()

    assert "请再等 42 秒，就可以重新发送。" in early
    assert "秒后可以重新发送" not in later


def test_a_number_gets_five_messages_an_hour_and_ten_a_day():
    person = UserFactory()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        counts = []
        for _hour in range(3):
            for _minute in range(7):
                ask(Client(), person.phone)
                clock.shift(timedelta(seconds=61))
            counts.append(MailboxEntry.objects.count())
            clock.shift(timedelta(hours=1))

    assert counts == [5, 10, 10]


def test_an_address_is_limited_too():
    for n in range(25):
        ask(Client(), f"+8613700001{n:03}")

    assert MailboxEntry.objects.count() == 20


class SilentGateway:
    """A gateway that is away."""

    def send(self, *, phone: str, text: str) -> None:
        raise SmsNotSentError


@pytest.mark.parametrize("is_known", [True, False])
def test_a_gateway_that_is_away_is_said_and_what_was_typed_stays(client, settings, is_known):
    phone = str(UserFactory().phone) if is_known else UNKNOWN
    settings.SMS_SENDER = f"{__name__}.{SilentGateway.__name__}"

    response = ask(client, phone)

    assert "短信暂时发不出去" in response.content.decode()
    assert phone in response.content.decode()
    assert client.get(CONFIRM).url == REQUEST


def test_a_second_code_that_does_not_leave_keeps_the_first(client, settings):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        ask(client, UserFactory().phone)
        clock.shift(timedelta(seconds=61))
        settings.SMS_SENDER = f"{__name__}.{SilentGateway.__name__}"
        response = client.post(CONFIRM, {"action": "resend"}, follow=True)
        assert "短信暂时发不出去" in response.content.decode()
        client.post(CONFIRM, {"code": last_code()})

    assert is_logged_in(client)


def test_wrong_passwords_lock_one_phone_and_no_other(client):
    person, other = UserFactory.create_batch(2)

    for _ in range(5):
        client.post(LOG_IN, {"login": str(person.phone), "password": "wrong"})
    refused = client.post(LOG_IN, {"login": str(person.phone), "password": PASSWORD})

    assert "试的次数太多了" in refused.content.decode()
    client.post(LOG_IN, {"login": str(other.phone), "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(other.pk)


def test_all_numbers_together_get_so_many_messages_a_day(client, settings):
    settings.SMS_PER_DAY = 2
    with time_machine.travel(timezone.now(), tick=False) as clock:
        pages = [ask(Client(), f"+861370000100{n}") for n in range(3)]
        assert MailboxEntry.objects.count() == 2
        clock.shift(timedelta(days=1))
        ask(client, UNKNOWN)

    assert "短信暂时发不出去" in pages[2].text
    assert MailboxEntry.objects.count() == 3
