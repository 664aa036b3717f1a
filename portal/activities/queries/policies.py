"""Who goes first where there are more people than places."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils import timezone

from portal.activities.enums import ActivityState, AttendanceState, QueuePolicy, SignUpState
from portal.activities.models import Activity, Attendance, Draw, Shift

if TYPE_CHECKING:
    from portal.members.models import User

DAYS_IN_A_MONTH = 30


def draw_pending(activity: Activity) -> bool:
    """Return whether everybody still only registers, because the lot has not been drawn."""
    return activity.draws and not Draw.objects.filter(activity=activity, drawn_at__isnull=False).exists()


def is_newcomer(member: "User") -> bool:
    """Return whether ``member`` has completed nothing in the last ``NEWCOMER_MONTHS`` months of thirty days."""
    since = timezone.now() - timedelta(days=settings.NEWCOMER_MONTHS * DAYS_IN_A_MONTH)
    served = Attendance.objects.filter(
        sign_up__member=member, state=AttendanceState.COMPLETED, sign_up__shift__starts_at__gte=since
    )
    return not served.exists()


def draws_due(now: datetime) -> QuerySet[Activity]:
    return Activity.objects.filter(
        state=ActivityState.PUBLISHED, queue_policy=QueuePolicy.DRAW, draw_at__lte=now
    ).exclude(draw__drawn_at__isnull=False)


def shifts_held_back(now: datetime) -> QuerySet[Shift]:
    """Return the shifts to come where the newcomers' time is over and people wait beside free places."""
    return (
        Shift.objects.filter(
            activity__state=ActivityState.PUBLISHED,
            activity__queue_policy=QueuePolicy.NEWCOMERS,
            activity__newcomers_until__lte=now,
            starts_at__gt=now,
            places_taken__lt=F("capacity"),
            sign_ups__state=SignUpState.WAITING,
        )
        .distinct()
        .order_by("pk")
    )
