"""A row that gets a phone is met by whoever has proved it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.members.models import RosterEntry, UnitMove
from portal.members.queries import home_unit
from portal.rosters.actions import (
    add_entry,
    correct_entry,
)
from tests.factories.members import HomeMembershipFactory, UserFactory
from tests.factories.organisations import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def contact():
    return UserFactory()


def test_a_corrected_phone_is_met_by_whoever_has_proved_it(unit, contact):
    entry = add_entry(unit=unit, phone="+8613700000001", name="张三", by=contact)
    RosterEntry.objects.filter(pk=entry.pk).update(added_at=timezone.now() - timedelta(days=30))
    person = UserFactory(phone="+8613700000002")

    corrected = correct_entry(entry=entry, phone=str(person.phone), name="张三", by=contact)

    entry.refresh_from_db()
    assert corrected.person == entry.person == person
    assert home_unit(person) == unit


def test_a_row_added_by_hand_is_met_by_whoever_has_proved_its_phone(unit, contact):
    home = HomeMembershipFactory()

    entry = add_entry(unit=unit, phone=str(home.person.phone), name="张三", by=contact)

    assert entry.person == home.person
    assert home_unit(home.person) == home.unit
    assert UnitMove.objects.get().to_unit == unit


@pytest.mark.parametrize("traits", [{"phone_verified_at": None}, {"is_active": False}])
def test_who_has_proved_nothing_or_may_not_log_in_meets_no_row(unit, contact, traits):
    entry = add_entry(unit=unit, phone=str(UserFactory(**traits).phone), name="张三", by=contact)

    assert entry.person is None


def test_a_corrected_name_alone_looks_for_nobody(unit, contact):
    entry = add_entry(unit=unit, phone="+8613700000001", name="张三", by=contact)
    UserFactory(phone=entry.phone)

    assert correct_entry(entry=entry, phone=str(entry.phone), name="张珊", by=contact).person is None
