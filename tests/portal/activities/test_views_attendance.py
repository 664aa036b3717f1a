"""One page on which an organiser notes who came."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from portal.activities.actions import close_attendance
from portal.activities.enums import AttendanceState
from portal.activities.models import Attendance
from tests.factories.activities import AttendanceFactory, ShiftFactory, SignUpFactory
from tests.factories.members import UserFactory
from tests.factories.organisations import PostFactory
from tests.portal.activities.counting import queries_for
from tests.portal.activities.logs import logged

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(client):
    held = PostFactory()
    client.force_login(held.person)
    return held


@pytest.fixture
def shift(post):
    return ShiftFactory(past=True, activity__area=post.area)


@pytest.fixture
def url(shift):
    return reverse("activities:attendance", args=[shift.pk])


def test_the_roster_offers_every_state(client, shift, url):
    SignUpFactory(shift=shift)

    page = client.get(url)

    assertContains(page, 'type="radio"', count=5)
    assertContains(page, 'value="120"')


def test_who_says_another_time_than_is_filled_in_is_heard_and_nothing_else_is_filled_in(client, shift, url):
    AttendanceFactory(sign_up__shift=shift, state="arrived", minutes=None, asked_minutes=45)
    AttendanceFactory(sign_up__shift=shift, state="arrived", minutes=None, asked_minutes=120)

    page = client.get(url)

    assertContains(page, "本人说", count=1)
    assertContains(page, "本人说 45 分钟")
    assertContains(page, 'value="120"', count=2)


def test_one_submit_saves_every_line(client, shift, url, post):
    a, b, c = SignUpFactory.create_batch(3, shift=shift)

    page = client.post(
        url,
        {
            f"{a.pk}-state": "completed",
            f"{a.pk}-minutes": "90",
            f"{b.pk}-state": "absent",
            f"{c.pk}-state": "expected",
        },
        follow=True,
    )

    assertContains(page, "已保存")
    states = Attendance.objects.values_list("sign_up", "state", "minutes", "recorded_by").order_by("sign_up")
    assert list(states) == [(a.pk, "completed", 90, post.person.pk), (b.pk, "absent", None, post.person.pk)]


def test_the_rest_is_completed_with_the_planned_minutes(client, shift, url):
    a, b, c = SignUpFactory.create_batch(3, shift=shift)
    AttendanceFactory(sign_up=c, state="arrived", minutes=None)

    client.post(url, {"complete_rest": "1", f"{a.pk}-state": "absent", f"{b.pk}-minutes": "60"})

    states = Attendance.objects.values_list("sign_up", "state", "minutes").order_by("sign_up")
    assert list(states) == [(a.pk, "absent", None), (b.pk, "completed", 60), (c.pk, "completed", 120)]


def test_completing_the_rest_leaves_the_absent_absent(client, shift, url):
    absent = AttendanceFactory(sign_up__shift=shift, state="absent", minutes=None)

    client.post(url, {"complete_rest": "1"})

    absent.refresh_from_db()
    assert absent.state == "absent"


def test_an_undone_line_is_not_completed_in_the_same_breath(client, shift, url):
    came = AttendanceFactory(sign_up__shift=shift)

    client.post(url, {"complete_rest": "1", f"{came.sign_up.pk}-state": "expected"})

    came.refresh_from_db()
    assert came.state == "expected"


def test_nothing_changed_says_so(client, shift, url):
    came = AttendanceFactory(sign_up__shift=shift)

    page = client.post(url, {f"{came.sign_up.pk}-state": "completed", f"{came.sign_up.pk}-minutes": "120"}, follow=True)

    assertContains(page, "没有改动")


@pytest.mark.parametrize(
    ("minutes", "said"),
    [("9999", "分钟数最多 1440。"), ("0", "分钟数最少 1。"), ("两小时", "分钟数请写整数。")],
)
def test_one_wrong_line_saves_none_and_keeps_what_was_typed(client, shift, url, minutes, said):
    wrong, other = SignUpFactory.create_batch(2, shift=shift)

    page = client.post(
        url,
        {f"{wrong.pk}-state": "completed", f"{wrong.pk}-minutes": minutes, f"{other.pk}-state": "absent"},
    )

    assertContains(page, "<title>错误：", status_code=422)
    assertContains(
        page, f'<a href="#id_{wrong.pk}-minutes">{wrong.member.name}：{said}</a>', status_code=422, html=True
    )
    assertContains(page, "autofocus", count=1, status_code=422)
    assertContains(page, "roster__line--error", count=1, status_code=422)
    for typed in (f'id_{other.pk}-state_3" checked', f'value="{minutes}"'):
        assert typed in page.text
    assert not Attendance.objects.exists()


def test_one_refused_line_saves_none(client, shift, url, post):
    mine, other = SignUpFactory(shift=shift, member=post.person), SignUpFactory(shift=shift)

    page = client.post(url, {f"{mine.pk}-state": "completed", f"{other.pk}-state": "absent"})

    assertContains(page, f'href="#id_{mine.pk}-state_0"', status_code=422)
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("before", AttendanceState.values)
@pytest.mark.parametrize("after", AttendanceState.values)
def test_every_state_follows_every_other_in_one_save(client, shift, url, before, after):
    attendance = AttendanceFactory(
        sign_up__shift=shift, state=before, minutes=120 if before == AttendanceState.COMPLETED else None
    )

    client.post(url, {f"{attendance.sign_up.pk}-state": after})

    attendance.refresh_from_db()
    assert attendance.state == after


def test_completed_to_absent_is_logged_as_the_two_moves_it_is(client, shift, url):
    came = AttendanceFactory(sign_up__shift=shift)

    client.post(url, {f"{came.sign_up.pk}-state": "absent"})

    assert logged(came) == ["activities.attendance.expected", "activities.attendance.absent"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "起可以登记"),
        ({"activity__cancelled": True}, "已经取消，不用登记"),
        ({"activity__draft": True}, "还没有发布"),
    ],
    ids=["to come", "called off", "draft"],
)
def test_what_takes_no_attendance_says_so_and_shows_no_form(client, post, fields, said):
    shift = ShiftFactory(activity__area=post.area, **fields)
    sign_up = SignUpFactory(shift=shift)
    url = reverse("activities:attendance", args=[shift.pk])

    refused = client.post(url, {f"{sign_up.pk}-state": "arrived"})

    for page, status in ((client.get(url), 200), (refused, 422)):
        assertContains(page, said, status_code=status)
        assertNotContains(page, 'type="radio"', status_code=status)
    assert not Attendance.objects.exists()
    assertNotContains(client.get(reverse("activities:overview", args=[shift.activity.code])), url)


def test_an_open_shift_is_linked_from_the_overview(client, shift, url):
    assertContains(client.get(reverse("activities:overview", args=[shift.activity.code])), url)


def test_an_organiser_does_not_record_themselves(client, shift, url, post):
    mine = SignUpFactory(shift=shift, member=post.person)

    page = client.post(url, {f"{mine.pk}-state": "completed"})

    assertContains(page, "不能给自己登记", status_code=422)


def test_closed_lines_offer_the_way_to_reverse_only(client, shift, url):
    came = AttendanceFactory(sign_up__shift=shift)
    close_attendance(attendance=came, by=UserFactory())

    page = client.get(url)
    client.post(url, {f"{came.sign_up.pk}-state": "expected"})

    came.refresh_from_db()
    assertNotContains(page, 'type="radio"')
    assertContains(page, reverse("records:reverse", args=[came.pk]))
    assert came.state == "completed"


def test_a_roster_of_three_costs_as_many_queries_as_of_one(client, shift, url):
    AttendanceFactory(sign_up__shift=shift)
    once = queries_for(client, url)

    AttendanceFactory(sign_up__shift=shift)
    SignUpFactory(shift=shift)

    assert queries_for(client, url) == once


def test_nobody_signed_up(client, url):
    assertContains(client.get(url), "没有人报上名")


def test_before_the_start_nobody_has_completed_or_missed_it(client, post):
    shift = ShiftFactory(starts_at=timezone.now() + timedelta(minutes=30), activity__area=post.area)
    sign_up = SignUpFactory(shift=shift)
    url = reverse("activities:attendance", args=[shift.pk])

    assertNotContains(client.get(url), "complete_rest")
    for typed in ({"complete_rest": "1"}, {f"{sign_up.pk}-state": "absent"}):
        assertContains(client.post(url, typed), "还没开始", status_code=422)

    client.post(url, {f"{sign_up.pk}-state": "arrived"})
    assert Attendance.objects.get().state == "arrived"


def test_the_rest_cannot_be_completed_before_the_start(client, post):
    shift = ShiftFactory(activity__area=post.area, starts_at=timezone.now() + timedelta(minutes=30))
    SignUpFactory(shift=shift)

    page = client.get(reverse("activities:attendance", args=[shift.pk]))

    assertContains(page, 'type="radio"', count=5)
    assertNotContains(page, "complete_rest")
