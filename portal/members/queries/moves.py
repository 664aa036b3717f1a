"""Where a person belonged, and which moves wait."""

from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet

from portal.members.enums import OPEN_MOVES, UnitMoveState
from portal.members.models import HomeMembership, RosterEntry, UnitMove, User


def memberships_of(person: User) -> QuerySet[HomeMembership]:
    """Return every unit ``person`` belonged to, the latest first."""
    return HomeMembership.objects.filter(person=person).select_related("unit").order_by("-starts_on", "-pk")


def open_membership(person: User) -> HomeMembership | None:
    """Return the one membership of ``person`` that stands."""
    return HomeMembership.objects.filter(person=person, ends_on__isnull=True).select_related("unit").first()


def open_moves(person: User) -> QuerySet[UnitMove]:
    """Return the moves of ``person`` that wait for an answer or for their day."""
    return (
        UnitMove.objects.filter(person=person, state__in=OPEN_MOVES)
        .select_related("from_unit", "to_unit")
        .order_by("proposed_at", "pk")
    )


def due_moves(day: date) -> QuerySet[UnitMove]:
    """Return the confirmed moves whose day has come."""
    return UnitMove.objects.filter(state=UnitMoveState.CONFIRMED, starts_on__lte=day).order_by("pk")


def silent_moves(before: datetime) -> QuerySet[UnitMove]:
    """Return the moves nobody answered since ``before`` that have not been raised."""
    return UnitMove.objects.filter(
        state=UnitMoveState.PROPOSED, proposed_at__lte=before, raised_at__isnull=True
    ).order_by("pk")


def dropped_moves() -> QuerySet[UnitMove]:
    """Return the unanswered moves to a unit whose roster no longer names the person."""
    named = RosterEntry.objects.filter(unit=OuterRef("to_unit"), person=OuterRef("person"), left_on__isnull=True)
    return UnitMove.objects.filter(~Exists(named), state=UnitMoveState.PROPOSED).order_by("pk")


def is_on_roster(move: UnitMove) -> bool:
    """Return whether the old unit still names the person of ``move``."""
    return RosterEntry.objects.filter(unit=move.from_unit, person=move.person, left_on__isnull=True).exists()


def newly_named(since: datetime) -> QuerySet[User]:
    """Return the people with an account whom a roster has named since then and not met."""
    entry = RosterEntry.objects.filter(
        phone=OuterRef("phone"), person__isnull=True, left_on__isnull=True, added_at__gte=since
    )
    return User.objects.filter(Exists(entry), is_active=True, phone_verified_at__isnull=False).order_by("pk")
