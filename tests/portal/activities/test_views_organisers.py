"""What organisers see and do, and what others are refused."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from portal.activities.models import Activity, Shift
from tests.factories.activities import ActivityFactory, AttendanceFactory, ShiftFactory, SignUpFactory
from tests.factories.members import UserFactory
from tests.factories.organisations import CommunityFactory, PostFactory, StreetFactory
from tests.portal.activities.counting import queries_for

pytestmark = pytest.mark.django_db

FORM = {
    "title": "楼道清洁",
    "summary": "",
    "place": "一号楼前",
    "content": "清扫楼道。",
    "conditions": "不限",
    "risks": "无",
    "safeguards": "意外保险",
    "contact_name": "王敏",
    "contact_phone": "010-5550 0100",
}


@pytest.fixture
def post(client):
    held = PostFactory()
    client.force_login(held.person)
    return held


def shift_form(days=3, hours=2, **fields):
    starts_at = timezone.localtime() + timedelta(days=days)
    ends_at = starts_at + timedelta(hours=hours)
    times = {"starts_at": starts_at, "ends_at": ends_at}
    return {**{name: f"{moment:%Y-%m-%dT%H:%M}" for name, moment in times.items()}, "capacity": 8, "name": "", **fields}


def urls_of(activity, shift):
    return {
        "overview": reverse("activities:overview", args=[activity.code]),
        "edit": reverse("activities:edit", args=[activity.code]),
        "add_shift": reverse("activities:add_shift", args=[activity.code]),
        "publish": reverse("activities:publish", args=[activity.code]),
        "cancel": reverse("activities:cancel", args=[activity.code]),
        "edit_shift": reverse("activities:edit_shift", args=[shift.pk]),
        "remove_shift": reverse("activities:remove_shift", args=[shift.pk]),
        "attendance": reverse("activities:attendance", args=[shift.pk]),
    }


NAMES = ["overview", "edit", "add_shift", "publish", "cancel", "edit_shift", "remove_shift", "attendance"]
POST_ONLY = {"publish", "remove_shift"}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("who", "status"), [("nobody", 302), ("member", 404), ("organiser elsewhere", 404), ("organiser", 200)]
)
def test_only_organisers_of_the_area_manage(client, name, who, status):
    shift = ShiftFactory(activity__draft=True)
    area = {"organiser": shift.activity.area, "organiser elsewhere": CommunityFactory()}.get(who)
    if who != "nobody":
        client.force_login(PostFactory(area=area).person if area else UserFactory())
    url = urls_of(shift.activity, shift)[name]

    answer = client.post(url) if name in POST_ONLY else client.get(url)

    done = 302 if name in POST_ONLY and status == 200 else status
    assert answer.status_code == done
    if who == "nobody":
        assert answer.url.startswith(reverse("account_request_login_code"))


@pytest.mark.parametrize("name", ["manage", "create"])
@pytest.mark.parametrize(("who", "status"), [("nobody", 302), ("member", 403), ("organiser", 200)])
def test_only_organisers_make_activities(client, name, who, status):
    if who != "nobody":
        client.force_login(PostFactory().person if who == "organiser" else UserFactory())

    assert client.get(reverse(f"activities:{name}")).status_code == status


def test_the_list_holds_own_activities_only(client, post):
    own, other = ActivityFactory(area=post.area), ActivityFactory()

    page = client.get(reverse("activities:manage"))

    assertContains(page, own.title)
    assertNotContains(page, other.title)


def test_the_list_is_grouped_by_what_there_is_to_do(client, post):
    SignUpFactory(shift=ShiftFactory(past=True, activity__area=post.area))
    ShiftFactory(activity__area=post.area)
    ActivityFactory(area=post.area, draft=True)
    AttendanceFactory(sign_up__shift__activity__area=post.area)

    page = client.get(reverse("activities:manage"))

    headings = re.findall(r'<h2 id="stage-\d">(.+)</h2>', page.text)
    assert headings == ["要登记到场", "即将开始", "草稿", "已结束"]
    assertContains(page, '<span class="badge">已结束</span>', count=2)
    assertContains(page, "已发布", count=1)


def test_a_list_of_three_costs_as_many_queries_as_of_one(client, post):
    ShiftFactory(activity__area=post.area)
    once = queries_for(client, reverse("activities:manage"))

    ShiftFactory.create_batch(2, activity__area=post.area)

    assert queries_for(client, reverse("activities:manage")) == once


def test_the_overview_reads_the_shifts_once(client, post):
    shift = ShiftFactory(activity__area=post.area)
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("activities:overview", args=[shift.activity.code]))

    reads = [one for one in asked if 'FROM "activities_shift" WHERE' in one["sql"]]
    reads += [one for one in asked if '"activities_shift"."capacity"' in one["sql"] and one not in reads]
    assert len(reads) == 1


def test_creating_needs_a_name_only(client, post):
    page = client.post(reverse("activities:create"), {"title": "楼道清洁"})

    activity = Activity.objects.get()
    assert (activity.area, activity.created_by, activity.title) == (post.area, post.person, "楼道清洁")
    assertRedirects(page, reverse("activities:overview", args=[activity.code]))


def test_creating_without_a_name_keeps_what_was_typed(client, post):
    page = client.post(reverse("activities:create"), {**FORM, "title": ""})

    assertContains(page, FORM["place"], status_code=422)
    assertContains(page, "错误：", status_code=422)
    assert not Activity.objects.exists()


def test_creating_offers_the_communities_reached(client):
    street = StreetFactory()
    here = CommunityFactory.create_batch(2, above=street)
    elsewhere = CommunityFactory()
    client.force_login(PostFactory(area=street).person)

    client.post(reverse("activities:create"), {**FORM, "area": here[1].pk})
    refused = client.post(reverse("activities:create"), {**FORM, "area": elsewhere.pk})

    assert Activity.objects.get().area == here[1]
    assert refused.status_code == 422


def test_creating_needs_a_community(client):
    client.force_login(PostFactory(area=StreetFactory()).person)

    assertContains(client.get(reverse("activities:create")), "没有社区")
    assert client.post(reverse("activities:create"), FORM).status_code == 422


def test_the_overview_links_to_what_is_missing(client, post):
    activity = ActivityFactory(area=post.area, draft=True, risks="", contact_name="")
    urls = urls_of(activity, ShiftFactory())

    page = client.get(urls["overview"])

    assertContains(page, "还差 4 项")
    for link in (f"{urls['edit']}#id_risks", f"{urls['edit']}#id_contact_name", urls["add_shift"]):
        assertContains(page, f'href="{link}"')


def test_editing_links_to_what_is_missing(client, post):
    activity = ActivityFactory(area=post.area, draft=True, risks="")

    assertContains(client.get(reverse("activities:edit", args=[activity.code])), "#id_risks")


def test_publishing_is_refused_with_the_links(client, post):
    activity = ShiftFactory(activity__area=post.area, activity__draft=True, activity__risks="").activity

    page = client.post(reverse("activities:publish", args=[activity.code]))

    assertContains(page, "还不能发布", status_code=422)
    assertContains(page, "#id_risks", status_code=422)


def test_publishing_opens_sign_up(client, post):
    activity = ShiftFactory(activity__area=post.area, activity__draft=True).activity

    page = client.post(reverse("activities:publish", args=[activity.code]), follow=True)

    activity.refresh_from_db()
    assert activity.is_published
    assertContains(page, "大家可以报名了")


def test_publishing_a_cancelled_one_is_refused(client, post):
    activity = ActivityFactory(area=post.area, cancelled=True)

    assertContains(client.post(reverse("activities:publish", args=[activity.code]), follow=True), "已经取消")


def test_editing_saves(client, post):
    activity = ActivityFactory(area=post.area, draft=True)

    client.post(reverse("activities:edit", args=[activity.code]), FORM)

    activity.refresh_from_db()
    assert activity.content == FORM["content"]


def test_editing_a_published_one_may_not_blank_what_was_told(client, post):
    activity = ShiftFactory(activity__area=post.area).activity

    page = client.post(reverse("activities:edit", args=[activity.code]), {**FORM, "risks": ""})

    assertContains(page, "还差这些内容", status_code=422)


def test_a_shift_is_added(client, post):
    activity = ActivityFactory(area=post.area, draft=True)

    page = client.post(reverse("activities:add_shift", args=[activity.code]), shift_form())

    assertRedirects(page, reverse("activities:overview", args=[activity.code]))
    assert Shift.objects.get().minutes == 120


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (shift_form(hours=-1), "结束时间要晚于开始时间"),
        (shift_form(days=-1), "开始时间已经过去"),
        (shift_form(capacity=0), "至少要有一个名额"),
        (shift_form(capacity=""), "名额"),
    ],
    ids=["ends first", "past", "no place", "no number"],
)
def test_a_shift_that_makes_no_sense_is_refused(client, post, fields, said):
    activity = ActivityFactory(area=post.area, draft=True)

    page = client.post(reverse("activities:add_shift", args=[activity.code]), fields)

    assertContains(page, said, status_code=422)
    assert not Shift.objects.exists()


def test_a_shift_of_a_cancelled_activity_is_refused(client, post):
    activity = ActivityFactory(area=post.area, cancelled=True)

    page = client.post(reverse("activities:add_shift", args=[activity.code]), shift_form())

    assertContains(page, "已经取消", status_code=422)


def test_the_time_of_a_published_shift_changes_while_nobody_counts_on_it(client, post):
    shift = ShiftFactory(activity__area=post.area)
    form = shift_form(days=9, capacity=30)

    answer = client.post(reverse("activities:edit_shift", args=[shift.pk]), form)

    assertRedirects(answer, reverse("activities:overview", args=[shift.activity.code]))
    shift.refresh_from_db()
    assert (shift.capacity, f"{timezone.localtime(shift.starts_at):%Y-%m-%dT%H:%M}") == (30, form["starts_at"])


def test_the_time_of_a_shift_that_has_begun_is_not_asked_for(client, post):
    shift = ShiftFactory(activity__area=post.area, past=True, ends_at=timezone.now() + timedelta(hours=1))

    assertNotContains(client.get(reverse("activities:edit_shift", args=[shift.pk])), "datetime-local")


def test_a_capacity_below_the_places_taken_is_refused(client, post):
    shift = ShiftFactory(activity__area=post.area)
    SignUpFactory.create_batch(2, shift=shift)

    page = client.post(reverse("activities:edit_shift", args=[shift.pk]), shift_form(capacity=1))

    assertContains(page, "已有 2 人占了名额", status_code=422)


def test_a_shift_leaves_a_draft(client, post):
    draft = ShiftFactory(activity__area=post.area, activity__draft=True)
    fixed = ShiftFactory(activity__area=post.area)

    client.post(reverse("activities:remove_shift", args=[draft.pk]))
    refused = client.post(reverse("activities:remove_shift", args=[fixed.pk]), follow=True)

    assert Shift.objects.get() == fixed
    assertContains(refused, "不能这样改")
