"""What readers and members see and do."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from portal.activities.actions import sign_up, withdraw
from portal.activities.enums import SignUpState
from portal.activities.models import SignUp
from tests.factories.activities import ActivityFactory, ShiftFactory, SignUpFactory
from tests.factories.members import UserFactory
from tests.factories.organisations import PostFactory
from tests.portal.activities.counting import queries_for

pytestmark = pytest.mark.django_db

LOGIN = reverse("account_request_login_code")


@pytest.fixture
def member(client):
    person = UserFactory()
    client.force_login(person)
    return person


def detail(activity):
    return reverse("activities:detail", args=[activity.code])


def test_a_reader_sees_everything_they_must_be_told(client):
    shift = ShiftFactory(capacity=7)
    activity = shift.activity

    page = client.get(detail(activity))

    for told in (
        activity.title,
        activity.place,
        activity.content,
        activity.conditions,
        activity.risks,
        activity.safeguards,
        activity.contact_name,
        activity.contact_phone,
        activity.area.name,
        "还有 7 个名额",
        "共 7 人",
        f"{LOGIN}?next={detail(activity)}",
    ):
        assertContains(page, told)
    assert not page.cookies


def test_how_to_sign_up_is_not_told_once_it_is_over(client):
    assertContains(client.get(detail(ShiftFactory().activity)), 'class="policy"')
    assertNotContains(client.get(detail(ShiftFactory(past=True).activity)), 'class="policy"')


@pytest.mark.parametrize(("fields", "status"), [({}, 200), ({"cancelled": True}, 200), ({"draft": True}, 404)], ids=str)
def test_strangers_see_what_was_published_only(client, fields, status):
    assert (
        client.get(
            detail(ShiftFactory(**{f"activity__{key}": value for key, value in fields.items()}).activity)
        ).status_code
        == status
    )


def test_a_cancelled_activity_says_why_and_takes_nobody(client, member):
    shift = ShiftFactory(activity__cancelled=True)

    page = client.get(detail(shift.activity))

    assertContains(page, shift.activity.cancel_reason)
    assertNotContains(page, reverse("activities:sign_up", args=[shift.pk]))


def test_a_draft_is_shown_to_its_organiser(client):
    draft = ShiftFactory(activity__draft=True).activity
    client.force_login(PostFactory(area=draft.area).person)

    assertContains(client.get(detail(draft)), "这是草稿")


def test_an_unknown_code_is_not_found(client):
    assert client.get(reverse("activities:detail", args=["NOSUCH"])).status_code == 404


def test_the_list_shows_what_is_to_come(client):
    shift = ShiftFactory(capacity=1)
    SignUpFactory(shift=shift)
    SignUpFactory(shift=shift, waiting=True)
    over = ShiftFactory(past=True)

    page = client.get(reverse("activities:list"))

    assertContains(page, shift.activity.title)
    assertContains(page, "已满，1 人在排队")
    assertNotContains(page, over.activity.title)


def test_the_list_has_pages(client):
    ShiftFactory.create_batch(21)

    assertContains(client.get(reverse("activities:list")), "第 1 页，共 2 页")


@pytest.mark.parametrize("name", ["list", "mine"])
def test_a_list_of_three_costs_as_many_queries_as_of_one(client, member, name):
    url = reverse(f"activities:{name}")
    SignUpFactory(member=member, waiting=True)
    SignUpFactory(member=member, shift__activity__cancelled=True)
    once = queries_for(client, url)

    for days in (4, 6):
        shift = ShiftFactory(starts_at=timezone.now() + timedelta(days=days))
        SignUpFactory(member=member, shift=shift, waiting=True)
        SignUpFactory(member=member, shift__activity__cancelled=True)

    assert queries_for(client, url) == once


def test_a_page_of_three_shifts_costs_as_many_queries_as_of_one(client, member):
    activity = SignUpFactory(member=member, waiting=True).shift.activity
    once = queries_for(client, detail(activity))

    for shift in ShiftFactory.create_batch(2, activity=activity):
        SignUpFactory(member=member, shift=shift, waiting=True)

    assert queries_for(client, detail(activity)) == once


def test_signing_up_says_so_and_shows_the_way_out(client, member):
    shift = ShiftFactory()

    page = client.post(reverse("activities:sign_up", args=[shift.pk]), follow=True)

    mine = SignUp.objects.get(shift=shift, member=member)
    assertRedirects(page, detail(shift.activity))
    assertContains(page, "报名成功")
    assertContains(page, reverse("activities:withdraw", args=[mine.pk]))


def test_signing_up_on_a_full_shift_tells_the_place_in_the_queue(client, member):
    shift = SignUpFactory(shift__capacity=1).shift
    SignUpFactory(shift=shift, waiting=True)

    page = client.post(reverse("activities:sign_up", args=[shift.pk]), follow=True)

    assertContains(page, "排队中，第 2 位")
    assertContains(page, "排队中，第 2 位")


def test_pressing_again_with_an_offer_points_to_it(client, member):
    mine = SignUpFactory(member=member, offered=True)

    assertContains(client.post(reverse("activities:sign_up", args=[mine.shift.pk]), follow=True), "有空位为您保留")


def test_a_refusal_names_its_reason(client, member):
    other = SignUpFactory(member=member).shift
    shift = ShiftFactory(starts_at=other.starts_at)

    page = client.post(reverse("activities:sign_up", args=[shift.pk]))

    assertContains(page, other.activity.title, status_code=422)
    assertContains(page, "时间有重叠", status_code=422)


def test_signing_up_asks_strangers_to_log_in(client):
    url = reverse("activities:sign_up", args=[ShiftFactory().pk])

    assertRedirects(client.post(url), f"{LOGIN}?next={url}", fetch_redirect_response=False)


def test_signing_up_on_a_draft_finds_nothing(client, member):
    assert client.post(reverse("activities:sign_up", args=[ShiftFactory(activity__draft=True).pk])).status_code == 404


def test_mine_shows_offers_first_with_their_time(client, member):
    SignUpFactory(member=member)
    offer = SignUpFactory(member=member, offered=True, shift=ShiftFactory(starts_at=timezone.now() + timedelta(days=5)))

    page = client.get(reverse("activities:mine"))

    assert page.context["offers"] == [offer]
    assertContains(page, "还有 23")
    assertContains(page, reverse("activities:accept_offer", args=[offer.pk]))
    assertContains(page, reverse("activities:decline_offer", args=[offer.pk]))


def test_mine_shows_the_place_in_the_queue_and_what_was_cancelled(client, member):
    shift = ShiftFactory()
    SignUpFactory(shift=shift, waiting=True)
    SignUpFactory(shift=shift, member=member, waiting=True)
    cancelled = SignUpFactory(member=member, shift__activity__cancelled=True).shift.activity

    page = client.get(reverse("activities:mine"))

    assertContains(page, "第 2 位")
    assertContains(page, cancelled.cancel_reason)


def test_mine_says_when_the_queue_came_to_nothing(client, member):
    SignUpFactory(member=member, waiting=True, shift__starts_at=timezone.now() - timedelta(minutes=5))

    assertContains(client.get(reverse("activities:mine")), "这次没有排到")


def test_mine_shows_the_way_to_activities_when_empty(client, member):
    assertContains(client.get(reverse("activities:mine")), "您还没有报名活动")


def test_withdrawing_asks_once(client, member):
    mine = SignUpFactory(member=member)
    url = reverse("activities:withdraw", args=[mine.pk])

    assertContains(client.get(url), mine.shift.activity.title)
    page = client.post(url, follow=True)

    mine.refresh_from_db()
    assert mine.state == SignUpState.WITHDRAWN
    assertRedirects(page, reverse("activities:mine"))
    assertContains(page, "已经退出")


def test_past_the_deadline_the_question_says_what_to_do_instead(client, member):
    mine = SignUpFactory(member=member, shift__starts_at=timezone.now() + timedelta(hours=1))

    page = client.get(reverse("activities:withdraw", args=[mine.pk]))

    assertContains(page, "现在不能直接退出了")
    assertContains(page, reverse("activities:ask_cover", args=[mine.pk]))
    assertNotContains(page, "确定退出")


def test_withdrawing_too_late_says_so(client, member):
    mine = SignUpFactory(member=member, shift=ShiftFactory(past=True))

    assertContains(client.post(reverse("activities:withdraw", args=[mine.pk]), follow=True), "已经开始")


@pytest.mark.parametrize(("name", "state"), [("accept_offer", "confirmed"), ("decline_offer", "withdrawn")])
def test_answering_an_offer(client, member, name, state):
    holder = SignUpFactory(shift__capacity=1)
    mine = sign_up(shift=holder.shift, member=member)
    withdraw(sign_up=holder, by=holder.member)

    page = client.post(reverse(f"activities:{name}", args=[mine.pk]), follow=True)

    mine.refresh_from_db()
    assert mine.state == state
    assertRedirects(page, reverse("activities:mine"))


@pytest.mark.parametrize("name", ["withdraw", "accept_offer", "decline_offer"])
def test_another_persons_sign_up_is_not_found(client, member, name):
    other = SignUpFactory(offered=True)

    assert client.post(reverse(f"activities:{name}", args=[other.pk])).status_code == 404
    other.refresh_from_db()
    assert other.state == SignUpState.OFFERED


@pytest.mark.parametrize("name", ["sign_up", "accept_offer", "decline_offer"])
def test_changes_need_a_post(client, member, name):
    pk = SignUpFactory(member=member).pk

    assert client.get(reverse(f"activities:{name}", args=[pk])).status_code == 405


def test_an_activity_without_shifts_says_that_its_time_is_open(client):
    draft = ActivityFactory(draft=True)
    client.force_login(PostFactory(area=draft.area).person)

    assertContains(client.get(detail(draft)), "时间还没有定")


def test_leaving_an_activity_and_logging_out_have_their_own_words(client):
    mine = SignUpFactory()
    client.force_login(mine.member)

    for url in (reverse("activities:mine"), reverse("activities:detail", args=[mine.shift.activity.code])):
        page = client.get(url)
        assertContains(page, ">退出报名</a>", count=1)
        assertContains(page, ">退出登录</button>", count=1)
        assertNotContains(page, ">退出<")
