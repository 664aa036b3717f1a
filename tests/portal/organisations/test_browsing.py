from datetime import timedelta

import pytest
from django.utils import timezone

from portal.organisations import queries
from portal.organisations.enums import AreaKind
from portal.organisations.models import Area
from tests.factories.organisations import CommunityFactory, GridFactory, StreetFactory, UnitFactory

pytestmark = pytest.mark.django_db


def yesterday():
    return timezone.localdate() - timedelta(days=1)


def test_a_subtree_is_counted_in_two_queries_and_leaves_out_what_ended(django_assert_num_queries):
    street = StreetFactory()
    community = CommunityFactory(above=street)
    for _ in range(3):
        GridFactory(above=community)
    GridFactory(above=community, starts_on=yesterday(), ends_on=yesterday())
    CommunityFactory()
    UnitFactory(area=community)
    UnitFactory(area=street, starts_on=yesterday(), ends_on=yesterday())

    with django_assert_num_queries(2):
        counts = queries.subtree_counts(street)

    assert counts.areas == [(AreaKind.COMMUNITY, 1), (AreaKind.GRID, 3)]
    assert counts.units == 1


def test_what_lies_above_is_one_query(django_assert_num_queries):
    grid = GridFactory()

    with django_assert_num_queries(1):
        above = queries.lineage(grid)

    assert above == list(grid.get_ancestors())
    assert queries.lineage(grid.get_root()) == []


def test_what_is_open_below_comes_first():
    community = CommunityFactory()
    ended = GridFactory(above=community, starts_on=yesterday(), ends_on=yesterday())
    grid = GridFactory(above=community)

    assert list(queries.beneath(community)) == [grid, ended]


def test_places_are_found_by_name_or_the_beginning_of_the_code():
    area = CommunityFactory(name="东湖社区", code="DH-01")

    for words in ("东湖", "dh"):
        assert area in queries.matching(Area.objects.all(), words)
    assert area not in queries.matching(Area.objects.all(), "-01")


def test_neighbours_of_the_same_kind_may_follow():
    street = StreetFactory()
    area, neighbour = (CommunityFactory(above=street) for _ in range(2))
    CommunityFactory(above=street, starts_on=yesterday(), ends_on=yesterday())
    GridFactory(above=neighbour)

    assert list(queries.may_follow(area, Area.objects.all())) == [neighbour]
