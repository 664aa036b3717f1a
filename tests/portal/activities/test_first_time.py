"""Somebody who comes for the first time is known to those who receive them, and told what to expect."""

import pytest
from django.urls import reverse

from portal.activities.queries import comes_for_the_first_time
from portal.check_in.queries import lines_of
from tests.factories.activities import AttendanceFactory, ShiftFactory, SignUpFactory
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def shift():
    return ShiftFactory(past=True)


def test_who_has_completed_something_does_not_come_for_the_first_time(shift):
    old, new = UserFactory(), UserFactory()
    AttendanceFactory(sign_up=SignUpFactory(shift=ShiftFactory(past=True), member=old))
    SignUpFactory(shift=shift, member=old)
    SignUpFactory(shift=shift, member=new)

    assert {line.is_first for line in lines_of(shift, viewer=None)} == {True, False}
    assert (comes_for_the_first_time(old), comes_for_the_first_time(new)) == (False, True)


def test_the_list_says_so_in_one_query(shift, django_assert_num_queries):
    SignUpFactory.create_batch(3, shift=shift)

    with django_assert_num_queries(1):
        assert all(line.is_first for line in lines_of(shift, viewer=None))


def test_a_device_keeps_nothing_of_it(shift):
    SignUpFactory(shift=shift)

    assert "first" not in str(lines_of(shift, viewer=None)[0].stored)


def test_the_page_is_there_for_everybody_and_led_to_before_the_first_activity(client):
    page = reverse("activities:first_time")
    assert "第一次参加" in client.get(page).content.decode()
    person = UserFactory()
    client.force_login(person)
    assert page not in client.get(reverse("activities:mine")).content.decode()

    SignUpFactory(member=person)

    assert page in client.get(reverse("activities:mine")).content.decode()
