"""An organiser sees the dates of a series before they are made, and looks after them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertRedirects

from portal.activities import actions, queries
from portal.activities.models import Series
from tests.factories.activities import ShiftFactory
from tests.factories.organisations import PostFactory
from tests.portal.activities.counting import queries_for
from tests.portal.activities.test_views_making import series_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(client):
    held = PostFactory()
    client.force_login(held.person)
    return held


RULE = {"frequency": "weekly", "interval": "1", "count": "4", "until": ""}


def test_every_date_is_shown_before_any_is_made(client, post):
    activity = ShiftFactory(activity__area=post.area).activity

    page = client.get(reverse("activities:repeat", args=[activity.code]), RULE)

    assertContains(page, "会做出这 4 次")
    assert page.text.count('name="skip"') == 3
    assert not Series.objects.exists()


def test_a_holiday_is_ticked_off_in_the_preview(client, post):
    activity = ShiftFactory(activity__area=post.area).activity
    holiday = queries.first_day(activity) + timedelta(days=14)

    answer = client.post(
        reverse("activities:repeat", args=[activity.code]), {**RULE, "skip": [holiday.isoformat(), "nonsense"]}
    )

    series = Series.objects.get()
    assertRedirects(answer, reverse("activities:series", args=[series.pk]))
    assert [(day - series.first_on).days for day in sorted(one.series_on for one in queries.dates_of(series))] == [
        0,
        7,
        21,
    ]


@pytest.mark.parametrize("fields", [{"count": ""}, {"until": "2050-01-01"}, {"interval": "0"}, {"count": "61"}])
def test_a_rule_that_says_nothing_clear_is_asked_again(client, post, fields):
    activity = ShiftFactory(activity__area=post.area).activity

    page = client.get(reverse("activities:repeat", args=[activity.code]), {**RULE, **fields})

    assert page.status_code == 422
    assertContains(page, "error-summary", status_code=422)


def test_a_series_is_made_longer_and_published(client, post):
    series = series_of(ShiftFactory(activity__area=post.area, activity__draft=True).activity)
    url = reverse("activities:series", args=[series.pk])

    client.post(url, {"more": "2"})
    client.post(reverse("activities:publish_series", args=[series.pk]))

    assert {one.state for one in series.activities.all()} == {"published"}
    assert series.activities.count() == 5
    assertContains(client.get(url), "取消这一次", count=5)


def test_a_draft_whose_day_is_over_is_not_offered_for_publishing(client, post):
    series = series_of(ShiftFactory(activity__area=post.area, activity__draft=True).activity)
    url = reverse("activities:series", args=[series.pk])
    assert client.get(url).context["drafts"] == 3

    series.activities.filter(series_on=series.first_on).update(series_on=timezone.localdate() - timedelta(days=3))

    assert client.get(url).context["drafts"] == 2


def test_three_dates_cost_as_many_queries_as_more(client, post):
    series = series_of(ShiftFactory(activity__area=post.area).activity)
    url = reverse("activities:series", args=[series.pk])
    once = queries_for(client, url)
    actions.extend_series(series=series, by=series.created_by, more=3)

    assert queries_for(client, url) == once
