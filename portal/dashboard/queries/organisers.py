"""An organiser's first page: what needs them today."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from portal.activities.enums import ActivityState, AttendanceState, ShiftState, SignUpState
from portal.activities.models import Attendance, Shift
from portal.activities.queries import activities_to_attend, organised_shifts
from portal.annual_reports.queries import waiting_receipts
from portal.members.models import User
from portal.proxies.queries import objections_to_answer
from portal.records.queries import confirmable_own, own_services_to_confirm, records_to_confirm
from portal.report_in.enums import LeaveKind, UnitReportInState
from portal.report_in.queries import leaves_to_decide, pending_counts, reviewable, reviewable_units


@dataclass(frozen=True)
class OrganiserDesk:
    """What waits for an organiser."""

    report_ins: int
    overdue: int
    shifts: list[Shift]
    to_attend: int
    records: int
    reports: int
    objections: int
    units: int
    leaves: int

    @property
    def has_something_waiting(self) -> bool:
        return bool(
            self.report_ins
            or self.shifts
            or self.to_attend
            or self.records
            or self.reports
            or self.objections
            or self.units
            or self.leaves
        )


def organiser_desk(person: User) -> OrganiserDesk:
    waiting = pending_counts(reviewable(person))
    return OrganiserDesk(
        report_ins=waiting["submitted"],
        overdue=waiting["overdue"],
        shifts=list(todays_shifts(person)),
        to_attend=activities_to_attend(person).count(),
        records=_confirmable(person).count() + confirmable_own(own_services_to_confirm(person), by=person).count(),
        reports=waiting_receipts(person).filter(area__isnull=False).count(),
        units=reviewable_units(person).filter(state=UnitReportInState.SUBMITTED).count(),
        leaves=leaves_to_decide(person).filter(kind=LeaveKind.EXEMPTION, area__isnull=False).count(),
        objections=objections_to_answer(person).count(),
    )


def _confirmable(person: User) -> QuerySet[Attendance]:
    # What one recorded or served oneself waits for somebody else.
    return records_to_confirm(person).exclude(recorded_by=person).exclude(sign_up__member=person)


def todays_shifts(person: User) -> QuerySet[Shift]:
    """Return the shifts of today in the areas ``person`` organises, with ``confirmed`` and ``ticked`` people."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    has_place = Q(sign_ups__state=SignUpState.CONFIRMED)
    is_ticked = (
        has_place
        & Q(sign_ups__attendance__isnull=False)
        & ~Q(sign_ups__attendance__state__in=(AttendanceState.EXPECTED, AttendanceState.ARRIVED))
    )
    return (
        organised_shifts(person)
        .filter(
            starts_at__gte=midnight,
            starts_at__lt=midnight + timedelta(days=1),
            activity__state=ActivityState.PUBLISHED,
            state=ShiftState.PLANNED,
        )
        .annotate(confirmed=Count("sign_ups", filter=has_place), ticked=Count("sign_ups", filter=is_ticked))
        .order_by("starts_at", "pk")
    )
