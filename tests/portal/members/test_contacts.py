"""Another phone and another mailbox, by oneself."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from portal.members import actions, queries
from portal.members.errors import EmailTakenError, PhoneTakenError
from portal.notices.models import MailboxEntry, Message
from tests.factories.members import PASSWORD, RosterEntryFactory, UserFactory
from tests.factories.organisations import PostFactory
from tests.portal.members.doors import HOME, LOG_IN, come_in, last_code, wrong

pytestmark = pytest.mark.django_db

PHONE = reverse("account_change_own_phone")
EMAIL = reverse("account_change_own_email")
NEW = "+8613612345678"


def messages_to(phone):
    return [entry.body for entry in MailboxEntry.objects.filter(recipient=str(phone))]


@pytest.fixture
def person(client):
    person = UserFactory(phone="+8613511112222")
    come_in(client, person)
    return person


@pytest.mark.parametrize("page", [PHONE, EMAIL])
def test_an_old_log_in_is_asked_for_a_proof_first(client, page):
    client.force_login(UserFactory())

    assert client.get(page).url.startswith(reverse("account_reauthenticate_by_code"))
    assert client.post(page, {"to": NEW}).status_code == 302
    assert not MailboxEntry.objects.exists()


def test_the_new_phone_is_proved_and_the_old_one_told(client, person, django_capture_on_commit_callbacks):
    client.post(PHONE, {"to": "136 1234 5678"})
    assert "+8613612345678" in client.get(PHONE).text

    with django_capture_on_commit_callbacks(execute=True):
        client.post(PHONE, {"code": last_code()})

    person.refresh_from_db()
    assert person.phone == NEW
    assert "已经换成另一个" in messages_to("+8613511112222")[0]
    entry = ModelLogEntry.objects.get(action="members.user.phone_changed")
    assert entry.user == person
    assert "1234" not in str(entry.data)


def test_a_wrong_code_changes_nothing_and_three_end_it(client, person):
    client.post(PHONE, {"to": NEW})
    code = last_code()

    answers = [client.post(PHONE, {"code": wrong(code)}).status_code for _ in range(3)]
    client.post(PHONE, {"code": code})

    person.refresh_from_db()
    assert answers == [422, 422, 422]
    assert person.phone != NEW


def test_a_taken_number_is_told_to_its_holder_alone(client, person):
    UserFactory(phone=NEW)

    free = client.post(PHONE, {"to": "+8613612340000"})
    client.post(PHONE, {"again": "1"})
    taken = client.post(PHONE, {"to": NEW})

    assert (free.status_code, free.url) == (taken.status_code, taken.url)
    assert "已经有账户" in messages_to(NEW)[0]
    assert not re.search(r"\d{6}", messages_to(NEW)[0])


def test_a_number_taken_meanwhile_is_refused(person):
    UserFactory(phone=NEW)

    with pytest.raises(PhoneTakenError):
        actions.change_phone(person=person, phone=NEW, session_key="")


def test_the_same_number_again_changes_nothing(person):
    actions.change_phone(person=person, phone=str(person.phone), session_key="")

    assert not ModelLogEntry.objects.filter(action="members.user.phone_changed").exists()


def test_other_sessions_end_and_the_key_of_this_one_is_new(client, person):
    other = Client()
    other.post(LOG_IN, {"login": str(person.phone), "password": PASSWORD})
    before = client.session.session_key

    client.post(PHONE, {"to": NEW})
    client.post(PHONE, {"code": last_code()})

    assert client.get(HOME).status_code == 200
    assert other.get(HOME).status_code == 302
    assert client.session.session_key != before


def test_roster_rows_of_the_new_number_are_met(client, person):
    entry = RosterEntryFactory(phone=NEW)

    client.post(PHONE, {"to": NEW})
    client.post(PHONE, {"code": last_code()})

    assert queries.home_unit(person) == entry.unit


def test_a_new_mailbox_is_proved_by_a_code(client, person):
    client.post(EMAIL, {"to": "lin@example.org"})
    code = re.search(r"\d{6}", mail.outbox[0].body).group()

    client.post(EMAIL, {"code": code})

    person.refresh_from_db()
    assert person.email == "lin@example.org"
    assert Message.objects.filter(recipient=person, title="您的邮箱已经更换").exists()


def test_the_mailbox_that_was_is_told(client, person, django_capture_on_commit_callbacks):
    person.email = "old@example.org"
    person.save()

    with django_capture_on_commit_callbacks(execute=True):
        actions.change_email(person=person, email="new@example.org")

    assert ["old@example.org"] in [sent.to for sent in mail.outbox]


def test_a_mailbox_another_has_proved_is_refused(person):
    actions.change_email(person=UserFactory(), email="lin@example.org")

    with pytest.raises(EmailTakenError):
        actions.change_email(person=person, email="Lin@example.org")


@pytest.mark.parametrize(("page", "typed"), [(PHONE, ""), (PHONE, "12345"), (EMAIL, ""), (EMAIL, "lin")])
def test_what_is_none_is_refused_and_stays(client, person, page, typed):
    answer = client.post(page, {"to": typed})

    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.text or not typed


def test_messages_to_new_numbers_are_capped_like_all_others(client, person):
    cache.clear()
    answers = []
    for number in range(25):
        client.post(PHONE, {"again": "1"})
        answers.append(client.post(PHONE, {"to": f"+86136000010{number:02}"}).status_code)

    assert answers.count(302) == 20


def test_the_rows_of_the_roster_follow_to_the_new_phone():
    contact = PostFactory(unit_contact=True)
    person = UserFactory(phone="+8613511112222", name="张三丰")
    row = RosterEntryFactory(unit=contact.unit, phone=person.phone, name="张三丰")
    home = actions.activate_from_roster(person=person)
    quicker = RosterEntryFactory(unit=contact.unit, phone=NEW, name="张三丰")  # a file that has it already

    actions.change_phone(person=person, phone=NEW, session_key="")

    assert home
    row.refresh_from_db()
    assert (row.phone, row.former_phone, row.left_on) == (NEW, "+8613511112222", None)
    quicker.refresh_from_db()
    assert quicker.left_on
    assert Message.objects.get(recipient=contact.person).title == "张三丰换了手机号，名册已经跟着改。"
    assert ModelLogEntry.objects.get(action="members.rosterentry.followed").user == person


def test_a_row_stays_where_the_unit_has_listed_somebody_else_with_the_phone():
    row = RosterEntryFactory(person=UserFactory())
    RosterEntryFactory(unit=row.unit, phone=NEW, person=UserFactory())

    actions.change_phone(person=row.person, phone=NEW, session_key="")

    row.refresh_from_db()
    assert row.phone != NEW
