"""What the public site gets to know of activities."""

from dataclasses import fields
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config import providers
from portal.activities.actions import activities as acts
from portal.activities.models import Activity, Shift
from tests.factories.activities import ActivityFactory, ShiftFactory, SignUpFactory
from tests.factories.organisations import CommunityFactory
from webui.providers import ActivityItem, ActivityPlace, ActivityQuestion

pytestmark = pytest.mark.django_db


def ahead(**asked: Any) -> list[ActivityItem]:
    return list(providers.activities(ActivityQuestion(**{"starts_from": timezone.now(), **asked})))


def test_public_sees_published_shifts_to_come_soonest_first() -> None:
    now = timezone.now()
    second = ShiftFactory(starts_at=now + timedelta(days=2), ends_at=now + timedelta(days=2, hours=1))
    first = ShiftFactory(starts_at=now + timedelta(days=1), ends_at=now + timedelta(days=1, hours=1))
    ShiftFactory(activity=ActivityFactory(draft=True))
    ShiftFactory(activity=ActivityFactory(cancelled=True))
    ShiftFactory(past=True)

    shown = ahead()

    assert [item.url for item in shown] == [f"/portal/activities/{shift.activity.code}/" for shift in (first, second)]
    assert shown[0].community == first.activity.area.name
    assert shown[0].starts_at == first.starts_at


def test_public_may_ask_for_one_community_or_district_and_some_days() -> None:
    ours, other = ShiftFactory(), ShiftFactory(starts_at=timezone.now() + timedelta(days=9))
    district = ours.activity.area.get_ancestors().get(kind="district")

    assert [item.title for item in ahead(community=ours.activity.area.code)] == [ours.activity.title]
    assert [item.title for item in ahead(district=district.code)] == [ours.activity.title]
    assert ahead(district="no-such-district") == []
    assert [item.title for item in ahead(starts_from=timezone.now() + timedelta(days=5))] == [other.activity.title]
    assert [item.title for item in ahead(starts_before=timezone.now() + timedelta(days=5))] == [ours.activity.title]


def test_public_may_ask_for_what_is_not_over_and_has_places() -> None:
    going_on = ShiftFactory(starts_at=timezone.now() - timedelta(hours=1))
    ShiftFactory(past=True)
    ShiftFactory(capacity=1, places_taken=1)

    shown = ahead(starts_from=None, ends_after=timezone.now(), has_places=True)

    assert [item.uid for item in shown] == [f"{going_on.activity.code}-{going_on.pk}"]


def test_what_was_called_off_is_told_only_on_request_and_only_if_it_was_known() -> None:
    known = ShiftFactory(activity=ActivityFactory(cancelled=True))
    ShiftFactory(activity=ActivityFactory(cancelled=True, published_at=None))
    held = ShiftFactory(past=True, activity=known.activity)

    assert ahead() == []
    [item] = ahead(with_cancelled=True, starts_from=held.starts_at)
    assert item.is_cancelled
    assert item.uid == f"{known.activity.code}-{known.pk}"
    assert ahead(with_cancelled=True, has_places=True) == []


def test_a_page_of_them_may_be_asked_for() -> None:
    shifts = [ShiftFactory(starts_at=timezone.now() + timedelta(days=day)) for day in (1, 2, 3)]

    page = providers.activities(ActivityQuestion(), offset=1, limit=1)

    assert [item.title for item in page] == [shifts[1].activity.title]


def test_the_last_published_may_come_first() -> None:
    old = ShiftFactory(activity=ActivityFactory(published_at=timezone.now() - timedelta(days=3)))
    new = ShiftFactory(starts_at=old.starts_at + timedelta(days=5))

    shown = providers.activities(ActivityQuestion(), newest_first=True)

    assert [item.title for item in shown] == [new.activity.title, old.activity.title]


def test_a_shift_with_a_name_says_it() -> None:
    ShiftFactory(activity__title="义诊", name="上午班")

    assert [item.title for item in ahead()] == ["义诊 · 上午班"]


def test_places_are_told_in_words() -> None:
    roomy = ShiftFactory(capacity=5)
    full = ShiftFactory(capacity=1, places_taken=1)
    queued = ShiftFactory(capacity=1, places_taken=1)
    SignUpFactory(shift=queued, waiting=True)

    told = {item.title: item.places_text for item in ahead()}

    assert told[roomy.activity.title] == "还有 5 个名额"
    assert told[full.activity.title] == "已满，可以排队"
    assert told[queued.activity.title] == "已满，1 人在排队"


def test_a_revision_grows_with_each_change_and_the_uid_stays() -> None:
    activity = ActivityFactory(published_at=timezone.now() - timedelta(days=1))
    ShiftFactory(activity=activity)
    Activity.objects.update(updated_at=activity.published_at)
    [published] = ahead()

    acts.edit_activity(activity=activity, by=activity.created_by, place="二号楼前")
    [edited] = ahead()
    Activity.objects.update(updated_at=timezone.now() - timedelta(hours=1))
    [earlier] = ahead()
    acts.cancel(activity=activity, by=activity.created_by, reason="有大雨。")
    [cancelled] = ahead(with_cancelled=True)

    assert published.revision == 0
    assert cancelled.revision > earlier.revision > published.revision
    assert edited.place == "二号楼前"
    assert {published.uid, edited.uid, cancelled.uid} == {published.uid}


def test_nobody_is_named_to_the_public_site() -> None:
    shift = ShiftFactory(activity__contact_name="赵不说", activity__contact_phone="010-5550 9999")

    [item] = ahead()

    told = repr([getattr(item, field.name) for field in fields(item)])
    assert shift.activity.title in told
    assert "赵不说" not in told
    assert "9999" not in told


def test_activities_cost_one_query_however_many() -> None:
    costs = []
    for more in (1, 4):
        for _ in range(more):
            ShiftFactory()
        with CaptureQueriesContext(connection) as queries:
            ahead()
        costs.append(len(queries))

    assert costs == [1, 1]


def test_places_are_those_where_something_is_on_with_how_much() -> None:
    shift = ShiftFactory()
    ShiftFactory(activity=shift.activity)
    CommunityFactory()
    ShiftFactory(activity=ActivityFactory(draft=True))

    area = shift.activity.area
    district = area.get_ancestors().get(kind="district")
    assert Shift.objects.count() == 3
    assert providers.activity_places(ActivityQuestion()) == [
        ActivityPlace(area.code, area.name, district.code, district.name, 2)
    ]
