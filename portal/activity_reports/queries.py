"""What came of an activity, counted from the rows."""

from dataclasses import asdict, dataclass
from typing import Any, Self

from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Greatest

from portal.activities.enums import AttendanceState, ShiftState
from portal.activities.models import Activity, Attendance, Position, Shift
from portal.activity_reports.models import ActivityReport
from portal.records.enums import COUNTS
from portal.records.models import ServiceRecord


@dataclass(frozen=True)
class Figures:
    """People and not one name. Noted minutes are what organisers wrote down, confirmed ones what a second one did."""

    shifts: int
    capacity: int
    people: int
    newcomers: int
    companions: int
    minutes_noted: int
    minutes_confirmed: int
    positions: int
    positions_manned: int

    def as_snapshot(self) -> dict[str, int]:
        return asdict(self)

    @classmethod
    def from_snapshot(cls, snapshot: dict[str, Any]) -> Self:
        return cls(**snapshot)


def figures_of(activity: Activity) -> Figures:
    """Return the numbers as the rows have them now; four queries."""
    came = Attendance.objects.filter(sign_up__shift__activity=activity, state=AttendanceState.COMPLETED)
    before = Attendance.objects.filter(
        sign_up__member=OuterRef("sign_up__member"),
        state=AttendanceState.COMPLETED,
        sign_up__shift__starts_at__lt=OuterRef("sign_up__shift__starts_at"),
    ).exclude(sign_up__shift__activity=activity)
    counted = came.annotate(is_first=~Exists(before)).aggregate(
        minutes=Sum("minutes", default=0),
        companions=Sum(Greatest(F("sign_up__places") - 1, 0), default=0),
        people=Count("sign_up__member", distinct=True),
        newcomers=Count("sign_up__member", distinct=True, filter=Q(is_first=True)),
    )
    confirmed = ServiceRecord.objects.filter(attendance__sign_up__shift__activity=activity, state__in=COUNTS)
    shifts = Shift.objects.filter(activity=activity, state=ShiftState.PLANNED).aggregate(
        n=Count("pk"), capacity=Sum("capacity", default=0)
    )
    is_manned = Q(minimum=0) | Q(places_taken__gte=F("minimum"))
    positions = Position.objects.filter(shift__activity=activity, shift__state=ShiftState.PLANNED).aggregate(
        n=Count("pk"), manned=Count("pk", filter=is_manned)
    )
    return Figures(
        shifts=shifts["n"],
        capacity=shifts["capacity"],
        people=counted["people"],
        newcomers=counted["newcomers"],
        companions=counted["companions"],
        minutes_noted=counted["minutes"],
        minutes_confirmed=confirmed.aggregate(n=Sum("minutes", default=0))["n"],
        positions=positions["n"],
        positions_manned=positions["manned"],
    )


def report_on(activity: Activity) -> ActivityReport:
    """Return the report on ``activity``; an empty one, not saved, where none was begun."""
    report = ActivityReport.objects.filter(activity=activity).select_related("submitted_by").first()
    report = report or ActivityReport(activity=activity)
    report.activity = activity
    return report


def figures_in(report: ActivityReport) -> Figures:
    """Return what the report states: the rows while it is a draft, afterwards its snapshot."""
    return Figures.from_snapshot(report.snapshot) if report.is_submitted else figures_of(report.activity)
