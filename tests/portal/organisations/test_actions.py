from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.organisations.actions import appoint, end_post
from portal.organisations.enums import Role
from portal.organisations.errors import PostOverlapsError, WrongPlaceError
from portal.organisations.models import Post
from portal.organisations.queries import reaches_area
from tests.factories.members import UserFactory
from tests.factories.organisations import CommunityFactory, PostFactory, UnitFactory

pytestmark = pytest.mark.django_db


def test_an_appointment_gives_reach_and_is_logged():
    person, by, area = UserFactory(), UserFactory(), CommunityFactory()

    post = appoint(person=person, role=Role.ORGANISER, area=area, by=by)

    assert post.starts_on == timezone.localdate()
    assert reaches_area(person, area, roles=(Role.ORGANISER,))
    entry = ModelLogEntry.objects.get(action="organisations.post.appointed")
    assert entry.user == by


def test_a_role_stands_at_one_place_that_suits_it():
    places = {"area": CommunityFactory(), "unit": UnitFactory()}
    wrong = [
        (Role.ORGANISER, {}),
        (Role.ORGANISER, places),
        (Role.ORGANISER, {"unit": places["unit"]}),
        (Role.UNIT_CONTACT, {"area": places["area"]}),
    ]

    for role, at in wrong:
        with pytest.raises(WrongPlaceError):
            appoint(person=UserFactory(), role=role, by=None, **at)


def test_the_same_post_is_not_given_twice():
    post = PostFactory()

    with pytest.raises(PostOverlapsError):
        appoint(person=post.person, role=post.role, area=post.area, by=None)
    end_post(post=post, by=None)
    assert appoint(person=post.person, role=post.role, area=post.area, by=None).pk != post.pk


def test_a_post_that_ends_reaches_nothing_from_that_day():
    post = PostFactory(starts_on=timezone.localdate() - timedelta(days=9))

    end_post(post=post, by=post.person)

    assert not reaches_area(post.person, post.area, roles=(Role.ORGANISER,))
    assert ModelLogEntry.objects.get().action == "organisations.post.ended"


def test_ending_twice_keeps_the_first_day():
    post = PostFactory(starts_on=timezone.localdate() - timedelta(days=9))
    first = end_post(post=post, by=None, ends_on=timezone.localdate() - timedelta(days=2))

    second = end_post(post=post, by=None)

    assert second.ends_on == first.ends_on
    assert ModelLogEntry.objects.count() == 1


def test_the_database_refuses_a_post_at_two_places_or_none():
    post = PostFactory()

    for area, unit in ((None, None), (post.area, UnitFactory())):
        with pytest.raises(IntegrityError), transaction.atomic():
            Post.objects.filter(pk=post.pk).update(area=area, unit=unit)
