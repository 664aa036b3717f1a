from datetime import date

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from portal.records.models import ServiceRecord
from portal.records.views.choosing import Waiting
from tests.factories.activities import AttendanceFactory, ShiftFactory
from tests.factories.members import UserFactory
from tests.factories.organisations import CommunityFactory, PostFactory
from tests.factories.records import OwnServiceFactory, ServiceRecordFactory
from tests.portal.activities.counting import queries_for

pytestmark = pytest.mark.django_db

MINE, CONFIRM = reverse("records:mine"), reverse("records:confirm")


@pytest.fixture
def member(client):
    person = UserFactory()
    client.force_login(person)
    return person


@pytest.fixture
def post(client):
    held = PostFactory()
    client.force_login(held.person)
    return held


@pytest.fixture
def shift(post):
    return ShiftFactory(past=True, activity__area=post.area)


def reverse_url(attendance):
    return reverse("records:reverse", args=[attendance.pk])


@pytest.mark.parametrize("url", [MINE, CONFIRM, reverse("records:reverse", args=[1])])
def test_strangers_are_asked_to_log_in(client, url):
    assert client.get(url).url.startswith(reverse("account_request_login_code"))


def test_the_total_says_what_is_posted_and_what_is_announced(client, member):
    ServiceRecordFactory(member=member, posted=True, minutes=120)
    ServiceRecordFactory(member=member, minutes=240)
    ServiceRecordFactory(member=member, reversed=True, minutes=60)

    assertContains(client.get(MINE), "已入账 2 小时，公示中 4 小时。")


def test_a_total_that_is_posted_needs_no_parts(client, member):
    ServiceRecordFactory(member=member, posted=True)

    assertNotContains(client.get(MINE), "已入账 ")


def test_each_record_says_why_it_counts_or_not(client, member):
    confirmed = ServiceRecordFactory(member=member, objections_until=date(2026, 5, 7))
    ServiceRecordFactory(member=member, posted=True)
    ServiceRecordFactory(member=member, reversed=True)
    ServiceRecordFactory(member=member, state="recorded", confirmed_by=None)
    AttendanceFactory(sign_up__member=member)
    other = ServiceRecordFactory()

    page = client.get(MINE)

    for said in (
        confirmed.title,
        "4 小时",
        "公示到 5月7日",
        "已入账",
        "已冲销：时长写错了。",
        "等另一位工作人员确认。",
        "等工作人员确认。",
    ):
        assertContains(page, said)
    assertNotContains(page, other.title)


def test_a_year_shows_its_own_records(client, member):
    old = ServiceRecordFactory(member=member, served_on=date(2025, 5, 1), minutes=60)
    new = ServiceRecordFactory(member=member, served_on=date(2026, 5, 1), minutes=90)

    page = client.get(MINE, {"year": "2025"})

    assertContains(page, old.title)
    assertNotContains(page, new.title)
    assertContains(page, "1 小时")
    assertContains(client.get(MINE, {"year": "abc"}), "2 小时 30 分钟")


def test_a_community_shows_what_waits_there_and_not_in_one_of_the_same_name(client, member):
    record = ServiceRecordFactory(member=member)
    twin = CommunityFactory(name=record.area.name)
    here = OwnServiceFactory(member=member, area=record.area, title="在这里的")
    elsewhere = OwnServiceFactory(member=member, area=twin, title="在那里的")
    came = AttendanceFactory(sign_up__member=member, sign_up__shift__activity__area=twin)

    page = client.get(MINE, {"area": record.area.code})

    assertContains(page, here.title)
    assertNotContains(page, elsewhere.title)
    assertNotContains(page, came.sign_up.shift.activity.title)


def test_an_empty_record_shows_the_way_to_activities(client, member):
    assertContains(client.get(MINE), "还没有服务记录")


def test_a_list_of_three_costs_as_many_queries_as_of_one(client, member):
    ServiceRecordFactory(member=member)
    AttendanceFactory(sign_up__member=member)
    once = queries_for(client, MINE)

    ServiceRecordFactory.create_batch(2, member=member)
    AttendanceFactory.create_batch(2, sign_up__member=member)

    assert queries_for(client, MINE) == once


def test_members_do_not_confirm(client, member):
    assert client.get(CONFIRM).status_code == 403


def test_the_queue_shows_the_own_area_only(client, post, shift):
    waiting, other = AttendanceFactory(sign_up__shift=shift), AttendanceFactory()

    page = client.get(CONFIRM)

    assertContains(page, waiting.sign_up.member.name)
    assertNotContains(page, other.sign_up.member.name)


def test_what_is_ticked_is_confirmed(client, post, shift):
    ticked, left = AttendanceFactory.create_batch(2, sign_up__shift=shift)

    page = client.post(CONFIRM, {"attendance": [ticked.pk]}, follow=True)

    assertRedirects(page, CONFIRM)
    assertContains(page, "已确认 1 条")
    assert ServiceRecord.objects.get().attendance == ticked
    assertContains(page, left.sign_up.member.name)


def test_a_whole_shift_is_confirmed_but_for_what_needs_another(client, post, shift):
    for_another = AttendanceFactory(sign_up__shift=shift, recorded_by=post.person)
    confirmed = AttendanceFactory.create_batch(2, sign_up__shift=shift)
    AttendanceFactory(sign_up__shift__activity__area=post.area)

    assertContains(client.get(CONFIRM), "确认这一场的 2 条")
    summary = client.post(CONFIRM, {"shift": shift.pk})
    assertContains(summary, "确认这 2 条服务？")
    assertContains(summary, "另有 1 条是您自己的服务或您登记的")
    assert not ServiceRecord.objects.exists()
    client.post(CONFIRM, {"attendances": summary.context["summary"].attendances, "sure": "1"})

    assert {record.attendance for record in ServiceRecord.objects.all()} == set(confirmed)
    assertContains(client.get(CONFIRM), for_another.sign_up.member.name)


def test_the_queue_is_counted_once_a_half(post, shift, django_assert_num_queries):
    AttendanceFactory(sign_up__shift=shift, minutes=60)
    OwnServiceFactory(area=post.area, minutes=30)
    waiting = Waiting.of(post.person, area=None)

    with django_assert_num_queries(2):
        assert (waiting.number, waiting.minutes, waiting.own_number, waiting.number) == (2, 90, 1, 2)


def test_who_says_another_time_than_what_would_count_is_heard(client, post, shift):
    AttendanceFactory(sign_up__shift=shift, asked_minutes=45)
    AttendanceFactory(sign_up__shift=shift, minutes=60, asked_minutes=60)

    page = client.get(CONFIRM)

    assertContains(page, "本人说", count=1)
    assertContains(page, "本人说 45 分钟")


def test_own_service_and_own_recording_say_so_beside_the_name(client, post, shift):
    AttendanceFactory(sign_up__shift=shift, sign_up__member=post.person)
    AttendanceFactory(sign_up__shift=shift, recorded_by=post.person)

    page = client.get(CONFIRM)

    assertContains(page, "不能确认自己的服务")
    assertContains(page, "到场是您登记的")
    assertNotContains(page, 'type="checkbox"')
    assertNotContains(page, "确认勾选的服务")


def test_a_forged_tick_is_refused_and_the_others_are_confirmed(client, post, shift):
    forged = AttendanceFactory(sign_up__shift=shift, recorded_by=post.person)
    other = AttendanceFactory(sign_up__shift=shift)

    page = client.post(CONFIRM, {"attendances": f"{forged.pk},{other.pk}", "sure": "1"})

    assertContains(page, "到场是您登记的", status_code=422)
    assert ServiceRecord.objects.get().attendance == other


@pytest.mark.parametrize(
    "data", [{}, {"attendance": ["x", "9" * 30]}, {"shift": "x"}, {"shift": "9" * 30}], ids=["nothing", "a", "b", "c"]
)
def test_nothing_ticked_confirms_nothing(client, post, shift, data):
    AttendanceFactory(sign_up__shift=shift)

    assertContains(client.post(CONFIRM, data, follow=True), "请先勾选")
    assert not ServiceRecord.objects.exists()


def test_another_areas_attendance_is_not_confirmed(client, post):
    client.post(CONFIRM, {"attendance": [AttendanceFactory().pk]})

    assert not ServiceRecord.objects.exists()


def test_a_queue_of_three_costs_as_many_queries_as_of_one(client, post, shift):
    AttendanceFactory(sign_up__shift=shift)
    once = queries_for(client, CONFIRM)

    AttendanceFactory(sign_up__shift=shift)
    AttendanceFactory(sign_up__shift__activity__area=post.area)

    assert queries_for(client, CONFIRM) == once


def test_reversing_asks_for_the_reason(client, post, shift):
    record = ServiceRecordFactory(attendance__sign_up__shift=shift)
    url = reverse_url(record.attendance)

    assertContains(client.get(url), record.title)
    assert client.post(url, {"reason": ""}).status_code == 422
    page = client.post(url, {"reason": "时长写错了。"}, follow=True)

    record.refresh_from_db()
    assert record.state == "reversed"
    assertRedirects(page, reverse("activities:attendance", args=[shift.pk]))
    assertContains(page, 'type="radio"')


def test_reversing_the_own_record_is_refused(client, post, shift):
    record = ServiceRecordFactory(attendance__sign_up__shift=shift, member=post.person)

    page = client.post(reverse_url(record.attendance), {"reason": "时长写错了。"})

    assertContains(page, "自己的服务", status_code=422)


def test_reversing_is_for_organisers_of_the_area_only(client, post):
    record = ServiceRecordFactory()

    assert client.get(reverse_url(record.attendance)).status_code == 404
    client.force_login(record.member)
    assert client.get(reverse_url(record.attendance)).status_code == 404


def test_what_is_reversed_already_is_not_found(client, post, shift):
    record = ServiceRecordFactory(attendance__sign_up__shift=shift, reversed=True)

    assert client.get(reverse_url(record.attendance)).status_code == 404
