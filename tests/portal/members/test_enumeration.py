"""Nobody learns from an answer who has an account."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from portal.notices.models import MailboxEntry
from tests.factories.members import RosterEntryFactory, UserFactory
from tests.portal.members.doors import CONFIRM, LOG_IN, REQUEST, SIGN_UP, UNKNOWN, ask, last_code, last_sms, wrong

pytestmark = pytest.mark.django_db


def face_of(response):
    """What a stranger may compare: status, body without the token, headers without cookies' values."""
    body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    cookies = {
        name: {key: value for key, value in morsel.items() if key != "expires"}
        for name, morsel in response.cookies.items()
    }
    return (
        response.status_code,
        body,
        sorted(item for item in response.headers.items() if item[0] != "Expires"),
        cookies,
    )


def walk(phone):
    """Every step a stranger can take with ``phone``, the wrong tries and the second message among them."""
    client = Client()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        steps = [client.get(REQUEST), ask(client, phone), client.get(CONFIRM)]
        steps += [client.post(CONFIRM, {"code": "000 00"}), client.post(CONFIRM, {"action": "resend"})]
        clock.shift(timedelta(seconds=61))
        steps += [client.get(CONFIRM), client.post(CONFIRM, {"action": "resend"}), client.get(CONFIRM)]
        code = wrong(last_code()) if re.search(r"码 \d{6}", last_sms()) else "123456"
        steps += [client.post(CONFIRM, {"code": code}) for _ in range(3)]
        steps += [client.get(REQUEST), client.get(CONFIRM)]
    digits = f"{phone[3:6]} {phone[6:10]} {phone[10:]}"
    return [(s, b.replace(digits, "N").replace(code, "C"), h, c) for s, b, h, c in map(face_of, steps)]


def test_a_stranger_cannot_tell_known_phones_from_unknown_ones_by_code():
    phones = [f"+861370000000{n}" for n in range(4)]
    RosterEntryFactory(phone=phones[1])
    UserFactory(phone=phones[2], is_active=False)
    UserFactory(phone=phones[3])

    faces = [walk(phone) for phone in phones]

    assert "新的验证码已发送" in faces[0][7][1]
    assert faces[0] == faces[1] == faces[2] == faces[3]
    assert MailboxEntry.objects.count() == 8


def test_a_stranger_cannot_tell_known_phones_from_unknown_ones_by_password():
    known, unknown = str(UserFactory().phone), UNKNOWN
    coded = UserFactory(password=None)
    faces = []
    for phone in (known, unknown, str(coded.phone)):
        client = Client()
        steps = [client.post(LOG_IN, {"login": phone, "password": "wrong"}) for _ in range(6)]
        faces.append([(s, b.replace(phone, "N"), h, c) for s, b, h, c in map(face_of, steps)])

    assert "手机号或密码不对" in faces[0][0][1]
    assert faces[0] == faces[1] == faces[2]


def test_a_stranger_cannot_tell_known_phones_from_unknown_ones_by_signing_up():
    known, unknown = str(UserFactory().phone), UNKNOWN
    faces = []
    for phone in (known, unknown):
        client = Client()
        data = {"phone": phone, "name": "王小明"}
        steps = [client.post(SIGN_UP, data), client.get(CONFIRM), client.post(SIGN_UP, data)]
        digits = f"{phone[3:6]} {phone[6:10]} {phone[10:]}"
        faces.append([(s, b.replace(digits, "N"), h, c) for s, b, h, c in map(face_of, steps)])

    assert faces[0] == faces[1]
