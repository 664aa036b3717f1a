"""Who is on leave, and which requests wait for whom."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.members.models import User
from portal.organisations.enums import Action
from portal.organisations.models import Unit
from portal.organisations.permissions import in_areas_of, in_units_of
from portal.report_in.enums import LeaveKind, LeaveState
from portal.report_in.models import Leave


def leaves_of(person: User) -> QuerySet[Leave]:
    """Return every leave ``person`` asked for, the latest first."""
    return Leave.objects.filter(person=person).select_related("unit", "area")


def standing_leave(day: date, *, person: str = "pk") -> Exists:
    """Return the condition that a leave of the person named by the field ``person`` covers ``day``."""
    return Exists(
        Leave.objects.filter(person=OuterRef(person), state=LeaveState.GRANTED, starts_on__lte=day, ends_on__gte=day)
    )


def on_leave_until(people: Collection[User], day: date) -> dict[int, date]:
    """Return by key until when those of ``people`` who are on leave stay away: all that others may know. One query."""
    rows = Leave.objects.filter(person__in=people, state=LeaveState.GRANTED, starts_on__lte=day, ends_on__gte=day)
    return dict(rows.order_by("ends_on").values_list("person", "ends_on"))


def waiting_for(unit: Unit) -> QuerySet[Leave]:
    """Return the requests that wait for ``unit``."""
    return Leave.objects.filter(unit=unit, state=LeaveState.REQUESTED)


def leaves_to_decide(person: User) -> QuerySet[Leave]:
    """Return the requests of others that ``person`` may answer, oldest first."""
    return decidable(person).filter(state=LeaveState.REQUESTED).order_by("requested_at", "pk")


def decidable(person: User) -> QuerySet[Leave]:
    """Return the leaves of others that reach ``person``, waiting or not."""
    by_area = Q(kind=LeaveKind.EXEMPTION) & in_areas_of(person, Action.DECIDE_EXEMPTION)
    return (
        Leave.objects.filter(in_units_of(person, Action.DECIDE_LEAVE) | by_area)
        .exclude(person=person)
        .select_related("person", "unit", "area")
    )


def overlapping(person: User, starts_on: date, ends_on: date) -> QuerySet[Leave]:
    """Return the granted leaves of ``person`` that share a day with these."""
    return Leave.objects.filter(person=person, state=LeaveState.GRANTED, starts_on__lte=ends_on, ends_on__gte=starts_on)


def leaves_over(day: date) -> QuerySet[Leave]:
    """Return the granted leaves whose last day lies before ``day``, and requests whose days have passed unanswered."""
    return (
        Leave.objects.filter(state__in=(LeaveState.GRANTED, LeaveState.REQUESTED), ends_on__lt=day)
        .select_related("person")
        .order_by("pk")
    )
