"""What units hold, and whom they may name."""

from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from portal.activities.enums import HOLDS_A_PLACE, ActivityState, ShiftState, SignUpMode, SignUpState
from portal.activities.models import Activity, GroupPlaces, Shift, SignUp
from portal.activities.queries.audience import shown_to
from portal.members.models import HomeMembership, User
from portal.organisations.enums import Action
from portal.organisations.permissions import units_for
from portal.organisations.queries import within

if TYPE_CHECKING:
    from portal.organisations.models import Unit

SHOWN = 20


def groups_of(person: User) -> QuerySet[GroupPlaces]:
    """Return the places held for the units ``person`` answers for."""
    return GroupPlaces.objects.filter(unit__in=units_for(person, Action.HOLD_GROUP_PLACES)).select_related(
        "shift__activity__area", "unit", "position"
    )


def groups_on(activity: Activity) -> QuerySet[GroupPlaces]:
    return GroupPlaces.objects.filter(shift__activity=activity).select_related("shift", "unit", "position")


def people_to_name(group: GroupPlaces) -> QuerySet[User]:
    """Return the members of the unit who have no place on the shift yet, by name."""
    belongs = HomeMembership.objects.filter(
        within([group.unit.path], field="unit__path"), person=OuterRef("pk"), ends_on__isnull=True
    )
    has_a_place = SignUp.objects.filter(member=OuterRef("pk"), shift=group.shift_id, state__in=HOLDS_A_PLACE)
    people = User.objects.filter(Exists(belongs), is_active=True).exclude(Exists(has_a_place))
    return people.order_by("name", "pk")


def may_hold(person: User, shift: Shift) -> "QuerySet[Unit]":
    """Return the units ``person`` may hold places of ``shift`` for: theirs, without an open group there."""
    held = GroupPlaces.objects.filter(shift=shift, closed_at__isnull=True).values("unit")
    return units_for(person, Action.HOLD_GROUP_PLACES).exclude(pk__in=held)


def shifts_to_hold(person: User) -> QuerySet[Shift]:
    """Return the next shifts ``person`` is shown with free places and nobody waiting, soonest first."""
    waits = SignUp.objects.filter(shift=OuterRef("pk"), state=SignUpState.WAITING)
    shown = Activity.objects.filter(shown_to(person), state=ActivityState.PUBLISHED, mode=SignUpMode.AT_ONCE).order_by()
    coming = Shift.objects.filter(activity__in=shown, state=ShiftState.PLANNED, starts_at__gt=timezone.now())
    free = coming.filter(places_taken__lt=F("capacity"))
    return free.exclude(Exists(waits)).select_related("activity__area").order_by("starts_at", "pk")[:SHOWN]
