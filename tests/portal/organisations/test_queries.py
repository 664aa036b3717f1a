from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from portal.organisations import queries
from portal.organisations.enums import Action, Role
from portal.organisations.models import Area, Post, Unit
from portal.organisations.permissions import areas_for, in_units_of, may_somewhere, units_for
from tests.factories.members import UserFactory
from tests.factories.organisations import (
    AreaFactory,
    CommunityFactory,
    GridFactory,
    PostFactory,
    StreetFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db

ORGANISING = (Role.ORGANISER,)
CONTACTING = (Role.UNIT_CONTACT,)


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


def test_a_post_reaches_its_place_and_what_lies_in_it():
    grid = GridFactory()
    community = grid.get_parent()
    neighbour = CommunityFactory(above=community.get_parent())
    person = PostFactory(area=community).person

    assert list(queries.areas_reached(person, roles=ORGANISING)) == [community, grid]
    assert queries.reaches_area(person, grid, roles=ORGANISING)
    assert not queries.reaches_area(person, neighbour, roles=ORGANISING)
    assert not queries.reaches_area(person, community.get_parent(), roles=ORGANISING)


def test_a_subtree_ends_where_the_next_begins():
    street = StreetFactory()
    first, second = (CommunityFactory(above=street) for _ in range(2))
    inside = [GridFactory(above=first) for _ in range(40)]
    GridFactory(above=second)
    person = PostFactory(area=first).person

    assert list(queries.areas_reached(person, roles=ORGANISING)) == [first, *inside]


def test_a_post_on_a_unit_reaches_its_branches():
    contact = PostFactory(unit_contact=True)
    branch = UnitFactory(above=contact.unit)
    other = UnitFactory()

    assert list(queries.units_reached(contact.person, roles=CONTACTING)) == [contact.unit, branch]
    assert queries.reaches_unit(contact.person, branch, roles=CONTACTING)
    assert not queries.reaches_unit(contact.person, other, roles=CONTACTING)


def test_another_role_reaches_nothing():
    organiser = PostFactory()

    assert not queries.areas_reached(organiser.person, roles=(Role.SUPERVISOR,)).exists()
    assert not queries.units_reached(organiser.person, roles=ORGANISING).exists()
    assert not queries.reaches_area(organiser.person, organiser.area, roles=(Role.SUPERVISOR,))


def test_several_posts_reach_several_places():
    first = PostFactory()
    second = PostFactory(person=first.person)

    assert list(queries.areas_reached(first.person, roles=ORGANISING)) == [first.area, second.area]


@pytest.mark.parametrize(
    ("starts", "ends", "holds"),
    [(-1, None, True), (0, None, True), (1, None, False), (-2, 0, False), (-2, 1, True), (-2, -1, False)],
)
def test_a_post_counts_from_its_first_day_until_the_day_it_ends(starts, ends, holds):
    post = PostFactory(starts_on=today(starts), ends_on=None if ends is None else today(ends))

    assert queries.posts_held(post.person).exists() is holds
    assert queries.reaches_area(post.person, post.area, roles=ORGANISING) is holds


def test_posts_held_on_a_day_and_in_a_role():
    post = PostFactory(starts_on=today(-10), ends_on=today(-5))

    assert queries.posts_held(post.person, on=today(-6)).get() == post
    assert queries.posts_held(post.person, role=Role.ORGANISER, on=today(-6)).exists()
    assert not queries.posts_held(post.person, role=Role.SUPERVISOR, on=today(-6)).exists()


def test_communities_are_those_open_today():
    community = CommunityFactory()
    CommunityFactory(ends_on=today())
    CommunityFactory(starts_on=today(1))
    later_ended = CommunityFactory(starts_on=today(), ends_on=today(1))

    assert list(queries.communities()) == [community, later_ended]


def test_reach_costs_two_queries_however_much_is_reached(django_assert_num_queries):
    community = CommunityFactory()
    person = PostFactory(area=community.get_root()).person
    for _ in range(3):
        GridFactory(above=community)

    with django_assert_num_queries(2):
        assert len(queries.areas_reached(person, roles=ORGANISING)) == 7
    with django_assert_num_queries(1):
        queries.reaches_area(person, community, roles=ORGANISING)


@pytest.mark.parametrize("model", [Area, Unit])
def test_a_subtree_is_a_range_of_an_index(model):
    """With enough rows for a planner to care, the plan names the index on ``path`` and no scan of the table."""
    factory = AreaFactory if model is Area else UnitFactory
    root = factory()
    rows = [model(path=f"{root.path}{n:08}", depth=3, code=f"X{n}", name="x", kind=root.kind) for n in range(3000)]
    model.objects.bulk_create(rows)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {model._meta.db_table}")

    plan = model.objects.filter(queries.within([rows[7].path[:11]])).explain().lower()

    if connection.vendor == "postgresql":
        assert "index" in plan
        assert "seq scan" not in plan
    else:
        assert "using index" in plan
        assert "scan" not in plan


def test_the_nearest_holders_answer():
    community = CommunityFactory()
    above = PostFactory(area=community.get_parent()).person
    PostFactory(area=community.get_root())
    assert queries.nearest_holders(community, role=Role.ORGANISER) == [above]

    here = [PostFactory(area=community).person, PostFactory(area=community).person]
    PostFactory(area=community, ends_on=today())
    PostFactory(area=community, person__is_active=False)
    assert queries.nearest_holders(community, role=Role.ORGANISER) == here
    assert queries.nearest_holders(community, role=Role.ORGANISER, exclude=here[0]) == here[1:]
    assert queries.nearest_holders(community, role=Role.SUPERVISOR) == []


def test_whom_it_is_about_counts_as_nobody():
    community = CommunityFactory()
    above = PostFactory(area=community.get_parent()).person
    organiser = PostFactory(area=community).person

    assert queries.nearest_holders(community, role=Role.ORGANISER, exclude=organiser) == [above]


def test_a_view_that_only_reads_asks_for_posts_once(django_assert_num_queries):
    organiser, stranger = PostFactory(area=CommunityFactory(), role=Role.ORGANISER).person, UserFactory()
    own = set(areas_for(organiser, Action.VIEW_AREA))

    @queries.posts_read_once
    def view():
        with django_assert_num_queries(2):
            assert may_somewhere(organiser, Action.RUN_ACTIVITIES)
            assert set(areas_for(organiser, Action.VIEW_AREA)) == own
            assert not units_for(organiser, Action.VIEW_UNIT)
        assert not may_somewhere(stranger, Action.RUN_ACTIVITIES)
        Post.objects.update(ends_on=today())

    view()
    assert not may_somewhere(organiser, Action.RUN_ACTIVITIES)  # not a moment longer


def test_rows_of_units_are_reached_through_the_area_as_the_units_are():
    community = CommunityFactory()
    inside, outside = UnitFactory(area=community), UnitFactory(area=CommunityFactory())
    administrator = PostFactory(role=Role.ADMINISTRATOR, area=community).person
    held = PostFactory(unit_contact=True, unit=outside)
    rows = Post.objects.filter(unit__isnull=False)

    assert not rows.filter(in_units_of(administrator, Action.APPOINT)).exists()
    post = PostFactory(unit_contact=True, unit=inside)

    assert list(rows.filter(in_units_of(administrator, Action.APPOINT))) == [post]
    assert list(rows.filter(in_units_of(held.person, Action.KEEP_ROSTER))) == [held]
    assert not rows.filter(in_units_of(administrator, Action.KEEP_ROSTER)).exists()
