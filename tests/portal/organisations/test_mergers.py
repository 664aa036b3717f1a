from datetime import timedelta

import pytest
from django.utils import timezone

from portal.notices.models import Message
from portal.organisations.actions import Part, merge_areas, split_area
from portal.organisations.enums import Action, ChangeKind, Role
from portal.organisations.errors import CodeTakenError, EndInFutureError, MergeUnfitError, SplitUnfitError
from portal.organisations.models import Area, AreaChange, Post
from portal.organisations.permissions import may
from portal.organisations.queries import (
    came_of,
    nearest_holders,
    paths_held,
    posts_read_once,
    standing,
    with_past,
)
from tests.factories.organisations import CommunityFactory, GridFactory, PostFactory, StreetFactory, UnitFactory

pytestmark = pytest.mark.django_db


def day(days=0):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def street():
    return StreetFactory()


@pytest.fixture
def old(street):
    return CommunityFactory(name="东湖社区", above=street)


@pytest.fixture
def new(street):
    return CommunityFactory(name="西湖社区", above=street)


def test_a_merger_keeps_the_old_area_and_its_days(old, new):
    third = CommunityFactory(above=Area.objects.get(pk=new.pk).get_parent())

    changes = merge_areas(areas=[old, third], into=new, by=None, act="云政〔2026〕8 号")

    assert {(change.before, change.after, change.kind) for change in changes} == {
        (old, new, ChangeKind.MERGED),
        (third, new, ChangeKind.MERGED),
    }
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.ends_on, new.ends_on) == (day(), None)
    assert AreaChange.objects.filter(act="云政〔2026〕8 号", on=day()).count() == 2


def test_posts_grids_and_units_follow(old, new):
    post = PostFactory(area=old, starts_on=day(-5), title="书记")
    grid = GridFactory(above=old)
    unit = UnitFactory(area=old)

    merge_areas(areas=[old], into=new, by=None)

    post.refresh_from_db()
    grid.refresh_from_db()
    unit.refresh_from_db()
    assert post.ends_on == day()
    then = Post.objects.get(area=new, person=post.person)
    assert (then.title, then.starts_on, then.role) == ("书记", day(), Role.ORGANISER)
    assert may(post.person, Action.REVIEW_REPORT_IN, new)
    assert grid.get_parent() == new
    assert unit.area == new
    assert Area.find_problems() == ([], [], [], [], [])
    assert Message.objects.filter(recipient=post.person).count() == 2


def test_who_serves_in_what_came_of_an_area_answers_for_what_it_left(old, new, street):
    before = PostFactory(area=old)
    ready = PostFactory(area=new)
    stranger = PostFactory(area=CommunityFactory(above=street))

    merge_areas(areas=[old], into=new, by=None)
    new.refresh_from_db()
    north, south = split_area(area=new, parts=[Part("N", "北"), Part("S", "南")], by=None)
    later = PostFactory(area=south)

    for area in (old, new):
        area.refresh_from_db()
        for person in (before.person, ready.person, later.person):
            assert may(person, Action.CONFIRM_RECORDS, area)
        assert not may(stranger.person, Action.CONFIRM_RECORDS, area)
        assert set(nearest_holders(area, role=Role.ORGANISER)) == {before.person, ready.person, later.person}
    assert not may(later.person, Action.CONFIRM_RECORDS, north)


def test_what_stands_and_what_it_came_from(old, new, django_assert_num_queries):
    ended = CommunityFactory(starts_on=day(-9), ends_on=day(-1))
    assert standing(old) == old
    merge_areas(areas=[old], into=new, by=None)
    new.refresh_from_db()
    north, south = split_area(area=new, parts=[Part("N", "北"), Part("S", "南")], by=None)
    old.refresh_from_db()

    assert standing(old) == standing(Area.objects.get(pk=new.pk)) == north
    assert standing(ended) == ended
    assert set(came_of(old)) == {north, south}
    assert set(came_of(north)) == {north}
    assert not came_of(ended)
    with django_assert_num_queries(1):
        assert set(with_past(Area.objects.filter(pk=south.pk))) == {south, new, old}


def test_what_an_area_came_from_is_asked_in_the_same_query(old, new, django_assert_num_queries):
    person = PostFactory(area=new).person
    merge_areas(areas=[old], into=new, by=None)

    with django_assert_num_queries(1):
        assert set(paths_held(person, roles=(Role.ORGANISER,), place="area")) == {old.path, new.path}
    reading = posts_read_once(lambda: [paths_held(person, roles=(Role.ORGANISER,), place="area") for _n in range(2)])
    with django_assert_num_queries(1):
        assert [set(paths) for paths in reading()] == [{old.path, new.path}] * 2


def test_who_serves_in_both_keeps_one_post(old, new):
    post = PostFactory(area=old)
    PostFactory(area=new, person=post.person)

    merge_areas(areas=[old], into=new, by=None)

    assert Post.objects.filter(area=new).count() == 1


def test_what_does_not_fit_is_not_merged(old, new, street):
    ended = CommunityFactory(starts_on=day(-9), ends_on=day(-1))

    for areas, into in (([old], old), ([street], new), ([ended], new), ([old], ended), ([], new)):
        with pytest.raises(MergeUnfitError):
            merge_areas(areas=areas, into=into, by=None)
    with pytest.raises(EndInFutureError):
        merge_areas(areas=[old], into=new, by=None, on=day(1))
    assert not AreaChange.objects.exists()


def test_a_split_opens_the_parts_and_hands_the_rest_to_the_first(old):
    first, second = GridFactory(above=old), GridFactory(above=old)
    post = PostFactory(area=old)

    north, south = split_area(
        area=old, parts=[Part("N", "东湖北社区"), Part("S", "东湖南社区", below=[second])], by=None
    )

    first.refresh_from_db()
    second.refresh_from_db()
    old.refresh_from_db()
    assert (first.get_parent(), second.get_parent()) == (north, south)
    assert old.ends_on == north.starts_on == day()
    assert Post.objects.filter(area=north, person=post.person).exists()
    assert list(AreaChange.objects.values_list("before", "after", "kind")) == [
        (old.pk, north.pk, "split"),
        (old.pk, south.pk, "split"),
    ]
    assert Area.find_problems() == ([], [], [], [], [])


def test_what_does_not_fit_is_not_split(old, new):
    for parts in (
        [Part("N", "北")],
        [Part("N", "北"), Part("N", "南")],
        [Part("N", "北"), Part("S", "南", below=[GridFactory(above=new)])],
    ):
        with pytest.raises(SplitUnfitError):
            split_area(area=old, parts=parts, by=None)
    with pytest.raises(CodeTakenError):
        split_area(area=old, parts=[Part("N", "北"), Part(new.code, "南")], by=None)
