"""Where one is logged in: seen, ended, and never open again by an old key."""

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from portal.members.devices import in_words
from tests.factories.members import PASSWORD, UserFactory
from tests.portal.members.doors import HOME, LOG_IN, step_up

pytestmark = pytest.mark.django_db

SESSIONS = reverse("usersessions_list")
WECHAT = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605 Mobile MicroMessenger/8.0"


def device_of(person, **headers):
    device = Client(headers=headers)
    device.post(LOG_IN, {"login": str(person.phone), "password": PASSWORD})
    return device


def with_key(key):
    client = Client()
    client.cookies["sessionid"] = key
    return client


def is_in(client):
    return client.get(HOME).status_code == 200


@pytest.fixture
def person():
    return UserFactory()


def test_each_device_is_named_and_the_address_only_roughly_kept(person):
    here = device_of(person)
    device_of(person, **{"User-Agent": WECHAT})

    page = here.get(SESSIONS)

    assert "iPhone，微信" in page.text
    assert "正在用的这台" in page.text
    assert set(UserSession.objects.values_list("ip", flat=True)) == {"127.0.0.0"}


def test_one_session_is_ended_at_once(person):
    here, there, elsewhere = (device_of(person) for _ in range(3))
    row = UserSession.objects.get(session_key=there.session.session_key)

    here.post(SESSIONS, {"session": row.pk})

    assert [is_in(client) for client in (here, there, elsewhere)] == [True, False, True]
    assert ModelLogEntry.objects.get(action="members.user.sessions_ended").user == person


def test_all_others_are_ended_at_once(person):
    here, there, elsewhere = (device_of(person) for _ in range(3))

    here.post(SESSIONS, {"session": "others"})

    assert [is_in(client) for client in (here, there, elsewhere)] == [True, False, False]


def test_nobody_ends_the_session_of_another(person):
    here, stranger = device_of(person), device_of(UserFactory())
    row = UserSession.objects.get(session_key=stranger.session.session_key)

    assert here.post(SESSIONS, {"session": row.pk}).status_code == 404
    assert is_in(stranger)


def test_the_list_asks_as_often_for_many_as_for_few(person):
    here = device_of(person)
    here.get(SESSIONS)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            here.get(SESSIONS)
        counts.append(len(asked))
        device_of(person)
        device_of(person)

    assert counts[0] == counts[1]


def test_a_log_in_gives_a_new_key(person):
    client = Client()
    client.get(reverse("account_request_login_code"))
    client.post(reverse("account_request_login_code"), {"phone": str(UserFactory().phone)})
    before = client.session.session_key

    client.post(LOG_IN, {"login": str(person.phone), "password": PASSWORD})

    assert client.session.session_key != before
    assert not is_in(with_key(before))


def test_a_step_up_gives_a_new_key_and_keeps_its_place_in_the_list(person):
    here = device_of(person)
    before = here.session.session_key

    step_up(here, SESSIONS)

    assert here.session.session_key != before
    assert not is_in(with_key(before))
    assert UserSession.objects.get().session_key == here.session.session_key


def test_another_password_puts_the_others_out_and_gives_a_new_key(person):
    here, there = device_of(person), device_of(person)
    before = here.session.session_key
    new = "另一扇绿色的门-2027"

    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert [is_in(client) for client in (here, there, with_key(before))] == [True, False, False]


def test_a_key_is_dead_after_logging_out(person):
    here = device_of(person)
    key = here.session.session_key

    here.post(reverse("account_logout"))

    assert not is_in(with_key(key))


def test_whoever_is_blocked_is_outside_and_stays_so_when_let_in_again(person):
    here = device_of(person)

    person.is_active = False
    person.save()
    assert not is_in(here)
    person.is_active = True
    person.save()

    assert not is_in(here)


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (WECHAT, "iPhone，微信"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/120.0 Safari/537 Edg/120.0", "Windows，Edge"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537 Chrome/120.0 Mobile Safari/537", "安卓，Chrome"),
        ("curl/8", "未知设备"),
        ("", "未知设备"),
    ],
)
def test_a_device_is_said_in_words(user_agent, words):
    assert in_words(user_agent) == words
