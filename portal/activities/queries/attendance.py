"""Who came, and what waits to be confirmed."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import (
    F,
    QuerySet,
)

from portal.activities.enums import AttendanceState, SignUpState
from portal.activities.models import Attendance, Shift, SignUp
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


def attendances_to_confirm(areas: QuerySet[Area] | Collection[Area]) -> QuerySet[Attendance]:
    """Return completed attendances in ``areas`` that no second person has confirmed yet, by activity."""
    return (
        Attendance.objects.filter(
            state=AttendanceState.COMPLETED, closed_at__isnull=True, sign_up__shift__activity__area__in=areas
        )
        .select_related("sign_up__member", "sign_up__shift__activity__area", "recorded_by")
        .order_by("sign_up__shift__starts_at", "sign_up__shift_id", "sign_up__member__name", "pk")
    )


def unconfirmed_attendances(member: "User") -> QuerySet[Attendance]:
    """Return what ``member`` has served and nobody has confirmed yet, newest first."""
    return (
        Attendance.objects.filter(sign_up__member=member, state=AttendanceState.COMPLETED, closed_at__isnull=True)
        .select_related("sign_up__shift__activity__area")
        .order_by(F("sign_up__shift__starts_at").desc(), "-pk")
    )
