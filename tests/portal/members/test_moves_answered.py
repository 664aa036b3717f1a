"""A question about a move that was answered another way: the person has joined the unit already."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.members import actions
from portal.members.enums import UnitMoveState
from portal.members.models import HomeMembership, RosterEntry, UnitMove
from tests.factories.members import HomeMembershipFactory, RosterEntryFactory, UnitMoveFactory
from tests.factories.organisations import UnitFactory

pytestmark = pytest.mark.django_db

LATER = timedelta(days=60)


def test_choosing_the_new_unit_answers_its_question():
    old = HomeMembershipFactory()
    entry = RosterEntryFactory(phone=old.person.phone)
    actions.activate_from_roster(person=old.person)
    actions.leave_unit(membership=old, on=timezone.localdate(), by=None)

    actions.choose_unit(person=old.person, unit=entry.unit)
    move = UnitMove.objects.get()
    actions.settle_moves(now=timezone.now() + LATER)

    entry.refresh_from_db()
    assert (move.state, entry.left_on) == (UnitMoveState.COMPLETED, None)
    assert HomeMembership.objects.get(person=old.person, ends_on__isnull=True).unit == entry.unit
    assert HomeMembership.objects.filter(person=old.person).count() == 2


def test_a_move_to_where_one_is_ends_nothing():
    home = HomeMembershipFactory()
    entry = RosterEntryFactory(unit=home.unit, person=home.person)
    move = UnitMoveFactory(person=home.person, from_unit=UnitFactory(), to_unit=home.unit)
    RosterEntry.objects.filter(unit=move.from_unit).update(left_on=timezone.localdate())

    assert actions.settle_moves(now=timezone.now() + LATER) == 1

    for row in (entry, move, home):
        row.refresh_from_db()
    assert (move.state, entry.left_on, home.ends_on) == (UnitMoveState.COMPLETED, None, None)
    assert move.starts_on == home.starts_on
