"""A gateway that is down delays a message and never loses or doubles it."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from portal.notices import actions, senders
from portal.notices.delivery import claim, deliver_one, pause_after
from portal.notices.enums import DeliveryState, MessageKind
from portal.notices.models import Delivery, MailboxEntry, Preference
from tests.factories.members import ConsentFactory, UserFactory
from tests.portal.notices.gateways import AwaySender, DyingSender, KeepingSender, RefusingSender, named

pytestmark = pytest.mark.django_db
OFFER = MessageKind.OFFER
MAILBOX = "portal.notices.senders.MailboxSmsSender"


@pytest.fixture(autouse=True)
def _nothing_from_before(db):
    cache.clear()
    KeepingSender.sent.clear()
    KeepingSender.calls.clear()


@pytest.fixture
def person():
    person = UserFactory(name="林远舟")
    ConsentFactory(person=person, purpose="sms_reminders")
    return person


@pytest.fixture
def tell(django_capture_on_commit_callbacks):
    def told(person, **fields):
        with django_capture_on_commit_callbacks(execute=True):
            return actions.tell(recipient=person, **{"title": "“清洁楼道”有空位了", "kind": OFFER, **fields})

    return told


def the_clock(after=timedelta(0)):
    with time_machine.travel(timezone.now() + after):
        return actions.hand_out_due(now=timezone.now())


def texts():
    return list(MailboxEntry.objects.filter(channel="sms").order_by("pk").values_list("body", flat=True))


def test_a_message_leaves_once_it_is_committed(person, tell):
    tell(person, url="/portal/activities/mine/")

    assert texts() == ["【报到】“清洁楼道”有空位了。http://127.0.0.1:8000/portal/activities/mine/"]
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == (DeliveryState.SENT, 1)
    assert the_clock(timedelta(days=1)) == 0
    assert len(texts()) == 1


def test_a_gateway_that_is_down_delays_and_does_not_lose(person, tell, settings):
    settings.SMS_SENDER = named(AwaySender)
    tell(person)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.error) == (DeliveryState.FAILED, "SmsNotSentError")
    assert delivery.next_attempt_at > timezone.now()
    assert the_clock() == 0

    assert the_clock(timedelta(minutes=2)) == 1
    settings.SMS_SENDER = MAILBOX
    the_clock(timedelta(hours=2))

    assert len(texts()) == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.error) == (DeliveryState.SENT, 3, "")


def test_pauses_grow_and_differ():
    assert timedelta(seconds=45) <= pause_after(1) <= timedelta(seconds=75)
    assert timedelta(minutes=45) <= pause_after(40) <= timedelta(minutes=75)
    assert len({pause_after(3) for _ in range(5)}) > 1


def test_what_no_try_will_send_is_given_up_at_once_without_the_number(person, tell, settings):
    settings.SMS_SENDER = named(RefusingSender)

    tell(person)

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.error, delivery.phone) == (DeliveryState.GIVEN_UP, "SmsRefusedError", "")


def test_after_three_days_it_is_given_up(person, tell, settings):
    settings.SMS_SENDER = named(AwaySender)
    tell(person)

    the_clock(timedelta(hours=71))
    assert Delivery.objects.get().state == DeliveryState.FAILED
    the_clock(timedelta(hours=74))

    assert Delivery.objects.get().state == DeliveryState.GIVEN_UP


def test_a_lost_workers_message_is_taken_up_after_the_lease_and_not_doubled(person, tell, settings):
    settings.SMS_SENDER = named(DyingSender)
    tell(person)
    settings.SMS_SENDER = named(KeepingSender)
    assert Delivery.objects.get().state == DeliveryState.SENDING

    the_clock(timedelta(seconds=settings.DELIVERY_LEASE_SECONDS - 10))
    assert len(KeepingSender.calls) == 1
    the_clock(timedelta(minutes=11))

    assert len(KeepingSender.calls) == 2
    assert len(KeepingSender.sent) == 1
    assert Delivery.objects.get().state == DeliveryState.SENT


def test_whoever_comes_back_after_the_lease_changes_nothing(person, settings):
    actions.tell(recipient=person, title="消息", kind=OFFER)
    now = timezone.now()
    late, taker = Delivery.objects.get(), Delivery.objects.get()
    assert claim(late, now=now)
    assert not claim(taker, now=now)
    taker.refresh_from_db()

    assert claim(taker, now=now + timedelta(seconds=settings.DELIVERY_LEASE_SECONDS + 1))
    assert not deliver_one(late.pk, now=now)


def at(hour):
    return timezone.make_aware(datetime(2026, 11, 30, hour))


def test_at_night_nothing_leaves_but_what_guards_the_account(person, tell):
    person.email = "lin@example.cn"
    person.save()
    Preference.objects.create(person=person, quiet_from="21:00", quiet_until="08:00")
    with time_machine.travel(at(22)):
        tell(person)
        tell(person, title="您的密码已经更换", kind=MessageKind.SECURITY)
        actions.hand_out_due(now=timezone.now())
    assert texts() == []
    assert [one.subject for one in mail.outbox] == ["【报到】您的密码已经更换"]

    with time_machine.travel(at(22) + timedelta(hours=10, minutes=1)):
        actions.hand_out_due(now=timezone.now())

    assert len(texts()) == 1
    assert len(mail.outbox) == 2


def test_a_retry_waits_for_the_morning_too(person, tell, settings):
    Preference.objects.create(person=person, quiet_from="21:00", quiet_until="08:00")
    settings.SMS_SENDER = named(AwaySender)
    with time_machine.travel(at(20) + timedelta(minutes=59, seconds=50)):
        tell(person)
    settings.SMS_SENDER = MAILBOX

    with time_machine.travel(at(23)):
        actions.hand_out_due(now=timezone.now())

    assert texts() == []
    assert Delivery.objects.get().next_attempt_at == at(8) + timedelta(days=1)


def test_what_came_too_late_to_be_of_use_is_skipped(person, tell, settings):
    settings.SMS_SENDER = named(AwaySender)
    tell(person, until=timezone.now() + timedelta(hours=1))
    settings.SMS_SENDER = MAILBOX

    the_clock(timedelta(hours=2))

    assert texts() == []
    assert Delivery.objects.get().state == DeliveryState.SKIPPED


def test_consent_withdrawn_meanwhile_stops_what_waits(person, tell, settings):
    settings.SMS_SENDER = named(AwaySender)
    tell(person)
    settings.SMS_SENDER = MAILBOX
    person.consents.update(withdrawn_at=timezone.now())

    the_clock(timedelta(hours=1))

    assert texts() == []
    assert Delivery.objects.get().state == DeliveryState.SKIPPED


def test_a_mail_says_where_to_change_the_settings(person, tell):
    person.email = "lin@example.cn"
    person.save()

    tell(person, body="空位为您保留到明天。", url="/portal/activities/mine/")

    letter = mail.outbox[0]
    assert letter.to == ["lin@example.cn"]
    for part in ("林远舟，您好", "空位为您保留到明天。", "8000/portal/activities/mine/", "/portal/inbox/settings/"):
        assert part in letter.body
    assert str(Delivery.objects.get(channel="email").key) in letter.extra_headers["Message-ID"]


def test_what_can_wait_comes_as_one_mail_without_what_was_read(tell):
    person = UserFactory(email="lin@example.cn")
    with time_machine.travel(at(10)):
        told = [tell(person, title=f"第{n}份年度报告", kind=MessageKind.REPORTS) for n in range(3)]
        actions.mark_read(recipient=person, messages=told[:1])
        actions.hand_out_due(now=timezone.now())
        assert mail.outbox == []

    for _ in range(2):
        with time_machine.travel(at(18) + timedelta(minutes=1)):
            actions.hand_out_due(now=timezone.now())

    assert [one.subject for one in mail.outbox] == ["【报到】您有 2 条新消息"]
    assert "第0份" not in mail.outbox[0].body
    assert mail.outbox[0].body.count("年度报告") == 2


def test_a_weekly_digest_waits_for_monday(tell):
    person = UserFactory(email="lin@example.cn")
    Preference.objects.create(person=person, digest="weekly", digest_hour=9)
    with time_machine.travel(at(10)):  # a Monday, an hour late
        tell(person, kind=MessageKind.REPORTS)

    assert Delivery.objects.get().next_attempt_at == at(9) + timedelta(days=7)


def test_a_text_to_a_bare_phone_is_queued_once_and_the_phone_forgotten(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            actions.text(phone="+8613800000001", text="请报到", kind=MessageKind.REPORT_IN, once="gap:1")

    assert texts() == ["请报到"]
    assert Delivery.objects.get().phone == ""


def test_the_demos_mailbox_keeps_what_is_given_to_it_again_once(settings):
    settings.EMAIL_BACKEND = "portal.notices.senders.MailboxEmailBackend"
    for key in ("one", "one", "two", "", ""):
        senders.send_sms(phone="+8613800000000", text="明天见", key=key)
    for _again in range(2):
        mail.EmailMessage("明天见", "九点", to=["a@demo.invalid"], headers={"Message-ID": "<one@localhost>"}).send()

    assert len(texts()) == 4
    assert MailboxEntry.objects.filter(channel="email").count() == 1


def test_what_a_lost_worker_held_and_nobody_wants_any_more_ends(settings, django_capture_on_commit_callbacks):
    settings.SMS_SENDER = named(DyingSender)
    until = timezone.now() + timedelta(minutes=5)
    with django_capture_on_commit_callbacks(execute=True):
        actions.text(phone="+8613800002222", text="明天上午值班", kind=MessageKind.SECURITY, once="x", until=until)
    held = Delivery.objects.get()
    assert held.state == DeliveryState.SENDING
    assert not deliver_one(held.pk, now=timezone.now() + timedelta(seconds=settings.DELIVERY_LEASE_SECONDS - 10))
    late = timezone.now() + timedelta(minutes=6)
    Delivery.objects.update(leased_until=late + timedelta(seconds=10))
    assert not deliver_one(held.pk, now=late)  # too late, but its worker may still be at it
    assert Delivery.objects.get().state == DeliveryState.SENDING

    assert not deliver_one(held.pk, now=late + timedelta(minutes=1))

    held.refresh_from_db()
    assert (held.state, held.phone, held.leased_until) == (DeliveryState.SKIPPED, "", None)
    assert the_clock(timedelta(days=1)) == 0
