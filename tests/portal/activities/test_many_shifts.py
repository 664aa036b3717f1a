"""A thousand shifts cost no more questions to the database than ten."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.activities.models import Shift
from tests.factories.activities import ActivityFactory
from tests.factories.organisations import PostFactory
from tests.portal.activities.counting import queries_for

pytestmark = pytest.mark.django_db


def make(activities, shifts_each):
    start = timezone.now() + timedelta(days=2)
    Shift.objects.bulk_create(
        Shift(activity=one, starts_at=start + timedelta(hours=n), ends_at=start + timedelta(hours=n + 1), capacity=5)
        for one in activities
        for n in range(shifts_each)
    )


def queries_at_once(client, url):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_a_thousand_shifts_cost_as_many_queries_as_ten(client):
    post = PostFactory()
    client.force_login(post.person)
    activities = ActivityFactory.create_batch(25, area=post.area, created_by=post.person)
    find = reverse("activities:find")
    urls = [
        *(f"{find}?{asked}" for asked in ("", "view=fit&length=short", "view=month")),
        *(reverse(f"activities:{name}") for name in ("list", "manage")),
        reverse("activities:overview", args=[activities[0].code]),
    ]
    make(activities[:10], 1)
    few = [queries_for(client, url) for url in urls]

    make(activities, 40)

    assert [queries_at_once(client, url) for url in urls] == few
