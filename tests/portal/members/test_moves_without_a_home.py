"""Joining a unit that names one, when the old unit has let go already or has ended."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.members import actions, errors, queries
from portal.members.enums import UnitMoveState
from portal.members.models import HomeMembership, RosterEntry
from portal.organisations.actions import end_unit
from tests.factories.members import UnitMoveFactory
from tests.factories.organisations import PostFactory, UnitFactory
from tests.portal.members.test_moves import homes, titles_to, today

pytestmark = pytest.mark.django_db


def test_whom_the_old_unit_has_let_go_joins_the_new_one():
    move = UnitMoveFactory()
    HomeMembership.objects.update(ends_on=today() - timedelta(days=9))

    with pytest.raises(errors.JoinDayError):
        actions.confirm_move(unit_move=move, by=move.person, starts_on=today() - timedelta(days=10))
    actions.confirm_move(unit_move=move, by=move.person, starts_on=today() - timedelta(days=3))

    move.refresh_from_db()
    assert (move.state, queries.home_unit(move.person)) == (UnitMoveState.COMPLETED, move.to_unit)
    assert homes(move.person)[1][1] == today() - timedelta(days=3)


def test_whoever_has_no_unit_waits_for_the_day_they_chose():
    move = UnitMoveFactory()
    HomeMembership.objects.update(ends_on=today())
    later = today() + timedelta(days=5)

    actions.confirm_move(unit_move=move, by=move.person, starts_on=later)

    assert queries.home_unit(move.person) is None
    actions.settle_moves(now=timezone.now() + timedelta(days=5))
    assert queries.home_unit(move.person) == move.to_unit


def test_whom_the_new_unit_has_dropped_by_the_day_moves_nowhere_and_is_told():
    move = UnitMoveFactory()
    later = today() + timedelta(days=5)
    actions.confirm_move(unit_move=move, by=move.person, starts_on=later)
    HomeMembership.objects.update(ends_on=today())
    RosterEntry.objects.filter(unit=move.to_unit).update(left_on=today())

    for _again in range(2):
        actions.settle_moves(now=timezone.now() + timedelta(days=5))

    move.refresh_from_db()
    assert (move.state, queries.home_unit(move.person)) == (UnitMoveState.WITHDRAWN, None)
    title = f"{move.to_unit}的名册上已经没有您，不再登记您从 {later} 起调到那里。"
    assert titles_to(move.person).count(title) == 1


def test_without_a_home_nobody_joins_a_unit_that_names_them_no_more():
    move = UnitMoveFactory()
    HomeMembership.objects.update(ends_on=today())
    RosterEntry.objects.filter(unit=move.to_unit).update(left_on=today())

    with pytest.raises(errors.NotOnRosterError):
        actions.confirm_move(unit_move=move, by=move.person, starts_on=today())


def test_above_a_unit_that_ended_nobody_hears_of_a_move_from_it():
    above = UnitFactory()
    move = UnitMoveFactory(from_unit=UnitFactory(above=above))
    contact = PostFactory(unit_contact=True, unit=above).person

    end_unit(unit=move.from_unit, by=None)
    actions.confirm_move(unit_move=move, by=move.person, starts_on=today())

    assert queries.home_unit(move.person) == move.to_unit
    assert not titles_to(contact)
