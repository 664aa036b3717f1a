from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config import providers
from tests.factories.activities import ActivityFactory, ShiftFactory, SignUpFactory
from tests.factories.organisations import CommunityFactory
from tests.factories.records import ServiceRecordFactory
from tests.factories.report_in import MemberReportInFactory
from webui.providers import ActivityItem, Community, CommunityChoice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _counted_anew(db: None) -> None:
    cache.delete("live_counts")


def activities(community: str | None = None) -> list[ActivityItem]:
    return list(providers.activities(community=community, after=None, limit=None))


def test_public_sees_published_shifts_to_come_soonest_first() -> None:
    now = timezone.now()
    second = ShiftFactory(starts_at=now + timedelta(days=2), ends_at=now + timedelta(days=2, hours=1))
    first = ShiftFactory(starts_at=now + timedelta(days=1), ends_at=now + timedelta(days=1, hours=1))
    ShiftFactory(activity=ActivityFactory(draft=True))
    ShiftFactory(activity=ActivityFactory(cancelled=True))
    ShiftFactory(past=True)

    shown = activities()

    assert [item.url for item in shown] == [f"/portal/activities/{shift.activity.code}/" for shift in (first, second)]
    assert shown[0].community == first.activity.area.name
    assert shown[0].starts_at == first.starts_at


def test_public_may_ask_for_one_community_and_a_later_day() -> None:
    ours, other = ShiftFactory(), ShiftFactory()

    assert [item.title for item in activities(ours.activity.area.code)] == [ours.activity.title]
    after_all = max(ours.starts_at, other.starts_at) + timedelta(seconds=1)
    assert providers.activities(community=None, after=after_all, limit=None) == []
    assert len(providers.activities(community=None, after=None, limit=1)) == 1


def test_places_are_told_in_words() -> None:
    roomy = ShiftFactory(capacity=5)
    full = ShiftFactory(capacity=1, places_taken=1)
    queued = ShiftFactory(capacity=1, places_taken=1)
    SignUpFactory(shift=queued, waiting=True)

    told = {item.title: item.places_text for item in activities()}

    assert told[roomy.activity.title] == "还有 5 个名额"
    assert told[full.activity.title] == "已满，可以排队"
    assert told[queued.activity.title] == "已满，1 人在排队"


def test_activities_cost_one_query_however_many() -> None:
    costs = []
    for more in (1, 4):
        for _ in range(more):
            ShiftFactory()
        with CaptureQueriesContext(connection) as queries:
            activities()
        costs.append(len(queries))

    assert costs == [1, 1]


def test_places_to_filter_by_are_those_where_something_is_on() -> None:
    shift = ShiftFactory()
    CommunityFactory()
    ShiftFactory(activity=ActivityFactory(draft=True))

    area = shift.activity.area
    assert providers.places() == [CommunityChoice(area.code, area.name)]


def test_counts_are_of_this_year_and_of_what_counts() -> None:
    today = timezone.localdate()
    communities_before, people_before, _hours = (count.number for count in providers.counts())
    cache.delete("live_counts")
    area = CommunityFactory()
    MemberReportInFactory(area=area, accepted=True)
    MemberReportInFactory(area=area)
    ServiceRecordFactory(area=area, minutes=150, served_on=today, posted=True)
    ServiceRecordFactory(area=area, minutes=600, served_on=today, reversed=True)
    ServiceRecordFactory(area=area, minutes=600, served_on=today.replace(year=today.year - 1, day=1), posted=True)

    communities, people, hours = (count.number for count in providers.counts())

    assert communities > communities_before
    assert people == people_before + 1
    assert hours == 2


def test_counts_are_kept_for_a_while() -> None:
    providers.counts()

    with CaptureQueriesContext(connection) as queries:
        providers.counts()

    assert len(queries) == 1


def test_city_communities_come_with_their_district() -> None:
    here = CommunityFactory(name="向阳社区")
    district = here.get_ancestors().get(kind="district")

    found = {community.code: community for community in providers.city_communities()}

    assert found[here.code] == Community(code=here.code, name="向阳社区", district=district.name)


def test_communities_cost_the_same_however_many_there_are(django_assert_num_queries) -> None:
    CommunityFactory.create_batch(5)

    with django_assert_num_queries(2):
        providers.city_communities()
