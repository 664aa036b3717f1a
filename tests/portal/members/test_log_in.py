"""Logging in by phone: with a code, with a password, and without learning who has an account."""

import logging
import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.members.models import HomeMembership, User
from portal.notices.errors import SmsNotSentError
from portal.notices.models import MailboxEntry
from tests.factories.members import PASSWORD, RosterEntryFactory, UserFactory

pytestmark = pytest.mark.django_db

REQUEST = reverse("account_request_login_code")
CONFIRM = reverse("account_confirm_login_code")
LOG_IN = reverse("account_login")
SIGN_UP = reverse("account_signup")
HOME = reverse("dashboard:home")
UNKNOWN = "+8613700000001"


@pytest.fixture(autouse=True)
def _no_rates_from_before():
    cache.clear()


def last_sms():
    return MailboxEntry.objects.first().body


def last_code():
    return re.search(r"\d{6}", last_sms()).group()


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


def ask(client, phone):
    return client.post(REQUEST, {"phone": str(phone)})


def is_logged_in(client):
    return "_auth_user_id" in client.session


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


def test_a_password_logs_in(client):
    person = UserFactory()

    response = client.post(LOG_IN, {"login": person.phone.as_national, "password": PASSWORD})

    assert response.url == HOME
    assert is_logged_in(client)


def test_wrong_passwords_lock_one_phone_and_no_other(client):
    person, other = UserFactory.create_batch(2)

    for _ in range(5):
        client.post(LOG_IN, {"login": str(person.phone), "password": "wrong"})
    refused = client.post(LOG_IN, {"login": str(person.phone), "password": PASSWORD})

    assert "试的次数太多了" in refused.content.decode()
    client.post(LOG_IN, {"login": str(other.phone), "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(other.pk)


def test_whoever_is_not_active_cannot_log_in(client):
    person = UserFactory(is_active=False)

    ask(client, person.phone)
    assert client.post(CONFIRM, {"code": last_code()}).url == reverse("account_inactive")
    client.post(LOG_IN, {"login": str(person.phone), "password": PASSWORD})

    assert not is_logged_in(client)
    assert client.get(reverse("account_inactive")).status_code == 200


def test_whoever_is_made_inactive_is_logged_out(client):
    person = UserFactory()
    client.force_login(person)

    User.objects.update(is_active=False)

    assert client.get(reverse("members:reads_of_me")).status_code == 302


def test_one_logs_out_by_post_only(client):
    client.force_login(UserFactory())

    client.get(reverse("account_logout"))
    assert is_logged_in(client)
    assert client.post(reverse("account_logout")).url == "/"
    assert not is_logged_in(client)


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


def test_one_comes_back_to_the_page_one_wanted(client):
    wanted = reverse("members:reads_of_me")
    login_page = client.get(wanted).url

    sent = client.post(login_page, {"phone": str(UserFactory().phone), "next": wanted})
    done = client.post(sent.url, {"code": last_code(), "next": wanted})

    assert login_page.startswith(REQUEST)
    assert done.url == wanted


def test_nobody_is_sent_to_a_foreign_site(client):
    sent = client.post(REQUEST, {"phone": str(UserFactory().phone), "next": "https://example.org/"})
    done = client.post(sent.url, {"code": last_code(), "next": "https://example.org/"})

    assert "example.org" not in sent.url + done.url


@pytest.mark.parametrize("name", ["account_set_password", "account_change_password"])
def test_a_password_is_set_and_changed(client, name):
    person = UserFactory(password=None if name == "account_set_password" else PASSWORD)
    client.force_login(person)
    new = "另一扇绿色的门-2027"

    assert "至少 10 个字符" in client.get(reverse(name)).content.decode()
    client.post(reverse(name), {"oldpassword": PASSWORD, "password1": new, "password2": new})

    person.refresh_from_db()
    assert person.check_password(new)


def test_the_remaining_pages_of_accounts_do_not_exist(client):
    for path in ("/account/email/", "/account/password/reset/", "/account/phone/change/", "/account/confirm-email/"):
        assert client.get(path).status_code == 404
