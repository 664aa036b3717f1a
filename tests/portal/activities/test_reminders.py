"""A reminder before a shift comes on one's channel, at one's time, once."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.activities.actions import remind_of_shifts
from portal.activities.enums import SignUpState
from portal.activities.models import Activity, SignUp
from portal.notices.delivery import deliver_one
from portal.notices.enums import DeliveryState
from portal.notices.models import Delivery, Message, Preference
from tests.factories.activities import ShiftFactory, SignUpFactory
from tests.factories.members import ConsentFactory

pytestmark = pytest.mark.django_db


def at(day, hour, minute=0):
    return timezone.make_aware(datetime(2026, 12, day, hour, minute))


@pytest.fixture
def shift():
    return ShiftFactory(
        starts_at=at(10, 9), ends_at=at(10, 11), activity__title="清洁楼道", activity__place="一号楼前", capacity=20
    )


@pytest.fixture
def place(shift):
    return SignUpFactory(shift=shift, created_at=at(1, 12))


def reminded(moment):
    with time_machine.travel(moment, tick=False):
        return remind_of_shifts(now=timezone.now())


def test_the_evening_before_and_once(place):
    assert reminded(at(9, 17, 59)) == 0
    assert [reminded(at(9, 18)), reminded(at(9, 18, 1)), reminded(at(10, 8))] == [1, 0, 0]

    message = Message.objects.get()
    assert message.recipient == place.member
    assert "清洁楼道" in message.title
    assert "9:00" in message.title.replace("09:00", "9:00")
    assert "一号楼前" in message.body


@pytest.mark.parametrize(
    ("lead", "before", "due"), [("3h", at(10, 5, 59), at(10, 6)), ("1h", at(10, 7, 59), at(10, 8))]
)
def test_as_long_before_as_one_chose(place, lead, before, due):
    Preference.objects.create(person=place.member, lead=lead)

    assert [reminded(at(9, 20)), reminded(before), reminded(due)] == [0, 0, 1]


def test_whoever_wants_none_gets_none(place):
    Preference.objects.create(person=place.member, lead="none")

    assert [reminded(at(9, 20)), reminded(at(10, 8, 30))] == [0, 0]


@pytest.mark.parametrize("state", [SignUpState.WITHDRAWN, SignUpState.LAPSED])
def test_whoever_left_is_not_reminded(place, state):
    SignUp.objects.update(state=state)

    assert reminded(at(9, 20)) == 0


def test_what_was_called_off_is_not_reminded_of(place):
    Activity.objects.update(state="cancelled")

    assert reminded(at(9, 20)) == 0


def test_what_has_begun_is_not_reminded_of(place):
    assert reminded(at(10, 9)) == 0


def test_whoever_signs_up_on_the_eve_knows_it_still(shift):
    SignUpFactory(shift=shift, created_at=at(9, 19))

    assert [reminded(at(9, 20)), reminded(at(10, 8))] == [0, 0]


def test_a_muted_reminder_only_stands_in_the_inbox(place):
    place.member.email = "a@example.cn"
    place.member.save()
    Preference.objects.create(person=place.member, choices={"reminder": {"muted": True}})

    assert reminded(at(9, 18)) == 1
    assert Message.objects.get().is_muted
    assert not Delivery.objects.exists()


def test_by_text_message_only_with_consent_and_of_no_use_afterwards(place):
    agreed = SignUpFactory(shift=place.shift, created_at=at(1, 12))
    ConsentFactory(person=agreed.member, purpose="sms_reminders")

    reminded(at(9, 18))

    delivery = Delivery.objects.get()
    assert (delivery.recipient, delivery.channel) == (agreed.member, "sms")
    assert delivery.useless_after == place.shift.starts_at
    assert "地点：一号楼前" in delivery.text


def test_what_quiet_hours_would_cover_comes_before_they_begin(place):
    ConsentFactory(person=place.member, purpose="sms_reminders")
    Preference.objects.create(person=place.member, quiet_from="18:00", quiet_until="09:00")

    assert [reminded(at(9, 17, 44)), reminded(at(9, 17, 45)), reminded(at(9, 18))] == [0, 1, 0]
    assert Delivery.objects.get().next_attempt_at == at(9, 17, 45)


@pytest.mark.parametrize("lead", ["evening", "1h"])
def test_whoever_signs_up_just_before_quiet_hours_is_reminded_after_them(shift, lead):
    late = SignUpFactory(shift=shift, created_at=at(9, 17, 50))
    ConsentFactory(person=late.member, purpose="sms_reminders")
    Preference.objects.create(person=late.member, lead=lead, quiet_from="18:00", quiet_until="08:30")

    assert [reminded(at(9, 17, 55)), reminded(at(10, 8))] == [0, 1]
    assert Delivery.objects.get().next_attempt_at == at(10, 8, 30)


def test_one_too_late_for_any_way_still_stands_in_the_inbox(shift):
    late = SignUpFactory(shift=shift, created_at=at(9, 22))
    ConsentFactory(person=late.member, purpose="sms_reminders")
    Preference.objects.create(person=late.member, lead="1h", quiet_from="21:00", quiet_until="09:00")

    assert reminded(at(10, 8)) == 1
    assert Message.objects.get().recipient == late.member
    assert not deliver_one(Delivery.objects.get().pk, now=at(10, 9))
    assert Delivery.objects.get().state == DeliveryState.SKIPPED


def test_the_hour_of_the_day_before_is_chosen(place):
    Preference.objects.create(person=place.member, evening_hour=20)

    assert [reminded(at(9, 19, 59)), reminded(at(9, 20))] == [0, 1]


def test_no_other_hour_than_one_of_the_evening_is_kept(place):
    with pytest.raises(IntegrityError):
        Preference.objects.create(person=place.member, evening_hour=3)


def test_many_cost_as_much_as_one(shift):
    def cost(number, day):
        at_shift = ShiftFactory(starts_at=at(day, 9), ends_at=at(day, 11), activity=shift.activity, capacity=20)
        for _ in range(number):
            Preference.objects.create(person=SignUpFactory(shift=at_shift, created_at=at(1, 12)).member)
        with CaptureQueriesContext(connection) as captured:
            assert reminded(at(day - 1, 18)) == number
        return len(captured)

    assert cost(1, 12) == cost(3, 14)


def test_a_shift_of_today_is_caught_up_after_the_clock_stood_still(place):
    assert reminded(at(10, 8) - timedelta(minutes=1)) == 1
