"""What one's own hours tell of places nobody noted, and of what was called off."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from portal.activities.enums import AttendanceState, SignUpState
from tests.factories.activities import AttendanceFactory, ShiftFactory, SignUpFactory
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db

MINE = reverse("records:mine")


@pytest.fixture
def member(client):
    person = UserFactory()
    client.force_login(person)
    return person


def test_a_past_place_says_what_is_missing_still(client, member, settings):
    past = ShiftFactory(past=True)
    place = SignUpFactory(shift=past, member=member)
    SignUpFactory(member=member)  # to come
    settings.NO_SHOW_KEPT_DAYS = 30
    long_ago = ShiftFactory(starts_at=timezone.now() - timedelta(days=31))
    SignUpFactory(shift=long_ago, member=member)  # missed, and forgotten since
    off = ShiftFactory(past=True, activity__cancelled=True, activity__cancelled_at=past.starts_at - timedelta(days=1))
    SignUpFactory(shift=off, member=member)

    page = client.get(MINE)
    assertContains(page, "还没有人登记您是否到场", count=1)

    AttendanceFactory(sign_up=place, state=AttendanceState.ARRIVED)
    page = client.get(MINE)
    assertContains(page, "到场已经记下，还没有登记完成", count=1)
    assertNotContains(page, "还没有人登记您是否到场")


def test_a_place_on_a_shift_held_before_the_call_off_is_told(client, member):
    held = ShiftFactory(past=True, activity__cancelled=True)
    SignUpFactory(shift=held, member=member)

    assertContains(client.get(MINE), "还没有人登记您是否到场", count=1)


@pytest.mark.parametrize("whole", [True, False])
def test_who_came_to_what_was_called_off_is_told_that_it_does_not_count(client, member, whole):
    early = timezone.now() - timedelta(hours=4)
    off = (
        {"activity__cancelled": True, "activity__cancelled_at": early}
        if whole
        else {"state": "called_off", "called_off_at": early, "call_off_reason": "有大雨。"}
    )
    state = SignUpState.CONFIRMED if whole else SignUpState.CALLED_OFF
    place = SignUpFactory(shift=ShiftFactory(past=True, **off), member=member, state=state)
    AttendanceFactory(sign_up=place, state=AttendanceState.ARRIVED)

    page = client.get(MINE)

    assertContains(page, "活动取消了，这次到场不计时长")
    assertContains(page, "活动取消，原因：有大雨。")
    assertNotContains(page, "还没有登记完成")
