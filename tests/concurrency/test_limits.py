"""Limits hold when many ask at once (L01): the count is taken under a lock all processes share."""

from contextlib import contextmanager

import pytest
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse

from portal.members import proofs
from portal.notices import limits
from portal.notices.errors import SmsNotSentError
from tests.concurrency.race import race

pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("committed")]

BURST = 40
LIMIT = 5


@pytest.fixture(autouse=True)
def _no_counts_from_before(committed):
    cache.clear()


def try_password(_turn: int) -> bool:
    request = RequestFactory().post("/")
    return bool(
        ratelimit.consume(
            request, app="allauth.account", action="burst", config={"burst": f"{LIMIT}/m/key"}, key="13800000000"
        )
    )


def log_in(number: int) -> bool:
    spelling = ("13800000071", "+86 138 0000 0071", "１３８００００００７１")[number % 3]
    answer = Client(REMOTE_ADDR=f"198.51.100.{number}").post(
        reverse("account_login"), {"login": spelling, "password": "wrong"}
    )
    return "手机号或密码不对" in answer.text


def try_code(_turn: int) -> bool:
    return proofs.may_try(RequestFactory().post("/"), sent_to="+8613800000071", sent_at=1.5)


def send(number: int) -> bool:
    try:
        limits.count_one_more(phone=f"+86138{number:08}", kind=limits.Sms.NOTICE)
    except SmsNotSentError:
        return False
    return True


def ask_for_code(number: int) -> bool:
    try:
        limits.count_one_more(phone="+8613800000072", kind=limits.Sms.CODE, purpose=("log_in", "hand_over")[number % 2])
    except SmsNotSentError:
        return False
    return True


def test_a_burst_of_log_ins_gets_no_more_tries_than_one_after_the_other():
    allowed = race(try_password, range(BURST), threads=10)

    assert 1 <= sum(allowed) <= LIMIT
    assert not try_password(0) or sum(allowed) < LIMIT


def test_a_burst_at_the_door_looks_at_no_more_than_five_passwords_of_a_number():
    looked_at = race(log_in, range(BURST // 2), threads=10)

    assert 1 <= sum(looked_at) <= LIMIT


def test_a_burst_at_one_code_gets_three_tries():
    assert 1 <= sum(race(try_code, range(BURST), threads=10)) <= 3


def test_a_burst_of_requests_gets_one_code_for_each_purpose():
    assert 1 <= sum(race(ask_for_code, range(BURST), threads=10)) <= 2


def test_a_burst_of_messages_stays_within_the_day(settings):
    settings.SMS_PER_DAY = LIMIT

    allowed = race(send, range(BURST), threads=10)

    assert 1 <= sum(allowed) <= LIMIT


def test_without_the_lock_the_count_of_the_day_would_leak(settings, monkeypatch):
    @contextmanager
    def no_lock(_key):
        yield True

    settings.SMS_PER_DAY = LIMIT
    settings.SMS_RATES = {"code": "", "any": ""}
    monkeypatch.setattr(ratelimit, "cache_lock", no_lock)

    allowed = [sum(race(send, range(BURST), threads=10)) for _ in range(3) if cache.clear() is None]

    assert max(allowed) > LIMIT
