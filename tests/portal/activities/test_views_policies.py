"""Pages of policies, requests, offers by link, lots, stand-ins and groups: who may open them, and what they do."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from portal.activities import queries
from portal.activities.actions import draw_due, sign_up
from portal.activities.enums import QueuePolicy, SignUpMode, SignUpState
from portal.activities.models import SignUp
from tests.factories.activities import ActivityFactory, PositionFactory, ShiftFactory, SignUpFactory
from tests.factories.members import HomeMembershipFactory, ProfileFactory, UserFactory
from tests.factories.organisations import PostFactory
from tests.portal.activities.counting import queries_for
from tests.portal.activities.queues import state_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client):
    person = UserFactory()
    client.force_login(person)
    return person


def organiser_of(activity, client):
    person = PostFactory(area=activity.area).person
    client.force_login(person)
    return person


ORGANISERS = ("people", "policy")


@pytest.mark.parametrize("name", ORGANISERS)
def test_an_organisers_page_asks_strangers_to_log_in_and_is_not_there_for_others(client, name):
    url = reverse(f"activities:{name}", args=[ShiftFactory().activity.code])

    assert client.get(url).status_code == 302
    client.force_login(PostFactory().person)
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("name", ["requests", "invite", "exception"])
def test_an_organisers_button_is_not_there_for_others(client, name):
    url = reverse(f"activities:{name}", args=[ShiftFactory().activity.code])
    client.force_login(PostFactory().person)

    assert client.post(url).status_code == 404
    assert client.get(url).status_code == 405


def test_signing_up_for_a_position_with_companions(client, member):
    position = PositionFactory(shift__activity__companions_limit=2)
    detail = reverse("activities:detail", args=[position.shift.activity.code])
    assertContains(client.get(detail), position.name)

    client.post(reverse("activities:sign_up", args=[position.shift.pk]), {"position": position.pk, "companions": "2"})

    mine = SignUp.objects.get(member=member)
    assert (mine.position, mine.places) == (position, 3)
    assertContains(client.get(reverse("activities:mine")), f"岗位：{position.name}")


@pytest.mark.parametrize("position", ["", "nonsense", "999999"])
def test_signing_up_without_a_position_says_what_is_missing(client, member, position):
    shift = PositionFactory().shift

    page = client.post(reverse("activities:sign_up", args=[shift.pk]), {"position": position})

    assertContains(page, "请选一个岗位再报名", status_code=422)


def test_everybody_reads_the_policy_before_they_sign_up(client):
    until = timezone.now() + timedelta(hours=3)
    shift = ShiftFactory(activity__queue_policy=QueuePolicy.NEWCOMERS, activity__newcomers_until=until)

    page = client.get(reverse("activities:detail", args=[shift.activity.code]))

    assertContains(page, "最近没有参加过活动的人先得名额")
    assertContains(page, "开始前 2 小时以内不能直接退出")


def test_requests_are_accepted_many_at_once(client):
    shift = ShiftFactory(activity__mode=SignUpMode.ON_REQUEST)
    asked = [sign_up(shift=shift, member=UserFactory()) for _ in range(2)]
    organiser_of(shift.activity, client)
    assertContains(client.get(reverse("activities:people", args=[shift.activity.code])), "同意勾选的")

    url = reverse("activities:requests", args=[shift.activity.code])
    client.post(url, {"sign_up": [one.pk for one in asked], "answer": "accept"})

    assert [state_of(one) for one in asked] == [SignUpState.CONFIRMED] * 2


def test_nobody_is_said_to_be_told_when_none_was_let_in(client):
    full = {"capacity": 1, "activity__mode": SignUpMode.ON_REQUEST, "activity__queue_policy": QueuePolicy.NONE}
    shift = ShiftFactory(**full)
    asked = sign_up(shift=shift, member=UserFactory())
    SignUpFactory(shift=shift)
    organiser_of(shift.activity, client)
    url = reverse("activities:requests", args=[shift.activity.code])

    page = client.post(url, {"sign_up": [asked.pk], "answer": "accept"}, follow=True)

    assertContains(page, str(asked.member))
    assertNotContains(page, "已处理")
    assertNotContains(client.get(reverse("activities:detail", args=[shift.activity.code])), "可以排队")


def test_requests_are_refused_with_a_reason_only(client):
    shift = ShiftFactory(activity__mode=SignUpMode.ON_REQUEST)
    asked = sign_up(shift=shift, member=UserFactory())
    organiser_of(shift.activity, client)
    url = reverse("activities:requests", args=[shift.activity.code])

    assert client.post(url, {"sign_up": asked.pk, "answer": "refuse"}).status_code == 422
    assert state_of(asked) == SignUpState.REQUESTED
    client.post(url, {"sign_up": asked.pk, "answer": "refuse", "reason": "人够了。"})
    assert state_of(asked) == SignUpState.REFUSED


def test_invite_takes_phones_of_people_with_accounts(client):
    activity = ActivityFactory(mode=SignUpMode.INVITED)
    guest = UserFactory()
    organiser_of(activity, client)
    url = reverse("activities:invite", args=[activity.code])

    assert client.post(url, {"phones": "12"}).status_code == 422
    client.post(url, {"phones": f"{guest.phone}\n"})

    assert activity.invitations.get().member == guest


def test_an_exception_keeps_its_reason(client):
    shift = ShiftFactory(activity__mode=SignUpMode.INVITED)
    guest = UserFactory()
    organiser = organiser_of(shift.activity, client)
    data = {"phone": str(guest.phone), "shift": shift.pk, "override_reason": "老队员。"}

    client.post(reverse("activities:exception", args=[shift.activity.code]), data)

    mine = SignUp.objects.get(member=guest)
    assert (mine.override_reason, mine.overridden_by) == ("老队员。", organiser)


def test_an_exception_on_a_shift_with_positions_names_one(client):
    desk, guest = PositionFactory(), UserFactory()
    organiser_of(desk.shift.activity, client)
    data = {"phone": str(guest.phone), "shift": desk.shift_id, "override_reason": "老队员。"}
    url = reverse("activities:exception", args=[desk.shift.activity.code])

    assert client.post(url, data).status_code == 422
    client.post(url, data | {"position": desk.pk})

    assert SignUp.objects.get(member=guest).position == desk


def test_the_policy_form_keeps_what_was_chosen(client):
    activity = ShiftFactory().activity
    organiser_of(activity, client)
    url = reverse("activities:policy", args=[activity.code])
    chosen = {"mode": "at_once", "queue_policy": "none", "companions_limit": "2"}

    assertRedirects(client.post(url, chosen), reverse("activities:overview", args=[activity.code]))
    assert client.post(url, {**chosen, "queue_policy": "draw"}).status_code == 422

    activity.refresh_from_db()
    assert (activity.queue_policy, activity.companions_limit) == ("none", 2)


def test_a_lot_that_falls_too_late_is_said_at_its_field(client):
    shift = ShiftFactory()
    organiser_of(shift.activity, client)
    late = timezone.localtime(shift.starts_at) + timedelta(hours=1)
    form = {"mode": SignUpMode.AT_ONCE, "queue_policy": QueuePolicy.DRAW, "companions_limit": 0}

    page = client.post(
        reverse("activities:policy", args=[shift.activity.code]), {**form, "draw_at": f"{late:%Y-%m-%dT%H:%M}"}
    )

    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["draw_at"]


def test_the_list_of_people_costs_the_same_for_three_as_for_one(client):
    shift = ShiftFactory(capacity=1)
    organiser_of(shift.activity, client)
    url = reverse("activities:people", args=[shift.activity.code])
    sign_up(shift=shift, member=UserFactory())
    once = queries_for(client, url)

    for _ in range(2):
        sign_up(shift=shift, member=UserFactory())

    assert queries_for(client, url) == once


@pytest.fixture
def offer():
    mine = SignUpFactory(offered=True)
    return mine, reverse("activities:offer", args=[queries.offer_token(mine)])


def test_an_offer_is_answered_from_its_link_without_logging_in(client, offer):
    mine, url = offer

    assertContains(client.get(url), "我参加")
    assert state_of(mine) == SignUpState.OFFERED
    assertRedirects(client.post(url, {"answer": "accept"}), url)

    assert state_of(mine) == SignUpState.CONFIRMED
    assertContains(client.get(url), "您已经报上名了")


def test_an_offer_is_declined_from_its_link(client, offer):
    mine, url = offer

    client.post(url, {"answer": "decline"})

    assert state_of(mine) == SignUpState.WITHDRAWN


def test_an_offer_stands_until_one_of_its_buttons_is_pressed(client, offer):
    mine, url = offer

    assertRedirects(client.post(url), url)

    assert state_of(mine) == SignUpState.OFFERED


def test_an_offers_link_is_for_one_person_and_one_offer(client, offer):
    mine, url = offer
    assert client.get(url[:-3] + "xx/").status_code == 404
    client.force_login(UserFactory())
    assert client.get(url).status_code == 404
    client.force_login(mine.member)
    assert client.get(url).status_code == 200

    mine.offered_until += timedelta(hours=1)
    mine.save()
    assert client.get(url).status_code == 404


def test_the_draw_shows_its_fingerprint_first_and_its_seed_later(client):
    shift = ShiftFactory(activity__queue_policy=QueuePolicy.DRAW, activity__draw_at=timezone.now() + timedelta(hours=1))
    mine = sign_up(shift=shift, member=UserFactory())
    draw = shift.activity.draw
    url = reverse("activities:draw", args=[shift.activity.code])

    before = client.get(url)
    assertContains(before, draw.commitment)
    assertNotContains(before, draw.seed)

    draw_due(now=shift.activity.draw_at)
    after = client.get(url)
    assertContains(after, draw.seed)
    assertContains(after, str(mine.pk))


def test_the_list_names_the_unit_of_those_who_let_it_be_named_there(client):
    activity = ShiftFactory().activity
    shown, hidden = (SignUpFactory(shift=activity.shifts.get()).member for _ in range(2))
    units = [HomeMembershipFactory(person=person).unit for person in (shown, hidden)]
    ProfileFactory(person=shown, shows_unit_at=["lists"])
    ProfileFactory(person=hidden, shows_unit_at=["profile", "door"])
    organiser_of(activity, client)

    page = client.get(reverse("activities:people", args=[activity.code]))

    assertContains(page, units[0].name)
    assertNotContains(page, units[1].name)


def test_an_exception_says_who_waits_and_the_person_is_told(client):
    shift = ShiftFactory(capacity=1)
    SignUpFactory(shift=shift)
    guest = UserFactory()
    organiser_of(shift.activity, client)
    data = {"phone": str(guest.phone), "shift": shift.pk, "override_reason": "老队员。"}

    page = client.post(reverse("activities:exception", args=[shift.activity.code]), data, follow=True)

    assertContains(page, "已经替本人排上队")
    assert "替您排上了队" in guest.inbox_messages.get().title
