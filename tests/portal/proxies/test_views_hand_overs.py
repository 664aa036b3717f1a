"""The pages on which an account goes to its person: at the counter by a code, or after they log in themselves."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from portal.members.models import User
from portal.proxies.enums import HandOverState
from portal.proxies.models import HandOver
from tests.factories.activities import ShiftFactory
from tests.factories.members import UserFactory
from tests.factories.proxies import HandOverFactory, ManagedPersonFactory, organiser_of
from tests.factories.records import ServiceRecordFactory
from tests.portal.members.doors import ask as ask_to_log_in
from tests.portal.members.doors import last_code, wrong
from tests.portal.personal_data.proofs import prove
from webui.templatetags.webui import masked_name

pytestmark = pytest.mark.django_db

PHONE = "+8613700000001"


@pytest.fixture
def elder():
    return ManagedPersonFactory(person__name="陈桂兰")


@pytest.fixture
def organiser(client, elder):
    person = organiser_of(elder.area)
    client.force_login(person)
    return person


def page(name, key):
    return reverse(f"proxies:{name}", args=[key])


def ask(client, elder):
    return client.post(page("hand_over", elder.person.pk), {"phone": PHONE, "consent": "spoken"}, follow=True)


def test_a_code_told_at_the_counter_hands_the_account_over(client, organiser, elder):
    at = page("hand_over", elder.person.pk)
    assert at in client.get(page("person", elder.person.pk)).text
    assert client.post(at, {"phone": PHONE}).status_code == 422
    asked = ask(client, elder)
    assert "137****0001" in asked.text
    assert "请本人把验证码告诉您" in asked.text
    code = last_code()
    assert client.post(at, {"code": wrong(code)}).status_code == 422

    done = client.post(at, {"code": code}, follow=True)

    assert "已由本人接管" in done.text
    assert User.objects.get(phone=PHONE) == elder.person
    assert client.get(at).status_code == 404


def test_a_wrong_number_is_taken_back_and_a_code_sent_again(client, organiser, elder):
    ask(client, elder)
    at = page("hand_over", elder.person.pk)
    first = last_code()

    client.post(at, {"again": "1"})
    client.post(at, {"back": "1"})

    assert HandOver.objects.get().state == HandOverState.WITHDRAWN
    assert first.isdecimal()
    assert "本人现在的手机号" in client.get(at).text


def test_who_has_just_logged_in_gets_the_code_of_the_counter_and_keeps_it(client, organiser, elder):
    own = UserFactory(phone=PHONE)
    cache.clear()
    ask_to_log_in(Client(), own.phone)
    logged_in_by = last_code()

    assert "验证码已发到这个手机" in ask(client, elder).text
    code = last_code()
    assert code != logged_in_by
    at = page("hand_over", elder.person.pk)
    assert "请等一分钟再发" in client.post(at, {"again": "1"}, follow=True).text

    assert client.post(at, {"code": code}).url == page("put_together", elder.person.pk)


def test_two_accounts_become_one_at_the_counter_after_a_look(client, organiser, elder):
    own = UserFactory(phone=PHONE)
    shift = ShiftFactory(past=True, activity__area=elder.area)
    ServiceRecordFactory(member=elder.person, attendance__sign_up__shift=shift, title="陪老人散步")
    ServiceRecordFactory(member=own, attendance__sign_up__shift=shift)
    ServiceRecordFactory(member=elder.person, minutes=45, attendance__sign_up__shift=ShiftFactory(begun=True))
    together = page("put_together", elder.person.pk)
    ask(client, elder)
    assert client.get(together).status_code == 302  # nothing is shown before the code

    look = client.post(page("hand_over", elder.person.pk), {"code": last_code()}, follow=True)
    assert "<dd>45 分钟</dd>" in look.text
    assert "陪老人散步" in look.text
    assert client.post(together, {}).status_code == 422
    done = client.post(together, {"agreed": "on"}, follow=True)

    assert "时间重叠、只算了一次的服务" in done.text
    assert "陪老人散步" in done.text
    assert HandOver.objects.get().own == own


def test_a_person_logs_in_and_says_yes_or_no(client, elder):
    own = UserFactory(phone=PHONE)
    waiting = HandOverFactory(person=elder.person, area=elder.area, phone=PHONE)
    other = HandOverFactory(phone=PHONE)
    prove(client, own)

    for address in (reverse("proxies:mine"), reverse("dashboard:home")):
        assert page("offer", waiting.pk) in client.get(address).text
    assert masked_name("陈桂兰") in client.get(page("offer", waiting.pk)).text
    client.post(page("decline_offer", other.pk))
    assert client.post(page("offer", waiting.pk), {}).status_code == 422
    client.post(page("offer", waiting.pk), {"agreed": "on"})

    assert {one.state for one in HandOver.objects.all()} == {HandOverState.DONE, HandOverState.DECLINED}
    assert client.get(page("offer", waiting.pk)).status_code == 404


def test_why_not_is_said_instead_of_the_form(client, elder):
    own = UserFactory(phone=PHONE)
    ServiceRecordFactory(member=elder.person, confirmed_by=own)
    waiting = HandOverFactory(person=elder.person, area=elder.area, phone=PHONE)
    prove(client, own)

    assert "自己不能给自己办" in client.get(page("offer", waiting.pk)).text
    assert client.post(page("offer", waiting.pk), {"agreed": "on"}).status_code == 422


def test_nobody_else_sees_or_hands_over_anything(client, elder):
    waiting = HandOverFactory(person=elder.person, area=elder.area, phone=PHONE)
    pages = [page(name, elder.person.pk) for name in ("hand_over", "put_together")]
    pages += [page(name, waiting.pk) for name in ("handed_over", "offer")]
    assert {client.get(address).status_code for address in pages} == {302}

    for stranger in (UserFactory(), organiser_of(ManagedPersonFactory().area)):
        prove(client, stranger)
        assert {client.get(address).status_code for address in pages} == {404}
        assert client.post(page("decline_offer", waiting.pk)).status_code == 404
