"""How many text messages leave, whatever asks for them."""

from datetime import timedelta

import pytest
import time_machine
from allauth.core import context
from django.core.cache import cache
from django.test import RequestFactory
from django.utils import timezone

from portal.notices.enums import MessageKind
from portal.notices.errors import SmsNotSentError
from portal.notices.limits import Sms
from portal.notices.models import MailboxEntry, Message
from portal.notices.senders import send_sms
from portal.organisations.enums import Role
from tests.factories.organisations import PostFactory
from tests.portal.notices.gateways import AwaySender, named

pytestmark = pytest.mark.django_db

PHONE, OTHER = "+8613800000001", "+8613800000002"
MAILBOX = "portal.notices.senders.MailboxSmsSender"


@pytest.fixture(autouse=True)
def _no_counts_from_before(db):
    cache.clear()


def sent(phone=PHONE, kind=Sms.NOTICE, purpose=""):
    before = MailboxEntry.objects.count()
    try:
        send_sms(phone=phone, text="短信", kind=kind, purpose=purpose)
    except SmsNotSentError:
        assert MailboxEntry.objects.count() == before
        return False
    return True


def test_a_number_gets_one_code_a_minute():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        assert [sent(kind=Sms.CODE), sent(kind=Sms.CODE)] == [True, False]
        clock.shift(timedelta(seconds=59))
        assert not sent(kind=Sms.CODE)
        clock.shift(timedelta(seconds=2))
        assert sent(kind=Sms.CODE)


def test_a_code_waits_for_none_of_another_purpose_but_all_count():
    asked = ["log_in", "hand_over", "hand_over", "self", "phone", "email", "unheard_of"]

    assert [sent(kind=Sms.CODE, purpose=purpose) for purpose in asked] == [True, True, False, True, True, True, False]


def test_a_notice_may_follow_a_code_but_both_count():
    assert [sent(kind=Sms.CODE), *(sent() for _ in range(5))] == [True] * 5 + [False]


def test_a_number_gets_five_an_hour_and_ten_a_day():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        counts = []
        for _hour in range(3):
            counts.append(sum(sent() for _ in range(7)))
            clock.shift(timedelta(seconds=3601))
        clock.shift(timedelta(hours=22))
        assert [*counts, sent()] == [5, 5, 0, True]


@pytest.mark.parametrize(
    "headers",
    [{}, {"X-Forwarded-For": "1.2.3.{}"}, {"Forwarded": "for=1.2.3.{}"}, {"X-Real-IP": "1.2.3.{}"}],
)
def test_an_address_gets_twenty_codes_a_minute_whatever_it_claims(headers):
    def ask(number):
        claimed = {name: value.format(number) for name, value in headers.items()}
        with context.request_context(RequestFactory().post("/", headers=claimed, REMOTE_ADDR="198.51.100.7")):
            return sent(f"+8613800001{number:03}", Sms.CODE)

    assert sum(ask(number) for number in range(25)) == 20


def test_behind_a_proxy_of_ours_only_what_it_adds_counts(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    def ask(number):
        claimed = {"X-Forwarded-For": f"1.2.3.{number}, 203.0.113.9"}
        with context.request_context(RequestFactory().post("/", headers=claimed, REMOTE_ADDR="127.0.0.1")):
            return sent(f"+8613800001{number:03}", Sms.CODE)

    assert sum(ask(number) for number in range(25)) == 20


def test_one_household_of_ipv6_is_one_address():
    def ask(number):
        with context.request_context(RequestFactory().post("/", REMOTE_ADDR=f"2001:db8:1:2::{number:x}")):
            return sent(f"+8613800001{number:03}", Sms.CODE)

    assert sum(ask(number) for number in range(1, 25)) == 20
    with context.request_context(RequestFactory().post("/", REMOTE_ADDR="2001:db8:1:3::1")):
        assert sent("+8613800001999", Sms.CODE)


def test_administrators_are_told_once_at_four_fifths(settings):
    settings.SMS_PER_DAY = 5
    administrator = PostFactory(role=Role.ADMINISTRATOR).person
    told = []
    for number in range(5):
        assert sent(f"+8613800001{number:03}")
        told.append(Message.objects.filter(recipient=administrator).count())

    assert told == [0, 0, 0, 1, 1]
    assert not sent("+8613800001999")


def test_what_the_gateway_did_not_take_costs_a_notice_nothing_and_a_code_its_count(settings):
    settings.SMS_PER_DAY = 5
    settings.SMS_SENDER = named(AwaySender)
    administrator = PostFactory(role=Role.ADMINISTRATOR).person
    assert not any(sent() for _ in range(12))

    settings.SMS_SENDER = MAILBOX
    assert [sent() for _ in range(4)] == [True] * 4

    assert [one.kind for one in Message.objects.filter(recipient=administrator)] == [MessageKind.SECURITY]
    settings.SMS_SENDER = named(AwaySender)
    assert not sent(OTHER, Sms.CODE)
    settings.SMS_SENDER = MAILBOX
    assert not sent(OTHER)  # the code was the day's fifth
    settings.SMS_PER_DAY = 20
    assert [sent(OTHER) for _ in range(5)] == [True] * 4 + [False]


def test_administrators_are_told_once_however_often_a_message_is_given_back(settings):
    settings.SMS_PER_DAY = 1
    settings.SMS_SENDER = named(AwaySender)
    administrator = PostFactory(role=Role.ADMINISTRATOR).person

    assert not any([sent(), sent()])

    assert Message.objects.filter(recipient=administrator).count() == 1
