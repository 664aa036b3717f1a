"""What is told, to whom, by which way."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.notices import actions, queries
from portal.notices.enums import WAYS, Channel, MessageKind
from portal.notices.models import Delivery, Message, Preference
from portal.notices.telling import Note, tell_each
from tests.factories.members import ConsentFactory, UserFactory

pytestmark = pytest.mark.django_db
OFFER, RECORDS, SECURITY, WORK = MessageKind.OFFER, MessageKind.RECORDS, MessageKind.SECURITY, MessageKind.WORK


@pytest.fixture
def person():
    person = UserFactory(email="lin@example.cn")
    ConsentFactory(person=person, purpose="sms_reminders")
    return person


def ways():
    return sorted(Delivery.objects.values_list("channel", flat=True))


def test_every_kind_has_its_ways():
    assert set(WAYS) == set(MessageKind)


def test_the_same_is_told_once(person):
    first, second = (actions.tell(recipient=person, title="明天见", kind=OFFER, once="shift:1") for _ in range(2))

    assert first == second
    assert Message.objects.count() == 1
    assert ways() == ["email", "sms"]


def test_the_database_keeps_the_same_from_being_told_twice(person):
    actions.tell(recipient=person, title="明天见", once="shift:1")

    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(recipient=person, title="明天见", once="shift:1")


def test_others_are_told_the_same(person):
    for one in (person, UserFactory()):
        actions.tell(recipient=one, title="明天见", once="shift:1")

    assert Message.objects.count() == 2


def test_no_text_message_without_consent():
    actions.tell(recipient=UserFactory(), title="有空位了", kind=OFFER)

    assert ways() == []


@pytest.mark.parametrize(("kind", "expected"), [(OFFER, ["email", "sms"]), (RECORDS, []), (SECURITY, ["email"])])
def test_each_kind_leaves_by_its_ways(person, kind, expected):
    actions.tell(recipient=person, title="消息", kind=kind)

    assert ways() == expected


def test_one_turns_a_way_off_and_another_on(person):
    Preference.objects.create(person=person, choices={"offer": {"email": False}, "records": {"email": True}})

    for kind in (OFFER, RECORDS):
        actions.tell(recipient=person, title="消息", kind=kind)

    assert list(Delivery.objects.order_by("pk").values_list("kind", "channel")) == [
        ("offer", "sms"),
        ("records", "email"),
    ]


def test_what_is_muted_stands_in_the_inbox_and_calls_nobody(person):
    Preference.objects.create(person=person, choices={"offer": {"muted": True}})

    actions.tell(recipient=person, title="有空位了", kind=OFFER)

    assert queries.inbox_of(person).count() == 1
    assert queries.unread_count(person) == 0
    assert ways() == []


def test_what_guards_the_account_is_never_muted(person):
    Preference.objects.create(person=person, choices={"security": {"muted": True, "email": False}})

    actions.tell(recipient=person, title="您的密码已经更换", kind=SECURITY)

    assert queries.unread_count(person) == 1
    assert ways() == ["email"]


def test_whoever_cannot_log_in_gets_nothing_outside():
    actions.tell(recipient=UserFactory(email="a@example.cn", is_active=False), title="消息", kind=SECURITY)

    assert ways() == []


def test_telling_many_costs_as_much_as_telling_one():
    def cost(people):
        for one in people:
            ConsentFactory(person=one, purpose="sms_reminders")
        with CaptureQueriesContext(connection) as captured:
            tell_each(people, Note(title="明天见", kind=OFFER, once="x"))
        return len(captured)

    assert cost([UserFactory(email="a@example.cn")]) == cost([UserFactory(email=f"{n}@example.cn") for n in range(3)])


def tally(person, name, key="k"):
    each = Note(title=f"{name}已报到。", url="/one/", kind=MessageKind.PROGRESS, once=key)
    return actions.tally(recipient=person, each=each, title_of="今天有{}件。".format, url="/all/")


def test_what_happens_often_is_one_message_a_day(person):
    first = tally(person, "甲")
    actions.mark_read(recipient=person, messages=[first])
    tally(person, "乙")
    third = tally(person, "丙")

    message = Message.objects.get()
    assert (first.title, first.url) == ("甲已报到。", "/one/")
    assert message == third
    assert (message.title, message.body, message.url) == ("今天有3件。", "甲已报到。\n乙已报到。\n丙已报到。", "/all/")
    assert queries.unread_count(person) == 1
    assert Delivery.objects.count() == 1


def test_a_long_day_names_the_first_and_counts_all(person):
    for number in range(30):
        message = tally(person, str(number))

    assert message.title == "今天有30件。"
    assert message.body.splitlines()[-1] == "……"
    assert len(message.body.splitlines()) == 21


def test_another_day_is_another_message_and_whoever_wants_each_gets_each(person):
    tally(person, "甲", key="one")
    tally(person, "甲", key="two")
    Preference.objects.create(person=person, tallies=False)
    for _ in range(2):
        tally(person, "乙", key="two")

    assert sorted(Message.objects.values_list("title", flat=True)) == ["乙已报到。"] * 2 + ["甲已报到。"] * 2


def test_a_mail_about_work_waits_for_the_days_digest(person):
    actions.tell(recipient=person, title="有一份新的报到等您确认。", kind=WORK)

    delivery = Delivery.objects.get()
    assert (delivery.channel, delivery.waits_for_digest) == (Channel.EMAIL, True)
    assert delivery.next_attempt_at > timezone.now()
    assert timezone.localtime(delivery.next_attempt_at).hour == 18
