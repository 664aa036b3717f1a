"""Rosters and imports as their keepers see them."""

from django.db.models import QuerySet

from portal.members.models import RosterEntry, User
from portal.organisations.enums import Action
from portal.organisations.models import Unit
from portal.organisations.permissions import units_for
from portal.rosters.enums import ImportState, Listing
from portal.rosters.models import RosterImport

MOST_NAMED = 200
_SHARED = (ImportState.DONE, ImportState.UNDONE)


def units_kept_by(person: User) -> QuerySet[Unit]:
    """Return the units whose rosters ``person`` keeps."""
    return units_for(person, Action.KEEP_ROSTER).order_by("path")


def units_named(person: User, text: str) -> QuerySet[Unit]:
    """Return those whose name holds ``text``."""
    return units_kept_by(person).filter(name__icontains=text)


def entries_kept_by(person: User) -> QuerySet[RosterEntry]:
    """Return the rows ``person`` may correct."""
    return RosterEntry.objects.filter(unit__in=units_kept_by(person)).select_related("unit")


def listed(unit: Unit, *, listing: Listing = Listing.ALL, text: str = "") -> QuerySet[RosterEntry]:
    """Return the roster of ``unit``: who stands on it, of these who has logged in or not, or who has left."""
    entries = RosterEntry.objects.filter(unit=unit, left_on__isnull=listing != Listing.LEFT)
    if listing in {Listing.MET, Listing.AWAITED}:
        entries = entries.filter(person__isnull=listing == Listing.AWAITED)
    if text:
        entries = entries.filter(name__icontains=text)
    return entries.order_by("name", "pk")


def imports_of(unit: Unit, *, reader: User) -> QuerySet[RosterImport]:
    """Return the imports of ``unit``, newest first: those that are done, and one's own that wait."""
    shared = RosterImport.objects.filter(unit=unit, state__in=_SHARED)
    return (shared | _own(reader).filter(unit=unit)).select_related("started_by")


def imports_for(reader: User) -> QuerySet[RosterImport]:
    """Return the imports ``reader`` may open; a file that waits is its owner's alone."""
    found = RosterImport.objects.filter(state__in=_SHARED) | _own(reader)
    return found.filter(unit__in=units_kept_by(reader)).select_related("unit", "started_by")


def left_alone(run: RosterImport) -> QuerySet[RosterEntry]:
    """Return the rows an undone import could not take back."""
    return RosterEntry.objects.filter(pk__in=run.left_alone).order_by("name", "pk")[:MOST_NAMED]


def _own(reader: User) -> QuerySet[RosterImport]:
    return RosterImport.objects.filter(started_by=reader).exclude(state=ImportState.DISCARDED)
