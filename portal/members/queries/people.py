"""Where a person belongs, and who expects them."""

from collections.abc import Collection
from functools import cache
from typing import Any

from django.db.models import QuerySet, Value

from portal.members.enums import OPEN_MOVES
from portal.members.models import HomeMembership, RosterEntry, UnitMove, User
from portal.organisations.models import Unit


def home_unit(person: User) -> Unit | None:
    """Return the one unit ``person`` belongs to today."""
    return Unit.objects.filter(home_memberships__person=person, home_memberships__ends_on__isnull=True).first()


def rosters_awaiting(phone: str) -> QuerySet[RosterEntry]:
    """Return the open roster rows with this phone that have not met their person; the phone is known already."""
    return _awaiting().filter(phone=phone)


@cache
def _awaiting() -> QuerySet[RosterEntry]:
    # Asked by everybody who comes in; the question is put together once, and never run without a phone.
    # Whoever named somebody in a unit that has ended since names them for nothing.
    awaiting = RosterEntry.objects.filter(left_on__isnull=True, person__isnull=True, unit__ends_on__isnull=True)
    return awaiting.only("unit", "name")


def units_on_offer(person: User) -> QuerySet[Unit]:
    """Return the units whose rosters name ``person`` while ``person`` has not said which one is home."""
    return Unit.objects.none() if home_unit(person) else units_naming(person)


def units_naming(person: User) -> QuerySet[Unit]:
    """Return the units whose rosters name ``person``, whether or not one of them is home."""
    return (
        Unit.objects.filter(
            roster__person=person, roster__left_on__isnull=True, roster__is_confirmed=True, ends_on__isnull=True
        )
        .order_by("path")
        .distinct()
    )


def home_and_naming(person: User) -> tuple[Unit | None, list[Unit]]:
    """Return the home unit of ``person``, and the units whose rosters name them, in one query."""
    home = Unit.objects.filter(home_memberships__person=person, home_memberships__ends_on__isnull=True).order_by()
    naming = units_naming(person).order_by().annotate(is_home=Value(False))
    found = list(home.annotate(is_home=Value(True)).union(naming, all=True).order_by("path"))
    return next((unit for unit in found if unit.is_home), None), [unit for unit in found if not unit.is_home]


def open_in_unit(unit: Unit) -> tuple[QuerySet[HomeMembership], QuerySet[RosterEntry]]:
    """Return the memberships of ``unit`` that stand, and its roster."""
    homes = HomeMembership.objects.filter(unit=unit, ends_on__isnull=True)
    return homes.order_by("person_id"), RosterEntry.objects.filter(unit=unit, left_on__isnull=True).order_by("pk")


def people_of_unit(unit: Unit) -> list[QuerySet[Any, Any]]:
    """Return queries for the keys of everybody who belongs to ``unit``, stands on its roster or may move there."""
    moving = UnitMove.objects.filter(to_unit=unit, state__in=OPEN_MOVES)
    return [rows.order_by().values("person") for rows in (*open_in_unit(unit), moving)]


def counted_elsewhere(people: Collection[int], *, but: Unit) -> set[int]:
    """Return which of ``people``, given by key, are members or on the roster of another unit than ``but``; one query.

    Whom no unit counts nobody expects to report in.
    """
    homes = HomeMembership.objects.filter(person__in=people, ends_on__isnull=True)
    rows = RosterEntry.objects.filter(person__in=people, left_on__isnull=True, is_confirmed=True)
    found = [one.exclude(unit=but).order_by().values_list("person", flat=True) for one in (homes, rows)]
    return set(found[0].union(found[1]))


def is_vouched_for(person: User) -> bool:
    """Return whether ``person`` has a home unit, or one to choose; residents have none and do not report in."""
    return home_unit(person) is not None or units_on_offer(person).exists()
