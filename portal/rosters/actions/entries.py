"""One person at a time: listed, corrected, taken off."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from portal.members.actions import activate_from_roster, correct_name, leave_unit
from portal.members.models import RosterEntry, User
from portal.members.queries import open_membership
from portal.organisations.models import Unit
from portal.rosters.actions.imports import refuse_ended
from portal.rosters.errors import (
    AsksThemselvesError,
    EntryLeftError,
    ExemptionDaysError,
    MetAlreadyError,
    PhoneTakenError,
)
from portal.states import lock, save

LONGEST_EXEMPTION = timedelta(days=366)


def add_entry(*, unit: Unit, phone: str, name: str, by: User, details: Mapping[str, str] | None = None) -> RosterEntry:
    """List a person on the roster of ``unit``; whoever has proved the phone meets the row at once. Locks the unit.

    Raises:
        UnitEndedError: the unit has ended.
        PhoneTakenError: the roster has this phone already.
    """
    with transaction.atomic():
        refuse_ended(lock(unit))
        _refuse_taken(unit, phone)
        entry = RosterEntry(unit=unit, phone=phone, name=name, **(details or {}))
        save(entry, action="added", by=by)
    _meet_holder(entry)
    return entry


def correct_entry(
    *, entry: RosterEntry, phone: str, name: str, by: User, details: Mapping[str, str] | None = None
) -> RosterEntry:
    """Correct what the roster says of a person, and their name where it came from it. Locks unit, person, entry.

    Whoever has proved a phone that is new to the row meets it at once.

    Raises:
        EntryLeftError: the person is off the roster.
        MetAlreadyError: the person has logged in, and their phone is their own to change.
        PhoneTakenError: the roster has this phone already.
    """
    with transaction.atomic():
        lock(entry.unit)
        if entry.person:
            lock(entry.person)
        entry = lock(entry, "unit", "person")
        if entry.left_on:
            raise EntryLeftError
        is_another = phone != str(entry.phone)
        if is_another:
            if entry.person_id:
                raise MetAlreadyError
            _refuse_taken(entry.unit, phone)
        correct_name(entry=entry, name=name, by=by)
        entry.phone, entry.name, entry.last_import = phone, name, None
        for field, text in (details or {}).items():
            setattr(entry, field, text)
        save(entry, action="corrected", by=by)
    if is_another:
        _meet_holder(entry)
    return entry


@transaction.atomic
def mark_left(*, entry: RosterEntry, by: User) -> RosterEntry:
    """Take a person off the roster from today; their home here ends, and they are told. Done again, nothing changes.

    Locks the unit, the person, then the entry, as whoever logs in does.
    """
    lock(entry.unit)
    home = open_membership(entry.person) if entry.person else None
    if home and home.unit_id == entry.unit_id and entry.left_on is None:
        leave_unit(membership=home, on=timezone.localdate(), by=by)  # its rows leave the roster with it
    entry = lock(entry, "unit")
    entry.last_import = None
    if entry.left_on is None:
        entry.left_on = timezone.localdate()
        save(entry, action="left", by=by)
    return entry


@transaction.atomic
def exempt_entry(*, entry: RosterEntry, until: date | None, by: User) -> RosterEntry:
    """Expect no report-in of somebody without an account until the day ``until``; ``None`` expects it again.

    Whoever has an account asks for an exemption themselves. Done again, nothing changes. Locks the entry.

    Raises:
        EntryLeftError: the person is off the roster.
        AsksThemselvesError: the person has logged in.
        ExemptionDaysError: the day has passed, or lies more than a year ahead.
    """
    entry = lock(entry)
    if entry.left_on:
        raise EntryLeftError
    if entry.person_id and until:
        raise AsksThemselvesError
    if until and not timezone.localdate() <= until <= timezone.localdate() + LONGEST_EXEMPTION:
        raise ExemptionDaysError
    if entry.exempt_until != until:
        entry.exempt_until = until
        save(entry, action="exempted", by=by, data={"until": until.isoformat() if until else None})
    return entry


def _refuse_taken(unit: Unit, phone: str) -> None:
    if RosterEntry.objects.filter(unit=unit, phone=phone, left_on__isnull=True).exists():
        raise PhoneTakenError


def _meet_holder(entry: RosterEntry) -> None:
    """Let whoever has proved the phone of ``entry`` meet it; they may stay logged in for long, and come by no door.

    After the row is written and let go: a log-in holds the person first, then the row.
    """
    holder = User.objects.filter(phone=entry.phone, phone_verified_at__isnull=False, is_active=True).first()
    if holder:
        activate_from_roster(person=holder)
        entry.refresh_from_db(fields=["person"])
