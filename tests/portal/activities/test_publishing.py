"""An activity made known by the clock."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from portal.activities import actions
from portal.activities.enums import QueuePolicy
from portal.activities.errors import (
    ActivityCancelledError,
    NoticeItemsMissingError,
    PublishTimeError,
    ShiftIsFixedError,
)
from portal.notices.enums import MessageKind
from tests.factories.activities import ActivityFactory, ShiftFactory
from tests.factories.members import UserFactory
from tests.factories.organisations import PostFactory
from tests.portal.activities.logs import logged

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity():
    return ShiftFactory(activity__draft=True).activity


def later(hours=5):
    return timezone.now() + timedelta(hours=hours)


def schedule(activity, at):
    return actions.schedule(activity=activity, by=activity.created_by, at=at)


def test_a_draft_is_published_when_its_time_comes_and_once(activity):
    at = later()
    schedule(activity, at)

    assert actions.publish_due_activities(now=at - timedelta(minutes=1)) == 0
    assert actions.publish_due_activities(now=at) == 1
    assert actions.publish_due_activities(now=at) == 0

    activity.refresh_from_db()
    assert activity.is_published
    assert logged(activity) == ["activities.activity.scheduled", "activities.activity.published"]


def test_what_has_lost_a_notice_item_stays_a_draft(activity):
    at = later()
    schedule(activity, at)
    actions.edit_activity(activity=activity, by=activity.created_by, risks="")

    assert actions.publish_due_activities(now=at) == 0

    activity.refresh_from_db()
    assert not activity.is_published
    assert activity.publish_at is None
    message = activity.created_by.inbox_messages.get()
    assert message.kind == MessageKind.WORK
    assert "可能的风险" in message.body
    assert message.url == reverse("activities:overview", args=[activity.code])


def test_the_time_can_be_taken_back(activity):
    schedule(activity, later())
    schedule(activity, None)

    assert actions.publish_due_activities(now=later(10)) == 0


@pytest.mark.parametrize("hours", [-1, 24 * 9])
def test_the_time_lies_between_now_and_the_first_shift(activity, hours):
    with pytest.raises(PublishTimeError):
        schedule(activity, later(hours))


def test_what_is_missing_known_or_called_off_is_not_scheduled():
    with pytest.raises(NoticeItemsMissingError):
        schedule(ActivityFactory(draft=True), later())
    with pytest.raises(ShiftIsFixedError):
        schedule(ShiftFactory().activity, later())
    with pytest.raises(ActivityCancelledError):
        schedule(ActivityFactory(cancelled=True), later())


@pytest.mark.parametrize(("who", "status"), [("nobody", 302), ("member", 404), ("organiser", 200)])
def test_only_organisers_schedule(client, activity, who, status):
    if who != "nobody":
        client.force_login(PostFactory(area=activity.area).person if who == "organiser" else UserFactory())
    url = reverse("activities:schedule", args=[activity.code])

    assert client.get(url).status_code == status
    if status == 200:
        client.post(url, {"publish_at": f"{timezone.localtime(later()):%Y-%m-%dT%H:%M}"})
        assertContains(client.get(reverse("activities:overview", args=[activity.code])), "自动发布")
        client.post(url, {"never": "1"})
        activity.refresh_from_db()
        assert activity.publish_at is None


def test_publishing_with_a_lot_of_yesterday_leads_to_its_field(client):
    post = PostFactory()
    client.force_login(post.person)
    past = timezone.now() - timedelta(days=1)
    activity = ShiftFactory(
        activity__area=post.area, activity__draft=True, activity__queue_policy=QueuePolicy.DRAW, activity__draw_at=past
    ).activity

    page = client.post(reverse("activities:publish", args=[activity.code]))

    assertContains(page, "抽签时间已经过了", status_code=422)
    field = reverse("activities:policy", args=[activity.code]) + "#id_draw_at"
    assertContains(page, field, status_code=422)
