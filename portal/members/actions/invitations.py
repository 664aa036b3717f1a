"""A row somebody wrote for themselves by an invitation; until the unit's contact agrees it vouches for nothing."""

from django.db import transaction
from django.utils import timezone

from portal.members import queries
from portal.members.actions.memberships import join_unit
from portal.members.actions.people import give_name
from portal.members.errors import HasUnitError, OnRosterAlreadyError
from portal.members.models import RosterEntry, User
from portal.organisations.models import Unit
from portal.states import lock, save


@transaction.atomic
def ask_onto_roster(*, person: User, unit: Unit, name: str) -> RosterEntry:
    """Write ``person`` onto the roster of ``unit`` under ``name``, to be confirmed by its contact. Locks the person.

    Raises:
        HasUnitError: a unit is home already.
        OnRosterAlreadyError: the roster has them.
    """
    person = lock(person)
    if queries.home_unit(person):
        raise HasUnitError
    if RosterEntry.objects.filter(unit=unit, phone=person.phone, left_on__isnull=True).exists():
        raise OnRosterAlreadyError
    give_name(person=person, name=name)
    person.refresh_from_db(fields=["name"])
    entry = RosterEntry(unit=unit, phone=person.phone, name=person.name, person=person, is_confirmed=False)
    save(entry, action="asked", by=person)
    return entry


@transaction.atomic
def confirm_entry(*, entry: RosterEntry, by: User) -> RosterEntry:
    """Let the row vouch for its person; a first unit becomes home at once. Idempotent.

    Locks the person, then the row.
    """
    person = lock(entry.person) if entry.person else None
    entry = lock(entry)
    if entry.is_confirmed or entry.left_on:
        return entry
    entry.is_confirmed = True
    save(entry, action="confirmed", by=by, data={"for": entry.person_id})
    if person and queries.home_unit(person) is None and queries.units_on_offer(person).count() == 1:
        join_unit(person, entry.unit, by=by)
    return entry


@transaction.atomic
def decline_entry(*, entry: RosterEntry, by: User) -> RosterEntry:
    """Take an unconfirmed row off the roster. Idempotent; a confirmed row stays."""
    entry = lock(entry)
    if not entry.is_confirmed and entry.left_on is None:
        entry.left_on = timezone.localdate()
        save(entry, action="declined", by=by)
    return entry
