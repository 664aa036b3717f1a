"""Who came, and what waits to be confirmed."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.expressions import Combinable
from django.utils import timezone

from portal.activities.enums import OPEN, ActivityState, AttendanceState, ShiftState, SignUpState
from portal.activities.models import Attendance, Shift, SignUp
from portal.activities.queries.activities import organised_shifts
from portal.organisations.models import Area

if TYPE_CHECKING:
    from portal.members.models import User


def roster(shift: Shift) -> QuerySet[SignUp]:
    """Return those who have a confirmed place, with their attendance, by name."""
    return (
        shift.sign_ups.filter(state=SignUpState.CONFIRMED)
        .select_related("member", "attendance__recorded_by")
        .order_by("member__name", "pk")
    )


def first_time(member: str = "member") -> Combinable:
    """Return the condition that the person named by the field ``member`` has completed nothing so far."""
    return ~Exists(Attendance.objects.filter(sign_up__member=OuterRef(member), state=AttendanceState.COMPLETED))


def comes_for_the_first_time(member: "User") -> bool:
    """Return whether ``member`` has completed nothing so far."""
    return not Attendance.objects.filter(sign_up__member=member, state=AttendanceState.COMPLETED).exists()


def attendances_to_confirm(areas: QuerySet[Area] | Collection[Area]) -> QuerySet[Attendance]:
    """Return completed attendances in ``areas`` that no second person has confirmed yet, by activity."""
    return (
        Attendance.objects.filter(
            state=AttendanceState.COMPLETED, closed_at__isnull=True, sign_up__shift__activity__area__in=areas
        )
        .select_related("sign_up__member", "sign_up__shift__activity__area", "recorded_by")
        .order_by("sign_up__shift__starts_at", "sign_up__shift_id", "sign_up__member__name", "pk")
    )


def missed(member: "User") -> QuerySet[Attendance]:
    """Return what ``member`` is noted as absent from and that is not yet forgotten, newest first."""
    return (
        Attendance.objects.filter(
            sign_up__member=member, state=AttendanceState.ABSENT, recorded_at__gte=no_shows_kept_from()
        )
        .select_related("sign_up__shift__activity__area", "recorded_by")
        .order_by("-sign_up__shift__starts_at", "-pk")
    )


def no_shows_kept_from() -> datetime:
    """Return the moment before which nobody is held to have been absent."""
    return timezone.now() - timedelta(days=settings.NO_SHOW_KEPT_DAYS)


def shifts_of_a_day(person: "User", day: date) -> QuerySet[Shift]:
    """Return the published shifts that touch ``day`` where ``person`` organises, soonest first."""
    midnight = timezone.make_aware(datetime.combine(day, time.min))
    return (
        organised_shifts(person)
        .filter(
            starts_at__lt=midnight + timedelta(days=1),
            ends_at__gte=midnight,
            activity__published_at__isnull=False,
            activity__cancelled_at__isnull=True,
            state=ShiftState.PLANNED,
        )
        .order_by("starts_at", "pk")
    )


def reachable_sign_ups(organiser: "User") -> QuerySet[SignUp]:
    """Return those whom ``organiser`` may call about a shift: signed up, until people may no longer come to it."""
    until = timezone.now() - timedelta(minutes=settings.ATTENDANCE_GRACE_MINUTES)
    return SignUp.objects.filter(shift__in=organised_shifts(organiser), state__in=OPEN, shift__ends_at__gte=until)


def sign_ups_to_attend_now(member: "User") -> QuerySet[SignUp]:
    """Return the places of ``member`` on shifts where people may come now, soonest first."""
    now = timezone.now()
    opens, grace = (
        timedelta(minutes=settings.ATTENDANCE_OPENS_MINUTES),
        timedelta(minutes=settings.ATTENDANCE_GRACE_MINUTES),
    )
    return (
        SignUp.objects.filter(
            member=member,
            state=SignUpState.CONFIRMED,
            shift__activity__state=ActivityState.PUBLISHED,
            shift__starts_at__lte=now + opens,
            shift__ends_at__gte=now - grace,
        )
        .select_related("shift__activity__area", "attendance")
        .order_by("shift__starts_at", "pk")
    )
