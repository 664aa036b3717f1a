"""However many workers and clocks run, each message leaves once (a claim is one conditional update)."""

from uuid import uuid4

import pytest
from django.core.cache import cache
from django.utils import timezone

from portal.notices import actions, delivery, expanding
from portal.notices.enums import MessageKind
from portal.notices.models import Delivery, Mailing, Message
from portal.notices.telling import Note
from tests.concurrency.race import race
from tests.factories.activities import ShiftFactory, SignUpFactory
from tests.factories.members import ConsentFactory, UserFactory
from tests.factories.organisations import PostFactory
from tests.portal.notices.gateways import CountingSender

pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("committed")]
WORKERS = 6


@pytest.fixture
def waiting(committed, settings, monkeypatch):
    cache.clear()
    settings.SMS_SENDER = f"{CountingSender.__module__}.{CountingSender.__name__}"
    settings.SMS_RATES = dict.fromkeys(settings.SMS_RATES, "1000/h/key")
    monkeypatch.setattr(CountingSender, "calls", [])
    person = UserFactory()
    rows = [Delivery(recipient=person, kind=MessageKind.ENTRY, channel="sms", text=f"第{n}条") for n in range(4)]
    return [row.pk for row in Delivery.objects.bulk_create(rows)]


def send(pk):
    return delivery.deliver_one(pk, now=timezone.now())


def test_of_many_workers_one_sends(waiting):
    left = race(send, waiting * WORKERS, threads=WORKERS)

    assert sum(left) == len(waiting)
    assert len(CountingSender.calls) == len(waiting)


def test_without_the_claim_many_would(waiting, monkeypatch):
    monkeypatch.setattr(delivery, "claim", lambda row, now: True)

    race(send, waiting * WORKERS, threads=WORKERS)

    assert len(CountingSender.calls) > len(waiting)


def test_told_by_many_at_once_the_same_is_told_once():
    person = UserFactory()
    ConsentFactory(person=person, purpose="sms_reminders")

    def tell(_turn):
        return actions.tell(recipient=person, title="明天见", kind=MessageKind.REMINDER, once="shift:1").pk

    assert len(set(race(tell, range(WORKERS), threads=WORKERS))) == 1
    assert Message.objects.count() == Delivery.objects.count() == 1


def test_many_at_once_are_counted_to_the_last():
    person = UserFactory()

    def count(turn):
        each = Note(title=f"{turn}已报到。", kind=MessageKind.PROGRESS, once="unit:day")
        actions.tally(recipient=person, each=each, title_of="{}件".format, url="/")

    race(count, range(12), threads=WORKERS)

    assert Message.objects.get().number == 12


def test_many_workers_bring_a_mailing_to_each_once(monkeypatch):
    shift = ShiftFactory(capacity=20)
    sender = PostFactory(area=shift.activity.area).person
    SignUpFactory.create_batch(12, shift=shift)
    monkeypatch.setattr(expanding, "BATCH", 2)
    token = uuid4()

    def send(_turn):
        about = {"audience": "activity", "target": shift.activity.code, "title": "一", "body": "二"}
        expanding.expand.call(actions.send_mailing(sender=sender, token=token, **about).pk)

    race(send, range(WORKERS), threads=WORKERS)

    assert Mailing.objects.get().reached == Message.objects.count() == 12


def test_settings_saved_by_a_double_click_are_one_row():
    person = UserFactory()

    def save(_turn):
        return actions.set_preference(person=person, choices={}).pk

    assert len(set(race(save, range(WORKERS), threads=WORKERS))) == 1
