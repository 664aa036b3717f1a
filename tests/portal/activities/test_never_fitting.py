"""A queue whose head needs more places than there are stands still: both sides are told, and may let it go on."""

import pytest
import time_machine
from django.urls import reverse
from wagtail.models import ModelLogEntry

from portal.activities.actions import cancel, end_wait, set_capacity, sign_up, wait_for_fewer
from portal.activities.enums import SignUpState
from portal.activities.errors import SignUpError
from portal.notices.models import Message
from portal.organisations.enums import Role
from tests.factories.activities import PositionFactory, ShiftFactory, SignUpFactory
from tests.factories.members import UserFactory
from tests.factories.organisations import PostFactory
from tests.portal.activities.queues import place_of, state_of

pytestmark = pytest.mark.django_db

ORGANISER_IS_TOLD = "张*排第 1 位，要 3 个名额，这里一共只有 2 个。"


@pytest.fixture
def shift():
    return ShiftFactory(capacity=4, activity__companions_limit=2)


@pytest.fixture
def stuck(shift):
    """Wait for three places at the head of a queue, of what has become two."""
    sign_up(shift=shift, member=UserFactory(), companions=1)
    family = sign_up(shift=shift, member=UserFactory(name="张桂兰"), companions=2)
    set_capacity(shift=shift, capacity=2, by=UserFactory())
    return family


@pytest.fixture
def behind(stuck):
    return sign_up(shift=stuck.shift, member=UserFactory())


@pytest.fixture
def organiser(shift):
    return PostFactory(role=Role.ORGANISER, area=shift.activity.area).person


def overview(client, organiser, shift):
    client.force_login(organiser)
    return client.get(reverse("activities:overview", args=[shift.activity.code])).text


def test_the_organiser_is_told_who_and_what_can_be_done(client, organiser, stuck, behind):
    shift = stuck.shift
    told = overview(client, organiser, shift)
    assert ORGANISER_IS_TOLD in told
    assert "张桂兰" not in told
    assert reverse("activities:edit_shift", args=[shift.pk]) in told

    done = client.post(reverse("activities:end_wait", args=[stuck.pk]), follow=True).text

    assert "已请这一位退出排队" in done
    assert ORGANISER_IS_TOLD not in done
    assert (state_of(stuck), place_of(behind)) == (SignUpState.WITHDRAWN, 1)
    assert "您报了 3 个人，现在一共只有 2 个名额" in Message.objects.get(recipient=stuck.member).body


def test_nothing_is_said_of_who_only_waits_or_of_what_has_begun(client, organiser, shift, stuck, behind):
    set_capacity(shift=shift, capacity=3, by=organiser)
    assert "一共只有" not in overview(client, organiser, shift)
    client.post(reverse("activities:end_wait", args=[stuck.pk]))
    assert state_of(stuck) == SignUpState.WAITING

    set_capacity(shift=shift, capacity=2, by=organiser)
    with time_machine.travel(shift.ends_at):
        assert "一共只有" not in overview(client, organiser, shift)


def test_a_position_counts_on_itself(client, organiser, shift):
    position = PositionFactory(shift=shift, capacity=2)
    SignUpFactory(shift=shift, position=position, waiting=True, places=3, member__name="张桂兰")

    told = overview(client, organiser, shift)

    assert ORGANISER_IS_TOLD in told
    assert reverse("activities:position", args=[position.pk]) in told


def test_the_person_is_told_and_may_come_with_fewer_from_where_they_stand(client, stuck, behind):
    client.force_login(stuck.member)
    for page in (reverse("activities:mine"), reverse("activities:detail", args=[stuck.shift.activity.code])):
        assert "您报了 3 个人，现在一共只有 2 个名额" in client.get(page).text

    for _twice in range(2):
        done = client.post(reverse("activities:wait_for_fewer", args=[stuck.pk]), follow=True).text
        assert "位置不变" in done

    stuck.refresh_from_db()
    assert (stuck.places, place_of(stuck), place_of(behind)) == (2, 1, 2)
    logged = ModelLogEntry.objects.get(action="activities.signup.fewer")
    assert logged.data["places"] == [3, 2]


def test_who_comes_with_fewer_is_reached_at_once_where_there_is_room(shift):
    family = SignUpFactory(shift=shift, waiting=True, places=5)

    assert wait_for_fewer(sign_up=family, by=family.member).state == SignUpState.OFFERED


def test_who_stands_behind_is_reached_once_the_head_is_gone(shift, organiser):
    family = SignUpFactory(shift=shift, waiting=True, places=5)
    behind = SignUpFactory(shift=shift, waiting=True)

    end_wait(sign_up=family, by=organiser)
    end_wait(sign_up=family, by=organiser)

    assert [state_of(family), state_of(behind)] == [SignUpState.WITHDRAWN, SignUpState.OFFERED]
    assert Message.objects.filter(recipient=family.member).count() == 1


@pytest.mark.parametrize("action", [wait_for_fewer, end_wait])
def test_what_is_called_off_is_left_as_it_is(shift, organiser, stuck, action):
    cancel(activity=shift.activity, by=organiser, reason="下雨")

    with pytest.raises(SignUpError):
        action(sign_up=stuck, by=organiser)


def test_only_the_person_and_their_organisers_may(client, stuck):
    for name in ("wait_for_fewer", "end_wait"):
        client.force_login(PostFactory(role=Role.ORGANISER).person)
        assert client.post(reverse(f"activities:{name}", args=[stuck.pk])).status_code == 404
