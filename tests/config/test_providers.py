import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config import providers
from tests.factories.organisations import CommunityFactory
from tests.factories.records import ServiceRecordFactory
from tests.factories.report_in import MemberReportInFactory
from webui.providers import ActivityItem, ActivityQuestion, Community

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _counted_anew(db: None) -> None:
    cache.delete("live_counts")


def activities() -> list[ActivityItem]:
    return list(providers.activities(ActivityQuestion(starts_from=timezone.now())))


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

    with django_assert_num_queries(1):
        providers.city_communities()
