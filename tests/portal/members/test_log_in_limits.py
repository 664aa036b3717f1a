"""Log-ins are limited by number, by address and by day, however a number is written and whatever is claimed."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from portal.members import proofs
from portal.members.proofs import ProofOf
from portal.notices.models import MailboxEntry
from tests.factories.members import PASSWORD, UserFactory
from tests.portal.members.doors import CONFIRM, LOG_IN, REQUEST, ask, is_logged_in, last_code, wrong

pytestmark = pytest.mark.django_db

TOO_OFTEN = "试的次数太多了"
PEER = "198.51.100.7"
SPELLINGS = [
    "13800000071",
    "+8613800000071",
    "+86 138 0000 0071",
    "138-0000-0071",
    "１３８００００００７１",
    "0086 13800000071",
]
CLAIMS = [{}, {"X-Forwarded-For": "1.2.3.{}"}, {"Forwarded": "for=1.2.3.{}"}, {"X-Real-IP": "1.2.3.{}"}]


@pytest.fixture(autouse=True)
def _no_counts_from_before(db):
    cache.clear()


def try_password(phone, password="wrong", number=0, claims=None, **more):
    """Return whether the password was looked at."""
    headers = {name: value.format(number) for name, value in (claims or {}).items()}
    answer = Client().post(LOG_IN, {"login": str(phone), "password": password}, headers=headers, **more)
    return TOO_OFTEN not in answer.content.decode()


def some_number(number):
    return f"+8613800001{number:03}"


def test_spellings_of_one_number_share_one_count_of_passwords():
    UserFactory(phone=SPELLINGS[1])

    tried = [try_password(spelling, REMOTE_ADDR=f"198.51.100.{n}") for n, spelling in enumerate(SPELLINGS)]

    assert tried == [True] * 5 + [False]


def test_spellings_of_one_number_share_one_count_of_codes():
    UserFactory(phone=SPELLINGS[1])
    with time_machine.travel(timezone.now(), tick=False):
        for n, spelling in enumerate(SPELLINGS):
            Client().post(REQUEST, {"phone": spelling}, REMOTE_ADDR=f"198.51.100.{n}")

    assert MailboxEntry.objects.count() == 1


@pytest.mark.parametrize("claims", CLAIMS)
def test_an_address_gets_twenty_wrong_passwords_a_minute_whatever_it_claims(claims):
    tried = [try_password(some_number(n), number=n, claims=claims, REMOTE_ADDR=PEER) for n in range(22)]

    assert sum(tried) == 20


def test_behind_a_proxy_of_ours_only_what_it_adds_counts(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    claims = {"X-Forwarded-For": "1.2.3.{}, 203.0.113.9"}

    tried = [try_password(some_number(n), number=n, claims=claims, REMOTE_ADDR="127.0.0.1") for n in range(22)]

    assert sum(tried) == 20


def test_one_household_of_ipv6_is_one_address():
    tried = [try_password(some_number(n), REMOTE_ADDR=f"2001:db8:1:2::{n + 1:x}") for n in range(22)]

    assert sum(tried) == 20
    assert try_password(some_number(30), REMOTE_ADDR="2001:db8:1:3::1")


def test_a_number_gets_fifty_wrong_passwords_a_day(settings):
    person = UserFactory()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with time_machine.travel(timezone.now(), tick=False) as clock:
        tried = 0
        for _turn in range(12):
            tried += sum(try_password(person.phone) for _ in range(5))
            clock.shift(timedelta(seconds=301))
        assert not try_password(person.phone, PASSWORD)
        clock.shift(timedelta(days=1))
        assert try_password(person.phone)

    assert tried == 50


def test_a_code_is_tried_three_times_though_each_request_finds_the_session_as_it_was(client):
    ask(client, UserFactory().phone)
    code, before = last_code(), list(Session.objects.values_list("session_key", "session_data"))
    for _ in range(3):
        client.post(CONFIRM, {"code": wrong(code)})
        for key, data in before:
            Session.objects.update_or_create(
                session_key=key, defaults={"session_data": data, "expire_date": timezone.now() + timedelta(days=1)}
            )

    client.post(CONFIRM, {"code": code})

    assert not is_logged_in(client)


def test_a_slip_of_the_finger_is_no_try_at_a_code(client):
    ask(client, UserFactory().phone)
    for _ in range(4):
        client.post(CONFIRM, {"code": "12"})

    client.post(CONFIRM, {"code": last_code()})

    assert is_logged_in(client)


@pytest.mark.parametrize("wrong_ones", [2, 3])
def test_a_proof_is_tried_three_times_though_each_request_finds_the_session_as_it_was(rf, wrong_ones):
    request = rf.post("/")
    request.session = {}
    code = proofs.begin(request, ProofOf.PHONE, sent_to="+8613800000071")
    before = dict(request.session)
    for _ in range(wrong_ones):
        assert proofs.accept(request, ProofOf.PHONE, wrong(code)) is None
        request.session = dict(before)

    assert (proofs.accept(request, ProofOf.PHONE, code) is not None) == (wrong_ones < 3)
