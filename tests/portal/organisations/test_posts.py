from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.notices.models import Message
from portal.organisations.actions import appoint, delegate, end_post, revoke
from portal.organisations.enums import Action, Role
from portal.organisations.errors import (
    CannotDelegateError,
    DatesCrossedError,
    DelegateToSelfError,
    DelegationOutsidePostError,
    PersonUnavailableError,
    PlaceEndedError,
    PostOverlapsError,
    WrongPlaceError,
)
from portal.organisations.models import Post
from portal.organisations.permissions import may, may_somewhere, units_for
from portal.organisations.queries import grid_cards, nearest_holders, posts_at, posts_held
from tests.factories.members import UserFactory
from tests.factories.organisations import CommunityFactory, GridFactory, PostFactory, UnitFactory

pytestmark = pytest.mark.django_db


def day(days=0):
    return timezone.localdate() + timedelta(days=days)


def handed_on(post, **days):
    days = {"starts_on": day(), "ends_on": day(7), **days}
    return delegate(post=post, to=days.pop("to", None) or UserFactory(), by=post.person, **days)


def test_an_appointment_names_its_act_and_title_and_tells_the_person():
    person = UserFactory()

    post = appoint(
        person=person,
        role=Role.COMMITTEE_MEMBER,
        area=CommunityFactory(name="云水社区"),
        by=UserFactory(),
        title="副书记",
        act="云街〔2026〕3 号",
        ends_on=day(365),
    )

    assert (post.title, post.act, post.ends_on) == ("副书记", "云街〔2026〕3 号", day(365))
    assert Message.objects.get(recipient=person).title == "您已担任云水社区的兼职委员。"


@pytest.mark.parametrize("role", [Role.GRID_WORKER, Role.COMMITTEE_MEMBER])
def test_the_new_roles_only_see_the_areas_page(role):
    place = GridFactory()
    person = PostFactory(area=place, role=role).person

    assert [action for action in Action if may(person, action, place)] == [Action.VIEW_AREA]


def test_a_grid_worker_stands_at_a_grid():
    with pytest.raises(WrongPlaceError):
        appoint(person=UserFactory(), role=Role.GRID_WORKER, area=CommunityFactory(), by=None)
    with pytest.raises(WrongPlaceError):
        appoint(person=UserFactory(), role=Role.GRID_WORKER, unit=UnitFactory(), by=None)
    assert appoint(person=UserFactory(), role=Role.GRID_WORKER, area=GridFactory(), by=None).pk


def test_appointments_that_cannot_be_are_refused():
    ended = CommunityFactory(starts_on=day(-9), ends_on=day())
    here, person = CommunityFactory(), UserFactory()

    with pytest.raises(PlaceEndedError):
        appoint(person=person, role=Role.ORGANISER, area=ended, by=None)
    with pytest.raises(DatesCrossedError):
        appoint(person=person, role=Role.ORGANISER, area=here, by=None, ends_on=day())
    with pytest.raises(PersonUnavailableError):
        appoint(person=UserFactory(is_active=False), role=Role.ORGANISER, area=here, by=None)
    appoint(person=person, role=Role.ORGANISER, area=here, by=None, starts_on=day(10))
    with pytest.raises(PostOverlapsError):
        appoint(person=person, role=Role.ORGANISER, area=here, by=None)
    assert appoint(person=person, role=Role.ORGANISER, area=here, by=None, ends_on=day(10)).pk


def test_a_stand_in_has_the_right_for_the_days_named_and_both_are_told():
    post = PostFactory()
    delegation = handed_on(post)

    assert may(delegation.person, Action.REVIEW_REPORT_IN, post.area)
    assert may(post.person, Action.REVIEW_REPORT_IN, post.area)
    assert nearest_holders(post.area, role=Role.ORGANISER) == [post.person, delegation.person]
    assert not posts_held(delegation.person, on=day(7)).exists()
    assert set(Message.objects.values_list("recipient", flat=True)) == {post.person.pk, delegation.person.pk}
    assert ModelLogEntry.objects.filter(action="organisations.post.delegated").count() == 1


def test_a_stand_in_hands_nothing_on():
    delegation = handed_on(PostFactory())

    with pytest.raises(CannotDelegateError):
        handed_on(delegation, ends_on=day(2))


def test_only_the_holder_hands_on_and_within_the_posts_days():
    post = PostFactory(ends_on=day(30))

    with pytest.raises(CannotDelegateError):
        delegate(post=post, to=UserFactory(), by=UserFactory(), starts_on=day(), ends_on=day(2))
    with pytest.raises(DelegateToSelfError):
        handed_on(post, to=post.person)
    for days in (
        {"starts_on": day(-1)},
        {"starts_on": day(3), "ends_on": day(3)},
        {"ends_on": day(31)},
    ):
        with pytest.raises(DelegationOutsidePostError):
            handed_on(post, **days)
    with pytest.raises(PersonUnavailableError):
        handed_on(post, to=UserFactory(is_active=False))
    delegation = handed_on(post)
    with pytest.raises(PostOverlapsError):
        handed_on(post, to=delegation.person)


def test_taking_back_ends_it_at_once_and_twice_is_once():
    post = PostFactory()
    delegation = handed_on(post)

    revoke(delegation=delegation, by=post.person)
    revoke(delegation=delegation, by=post.person)

    assert not may_somewhere(delegation.person, Action.REVIEW_REPORT_IN)
    assert ModelLogEntry.objects.filter(action="organisations.post.revoked").count() == 1


def test_a_stand_in_never_outlasts_the_post():
    post = PostFactory(starts_on=day(-3))
    delegation = handed_on(post)

    end_post(post=post, by=None)

    delegation.refresh_from_db()
    assert delegation.ends_on == day()
    assert not may_somewhere(delegation.person, Action.REVIEW_REPORT_IN)


def test_a_stand_in_has_no_right_once_the_post_is_over_by_whatever_way():
    post = PostFactory(starts_on=day(-3))
    delegation = handed_on(post)
    Post.objects.filter(pk=post.pk).update(ends_on=day())

    assert not posts_held(delegation.person).exists()
    assert nearest_holders(post.area, role=Role.ORGANISER) == []


def test_the_database_refuses_a_stand_in_without_an_end():
    delegation = handed_on(PostFactory())

    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(pk=delegation.pk).update(ends_on=None)


def test_posts_of_a_place_are_those_of_today_and_those_over():
    present = PostFactory()
    past = PostFactory(area=present.area, starts_on=day(-9), ends_on=day(-1))

    assert posts_at(present.area) == ([present], [past])


def test_grid_cards_name_who_is_responsible(django_assert_num_queries):
    community = CommunityFactory(phone="0600-881 0001")
    first, second = GridFactory(above=community, phone="0600-881 0002"), GridFactory(above=community)
    GridFactory(above=community, starts_on=day(-5), ends_on=day())
    worker = PostFactory(area=first, role=Role.GRID_WORKER)
    PostFactory(area=first, role=Role.GRID_WORKER, starts_on=day(-3), ends_on=day())

    with django_assert_num_queries(3):
        cards = grid_cards(community)

    assert [(card.grid, card.phone, card.workers) for card in cards] == [
        (first, "0600-881 0002", [worker]),
        (second, "0600-881 0001", []),
    ]


def test_an_administrator_of_an_area_reaches_the_units_in_it():
    community = CommunityFactory()
    person = PostFactory(area=community.get_parent(), role=Role.ADMINISTRATOR).person
    inside, outside = UnitFactory(area=community), UnitFactory(area=CommunityFactory())

    assert list(units_for(person, Action.MANAGE_UNITS)) == [inside]
    assert may(person, Action.APPOINT, inside)
    assert not may(person, Action.MANAGE_UNITS, outside)
    assert not may(person, Action.KEEP_ROSTER, inside)
    assert not may(person, Action.MANAGE_UNITS, UnitFactory())


def test_whoever_appoints_themselves_does_so_before_the_eyes_of_other_administrators():
    place = CommunityFactory()
    mine = PostFactory(role=Role.ADMINISTRATOR, area=place.get_parent())
    other = PostFactory(role=Role.ADMINISTRATOR, area=place.get_parent())

    appoint(person=UserFactory(), role=Role.ORGANISER, area=place, by=mine.person)
    assert not Message.objects.filter(recipient=other.person).exists()
    appoint(person=mine.person, role=Role.ORGANISER, area=place, by=mine.person)

    assert str(mine.person) in Message.objects.get(recipient=other.person).title
