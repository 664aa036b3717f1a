"""A community that ended with nobody following holds no new activities."""

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.activities import actions
from portal.activities.enums import Frequency
from portal.activities.errors import CommunityEndedError
from portal.activities.models import Activity
from portal.activities.recurring import Recurrence
from portal.organisations.actions import end_area
from tests.factories.activities import ShiftFactory
from tests.factories.organisations import CommunityFactory, PostFactory, StreetFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def street():
    return StreetFactory()


@pytest.fixture
def before(street):
    return CommunityFactory(name="东湖社区", above=street)


@pytest.fixture
def organiser(before):
    return PostFactory(area=before).person


@pytest.mark.parametrize("make", ["draft", "copy", "template", "series"])
def test_nothing_is_made_for_a_community_that_ended_with_nobody_following(before, organiser, make):
    shift = ShiftFactory(activity__area=before)
    rule = Recurrence(timezone.localdate(shift.starts_at), Frequency.WEEKLY, 1, 3, None, frozenset())
    end_area(area=before, by=None)
    old = {"activity": shift.activity, "by": organiser}

    with pytest.raises(CommunityEndedError):
        {
            "draft": lambda: actions.create_activity(area=before, by=organiser, title="楼道清洁"),
            "copy": lambda: actions.copy_activity(**old),
            "template": lambda: actions.save_template(**old, area=before, name="清洁"),
            "series": lambda: actions.start_series(**old, rule=rule),
        }[make]()


def test_a_copy_of_what_ended_with_nobody_following_is_refused_in_words(client, before, street):
    activity = ShiftFactory(activity__area=before).activity
    end_area(area=before, by=None)
    client.force_login(PostFactory(area=street).person)

    page = client.post(reverse("activities:copy", args=[activity.code]), follow=True)

    assert "这个社区已经停用" in page.text
    assert Activity.objects.count() == 1
