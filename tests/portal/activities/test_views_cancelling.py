"""An organiser calls an activity off while there is something to call off."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from tests.factories.activities import AttendanceFactory, ShiftFactory, SignUpFactory
from tests.factories.organisations import PostFactory
from tests.portal.activities.test_views_organisers import shift_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(client):
    held = PostFactory()
    client.force_login(held.person)
    return held


def test_cancelling_asks_for_the_reason(client, post):
    shift = SignUpFactory(shift__activity__area=post.area).shift
    url = reverse("activities:cancel", args=[shift.activity.code])

    assertContains(client.get(url), "1 人都会收到通知")
    assert client.post(url, {"reason": ""}).status_code == 422
    page = client.post(url, {"reason": "有大雨。"}, follow=True)

    assertContains(page, "有大雨。")


@pytest.mark.parametrize("name", ["cancel", "add_shift"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_over_is_neither_cancelled_nor_given_shifts(client, post, name, method):
    activity = AttendanceFactory(sign_up__shift__activity__area=post.area).sign_up.shift.activity
    url = reverse(f"activities:{name}", args=[activity.code])

    page = getattr(client, method)(url, {"reason": "有大雨。", **shift_form()}, follow=True)

    assertContains(page, "活动已经结束，不能再取消")
    assertNotContains(page, url)
    activity.refresh_from_db()
    assert activity.is_published
    assert activity.shifts.count() == 1


def test_cancelling_never_says_that_nobody_signed_up_when_people_came(client, post):
    activity = AttendanceFactory(sign_up__shift__activity__area=post.area).sign_up.shift.activity
    ShiftFactory(activity=activity)

    page = client.get(reverse("activities:cancel", args=[activity.code]))

    assertContains(page, "没有要通知的人")
    assertNotContains(page, "还没有人报名")


def test_a_draft_whose_day_has_passed_is_given_a_shift_or_called_off(client, post):
    activity = ShiftFactory(past=True, activity__area=post.area, activity__draft=True).activity
    urls = {name: reverse(f"activities:{name}", args=[activity.code]) for name in ("overview", "add_shift", "cancel")}

    page = client.get(urls["overview"])
    client.post(urls["add_shift"], shift_form())
    client.post(urls["cancel"], {"reason": "没有人手。"})

    assertContains(page, urls["add_shift"])
    assertContains(page, urls["cancel"])
    activity.refresh_from_db()
    assert (activity.is_cancelled, activity.shifts.count()) == (True, 2)
