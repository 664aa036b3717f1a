"""Those who bring others take as many places, and nobody overtakes them."""

import pytest
from django.db import IntegrityError, transaction

from portal.activities.actions import set_capacity, sign_up, withdraw
from portal.activities.enums import SignUpState
from portal.activities.models import SignUp
from tests.factories.activities import ShiftFactory, SignUpFactory
from tests.factories.members import UserFactory
from tests.portal.activities.queues import state_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def shift():
    return ShiftFactory(capacity=3, activity__companions_limit=2)


def test_companions_count_as_places(shift):
    mine = sign_up(shift=shift, member=UserFactory(), companions=2)

    shift.refresh_from_db()
    assert (mine.companions, shift.places_taken) == (2, 3)
    withdraw(sign_up=mine, by=mine.member)
    shift.refresh_from_db()
    assert shift.places_taken == 0


def test_who_needs_more_than_is_free_waits_and_nobody_overtakes(shift):
    single, pair = (sign_up(shift=shift, member=UserFactory(), companions=n) for n in (0, 1))
    family = sign_up(shift=shift, member=UserFactory(), companions=1)
    behind = sign_up(shift=shift, member=UserFactory())

    withdraw(sign_up=single, by=single.member)
    assert [state_of(family), state_of(behind)] == [SignUpState.WAITING] * 2

    withdraw(sign_up=pair, by=pair.member)
    assert [state_of(family), state_of(behind)] == [SignUpState.OFFERED] * 2


def test_more_capacity_goes_to_the_head_once_it_is_enough(shift):
    sign_up(shift=shift, member=UserFactory(), companions=2)
    family = sign_up(shift=shift, member=UserFactory(), companions=1)

    set_capacity(shift=shift, capacity=4, by=UserFactory())
    assert state_of(family) == SignUpState.WAITING
    set_capacity(shift=shift, capacity=5, by=UserFactory())
    assert state_of(family) == SignUpState.OFFERED


def test_the_database_refuses_a_sign_up_of_no_places():
    mine = SignUpFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        SignUp.objects.filter(pk=mine.pk).update(places=0)
