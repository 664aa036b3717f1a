"""Where people meet: whole, on the earth, and copied along."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains

from portal.activities.models import Activity
from tests.factories.activities import ActivityFactory, ShiftFactory
from tests.factories.organisations import PostFactory
from tests.portal.activities.test_views_organisers import FORM

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(client):
    held = PostFactory()
    client.force_login(held.person)
    return held


@pytest.mark.parametrize(
    ("latitude", "longitude", "said"),
    [("104.065735", "30.657401", "别写反了"), ("30.657401", "", "要么都填，要么都不填")],
)
def test_where_people_meet_is_whole_and_on_the_earth(client, post, latitude, longitude, said):
    activity = ActivityFactory(area=post.area, draft=True)
    url = reverse("activities:edit", args=[activity.code])

    page = client.post(url, {**FORM, "latitude": latitude, "longitude": longitude})

    assertContains(page, said, status_code=422)
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.update(latitude=latitude, longitude=longitude or None)


def test_where_people_meet_is_kept_and_copied(client, post):
    activity = ShiftFactory(activity__area=post.area, activity__draft=True).activity
    url = reverse("activities:edit", args=[activity.code])

    client.post(url, {**FORM, "latitude": "30.657401", "longitude": "104.065735"})
    client.post(reverse("activities:copy", args=[activity.code]))

    spots = Activity.objects.values_list("latitude", "longitude")
    assert set(spots) == {(Decimal("30.657401"), Decimal("104.065735"))}
    assert spots.count() == 2
