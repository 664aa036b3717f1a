"""What people count on has changed: they are told, and asked again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.activities import actions, queries
from portal.activities.enums import AttendanceState, OnSilence, Posture, SignUpState
from portal.activities.errors import (
    AlreadyArrivedError,
    NothingToConfirmError,
    ShiftHasStartedError,
    ShiftIsFixedError,
    ShiftsOverlapError,
)
from portal.activities.models import Attendance, MaterialChange
from portal.members.models import User
from portal.notices.enums import MessageKind
from portal.notices.models import Message
from tests.factories.activities import ActivityFactory, ShiftFactory, SignUpFactory
from tests.portal.activities.logs import logged

pytestmark = pytest.mark.django_db


def move(shift, hours=3, **terms):
    fields = {name: getattr(shift, name) + timedelta(hours=hours) for name in ("starts_at", "ends_at")}
    return actions.edit_shift(
        shift=shift, by=shift.activity.created_by, capacity=shift.capacity, name=shift.name, **fields, **terms
    )


@pytest.fixture
def sign_up():
    return SignUpFactory()


def asked(sign_up):
    move(sign_up.shift)
    sign_up.refresh_from_db()
    return sign_up


def test_a_new_time_asks_whoever_has_a_place(sign_up):
    move(sign_up.shift)

    sign_up.refresh_from_db()
    assert sign_up.is_asked_again
    assert timezone.now() < sign_up.reconfirm_by <= sign_up.shift.starts_at + timedelta(hours=3)
    message = Message.objects.get(recipient=sign_up.member)
    assert sign_up.shift.activity.title in message.title
    assert "时间：" in message.body
    assert "→" in message.body
    assert logged(MaterialChange.objects.get()) == ["activities.materialchange.made"]


@pytest.mark.parametrize("field", queries.MATERIAL)
def test_what_people_count_on_is_told_with_before_and_after(sign_up, field):
    activity = sign_up.shift.activity
    before = getattr(activity, field)

    actions.edit_activity(activity=activity, by=activity.created_by, **{field: "换了"})

    assert f"{before} → 换了" in Message.objects.get().body
    sign_up.refresh_from_db()
    assert sign_up.is_asked_again


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "新名字"},
        {"summary": "新的一句"},
        {"contact_phone": "12345"},
        {"place": "一号楼前"},
        *(
            {name: f" {getattr(ActivityFactory.build(area=None, created_by=None), name)}\r\n"}
            for name in queries.MATERIAL
        ),
    ],
)
def test_other_changes_ask_nobody(sign_up, fields):
    activity = sign_up.shift.activity

    actions.edit_activity(activity=activity, by=activity.created_by, **fields)

    assert not Message.objects.exists()
    assert not MaterialChange.objects.exists()


def test_a_new_posture_of_a_shift_asks_again_and_nothing_new_does_not(sign_up):
    move(sign_up.shift, hours=0, posture="", minimum=1)
    assert not MaterialChange.objects.exists()

    move(sign_up.shift, hours=0, posture=Posture.STANDING)

    assert "坐着还是站着：— → 站着做" in Message.objects.get().body
    sign_up.refresh_from_db()
    assert (sign_up.is_asked_again, sign_up.shift.posture) == (True, Posture.STANDING)


def test_who_waits_is_told_and_not_asked():
    waiting = SignUpFactory(waiting=True)

    move(waiting.shift)

    waiting.refresh_from_db()
    assert waiting.reconfirm_by is None
    assert Message.objects.filter(recipient=waiting.member).exists()


def test_nobody_is_told_of_a_draft_or_where_nobody_signed_up():
    move(ShiftFactory())
    move(SignUpFactory(shift__activity__draft=True).shift)

    assert not Message.objects.exists()
    assert not MaterialChange.objects.exists()


def test_what_has_begun_keeps_its_time():
    shift = ShiftFactory(past=True, ends_at=timezone.now() + timedelta(hours=1))

    with pytest.raises(ShiftIsFixedError):
        move(shift)


def test_yes_keeps_the_place(sign_up):
    sign_up = asked(sign_up)

    actions.reconfirm(sign_up=sign_up, by=sign_up.member)
    again = actions.reconfirm(sign_up=sign_up, by=sign_up.member)

    assert not again.is_asked_again
    assert again.state == SignUpState.CONFIRMED
    assert logged(again).count("activities.signup.reconfirmed") == 1


def test_yes_is_refused_while_the_new_time_lies_on_another_place(sign_up):
    other = SignUpFactory(member=sign_up.member, shift__starts_at=sign_up.shift.starts_at + timedelta(hours=3))
    sign_up = asked(sign_up)

    with pytest.raises(ShiftsOverlapError, match=other.shift.activity.title):
        actions.reconfirm(sign_up=sign_up, by=sign_up.member)
    sign_up.refresh_from_db()
    assert (sign_up.state, sign_up.is_asked_again) == (SignUpState.CONFIRMED, True)
    assert "activities.signup.reconfirmed" not in logged(sign_up)

    actions.withdraw(sign_up=other, by=other.member)
    assert not actions.reconfirm(sign_up=sign_up, by=sign_up.member).is_asked_again


def test_no_gives_the_place_to_the_queue(sign_up):
    sign_up.shift.capacity = 1
    sign_up.shift.save()
    waiting = SignUpFactory(shift=sign_up.shift, waiting=True)
    sign_up = asked(sign_up)

    actions.decline_change(sign_up=sign_up, by=sign_up.member)
    actions.decline_change(sign_up=sign_up, by=sign_up.member)

    sign_up.refresh_from_db()
    waiting.refresh_from_db()
    assert sign_up.state == SignUpState.WITHDRAWN
    assert sign_up.reconfirm_by is None
    assert waiting.state == SignUpState.OFFERED


def test_nothing_to_confirm_is_said(sign_up):
    with pytest.raises(NothingToConfirmError):
        actions.reconfirm(sign_up=sign_up, by=sign_up.member)
    with pytest.raises(NothingToConfirmError):
        actions.decline_change(sign_up=sign_up, by=sign_up.member)


def test_after_the_start_it_is_too_late_to_decline(sign_up):
    sign_up = asked(sign_up)
    shift = sign_up.shift
    shift.refresh_from_db()
    shift.starts_at = timezone.now() - timedelta(minutes=1)
    shift.save()

    with pytest.raises(ShiftHasStartedError):
        actions.decline_change(sign_up=sign_up, by=sign_up.member)


@pytest.mark.parametrize(
    ("on_silence", "state", "freed"),
    [(OnSilence.KEEP, SignUpState.CONFIRMED, 0), (OnSilence.FREE, SignUpState.LAPSED, 1)],
)
def test_silence_keeps_or_frees_the_place_as_was_chosen(sign_up, on_silence, state, freed):
    until = timezone.now() + timedelta(hours=5)
    move(sign_up.shift, reconfirm_by=until, on_silence=on_silence)

    assert actions.free_silent(now=until - timedelta(minutes=1)) == 0
    assert actions.free_silent(now=until) == freed
    assert actions.free_silent(now=until) == 0

    sign_up.refresh_from_db()
    assert sign_up.state == state


def test_silence_frees_no_place_once_the_activity_is_called_off(sign_up):
    until = timezone.now() + timedelta(hours=5)
    move(sign_up.shift, reconfirm_by=until, on_silence=OnSilence.FREE)
    actions.cancel(activity=sign_up.shift.activity, by=User.objects.first(), reason="台风")

    assert actions.free_silent(now=until) == 0
    sign_up.refresh_from_db()
    assert sign_up.state == SignUpState.CONFIRMED


def test_the_organiser_sees_who_has_not_answered(sign_up):
    other = SignUpFactory(shift=sign_up.shift)
    move(sign_up.shift)
    other.refresh_from_db()
    actions.reconfirm(sign_up=other, by=other.member)

    change = queries.changes_of(sign_up.shift.activity).get()

    assert (change.yes, change.silent) == (1, 1)
    assert list(queries.silent_on(change)) == [sign_up]


def test_a_second_change_asks_again(sign_up):
    sign_up = asked(sign_up)
    actions.reconfirm(sign_up=sign_up, by=sign_up.member)

    actions.edit_activity(activity=sign_up.shift.activity, by=User.objects.first(), place="三号楼")

    sign_up.refresh_from_db()
    assert sign_up.is_asked_again


def test_who_comes_back_need_not_confirm(sign_up):
    sign_up = asked(sign_up)
    actions.decline_change(sign_up=sign_up, by=sign_up.member)

    back = actions.sign_up(shift=sign_up.shift, member=sign_up.member)

    assert back.state == SignUpState.CONFIRMED
    assert not back.is_asked_again


def test_a_time_set_to_what_it_was_asks_nobody(sign_up):
    move(sign_up.shift, hours=0)

    assert not ActivityFactory._meta.model.objects.filter(changes__isnull=False).exists()


def test_a_change_is_told_at_once_as_what_concerns_a_sign_up(sign_up):
    move(sign_up.shift)

    assert Message.objects.get(recipient=sign_up.member).kind == MessageKind.SIGN_UP


def test_whoever_has_come_keeps_their_place(sign_up):
    move(sign_up.shift, on_silence=OnSilence.FREE)
    sign_up.refresh_from_db()
    Attendance.objects.create(
        sign_up=sign_up, state=AttendanceState.ARRIVED, recorded_by=sign_up.member, recorded_at=timezone.now()
    )

    assert actions.free_silent(now=sign_up.reconfirm_by) == 0
    with pytest.raises(AlreadyArrivedError):
        actions.decline_change(sign_up=sign_up, by=sign_up.member)
