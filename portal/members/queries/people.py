"""Where a person belongs, and who expects them."""

from django.db.models import QuerySet

from portal.members.models import RosterEntry, User
from portal.organisations.models import Unit


def home_unit(person: User) -> Unit | None:
    """Return the one unit ``person`` belongs to today."""
    return Unit.objects.filter(home_memberships__person=person, home_memberships__ends_on__isnull=True).first()


def rosters_awaiting(phone: str) -> QuerySet[RosterEntry]:
    """Return the open roster rows with this phone that have not met their person; the phone is known already."""
    return RosterEntry.objects.filter(phone=phone, left_on__isnull=True, person__isnull=True).only("unit", "name")


def units_on_offer(person: User) -> QuerySet[Unit]:
    """Return the units whose rosters name ``person`` while ``person`` has not said which one is home."""
    return Unit.objects.none() if home_unit(person) else units_naming(person)


def units_naming(person: User) -> QuerySet[Unit]:
    """Return the units whose rosters name ``person``, whether or not one of them is home."""
    return (
        Unit.objects.filter(roster__person=person, roster__left_on__isnull=True, roster__is_confirmed=True)
        .order_by("path")
        .distinct()
    )


def is_vouched_for(person: User) -> bool:
    """Return whether ``person`` has a home unit, or one to choose; residents have none and do not report in."""
    return home_unit(person) is not None or units_on_offer(person).exists()
