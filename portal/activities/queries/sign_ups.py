"""Who has a place, and who waits."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from portal.activities.enums import HOLDS_A_PLACE, OPEN, ActivityState, SignUpState
from portal.activities.models import Activity, Position, Shift, SignUp

if TYPE_CHECKING:
    from portal.members.models import User


def with_queue_lengths(shifts: QuerySet[Shift]) -> QuerySet[Shift]:
    """Annotate ``waiting``, the number of people in each queue."""
    return shifts.annotate(waiting=Count("sign_ups", filter=Q(sign_ups__state=SignUpState.WAITING)))


def queue(shift: Shift, position: Position | None = None) -> QuerySet[SignUp]:
    """Return those waiting for ``shift``, or for ``position``, which has a queue of its own, the head first."""
    return shift.sign_ups.filter(state=SignUpState.WAITING, position=position).order_by("queue_rank", "queued_at", "pk")


def _before(rank: object, queued_at: object, pk: object) -> Q:
    same_rank = Q(queue_rank=rank)
    return (
        Q(queue_rank__lt=rank)
        | (same_rank & Q(queued_at__lt=queued_at))
        | (same_rank & Q(queued_at=queued_at, pk__lt=pk))
    )


def with_place_in_queue(sign_ups: QuerySet[SignUp]) -> QuerySet[SignUp]:
    """Annotate ``queue_place``: 1 for the head of the queue, ``None`` for someone who does not wait."""
    before = _before(OuterRef("queue_rank"), OuterRef("queued_at"), OuterRef("pk"))
    here = Coalesce("position_id", Value(0), output_field=BigIntegerField())  # no position equals no position
    ahead = (
        SignUp.objects.annotate(here=here)
        .filter(before, shift=OuterRef("shift"), here=Coalesce(OuterRef("position_id"), 0), state=SignUpState.WAITING)
        .order_by()
        .values("shift")
        .annotate(n=Count("pk"))
        .values("n")
    )
    place = Case(When(state=SignUpState.WAITING, then=Coalesce(Subquery(ahead), Value(0)) + 1))
    return sign_ups.annotate(queue_place=place)


def sign_ups_on(activity: Activity, *, member: "User") -> QuerySet[SignUp]:
    """Return what ``member`` has on the shifts of ``activity``, with ``queue_place``."""
    mine = SignUp.objects.filter(shift__activity=activity, member=member)
    return with_place_in_queue(mine).select_related("shift__activity", "position", "change")


def requests_on(activity: Activity) -> QuerySet[SignUp]:
    """Return who asked to come and was not answered, in the order they asked."""
    asked = SignUp.objects.filter(shift__activity=activity, state=SignUpState.REQUESTED)
    return asked.select_related("member", "shift", "position").order_by("created_at", "pk")


def everyone_on(activity: Activity) -> QuerySet[SignUp]:
    """Return who has a place or waits for one, by shift and then by order, with ``queue_place``."""
    here = SignUp.objects.filter(shift__activity=activity, state__in=(*HOLDS_A_PLACE, SignUpState.WAITING))
    return (
        with_place_in_queue(here)
        .select_related("member", "shift", "position", "group__unit")
        .order_by("shift__starts_at", "shift_id", F("queue_place").asc(nulls_first=True), "created_at", "pk")
    )


def never_fitting(activity: Activity) -> QuerySet[SignUp]:
    """Return who waits for more places than there are on a shift to come, by shift and queue, with ``queue_place``."""
    # Annotated first: within the filter the join would drop who has no position.
    waiting = SignUp.objects.annotate(at_all=Coalesce("position__capacity", "shift__capacity")).filter(
        shift__activity=activity,
        state=SignUpState.WAITING,
        shift__starts_at__gt=timezone.now(),
        places__gt=F("at_all"),
    )
    return (
        with_place_in_queue(waiting)
        .select_related("member", "shift", "position")
        .order_by("shift__starts_at", "shift_id", "queue_rank", "queued_at", "pk")
    )


def people_on(activity: Activity) -> int:
    """Return how many people are signed up or wait for a shift that has not ended."""
    open_ones = SignUp.objects.filter(shift__activity=activity, state__in=OPEN, shift__ends_at__gt=timezone.now())
    return open_ones.values("member").distinct().count()


def open_sign_ups(member: "User") -> QuerySet[SignUp]:
    """Return the places and queue places of ``member`` on activities that have not been cancelled."""
    return SignUp.objects.filter(member=member, state__in=OPEN, shift__activity__state=ActivityState.PUBLISHED)


def upcoming_sign_ups(member: "User") -> QuerySet[SignUp]:
    """Return what ``member`` has before them, soonest first, with ``queue_place``."""
    return (
        with_place_in_queue(open_sign_ups(member).filter(shift__ends_at__gt=timezone.now()))
        .select_related("shift__activity__area", "position", "change")
        .order_by("shift__starts_at", "pk")
    )


def cancelled_sign_ups(member: "User") -> QuerySet[SignUp]:
    """Return what ``member`` was signed up for and will not take place."""
    return (
        SignUp.objects.filter(
            Q(state=SignUpState.CALLED_OFF) | Q(state__in=OPEN, shift__activity__state=ActivityState.CANCELLED),
            member=member,
            shift__ends_at__gt=timezone.now(),
        )
        .select_related("shift__activity__area")
        .order_by("shift__starts_at", "pk")
    )


def overlapping_sign_ups(member: "User", shift: Shift) -> QuerySet[SignUp]:
    """Return other open sign-ups of ``member`` that share time with ``shift``; back-to-back shares none."""
    return open_sign_ups(member).filter(shift__starts_at__lt=shift.ends_at, shift__ends_at__gt=shift.starts_at)


def lapsed_offers(now: datetime) -> QuerySet[SignUp]:
    """Return the offers nobody answered in time; those of an activity that was called off stay as they were."""
    published = ActivityState.PUBLISHED
    return SignUp.objects.filter(state=SignUpState.OFFERED, offered_until__lte=now, shift__activity__state=published)
