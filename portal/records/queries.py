"""What a member has served, and what waits for a second person."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import QuerySet, Sum
from django.db.models.functions import ExtractYear

from portal.activities.models import Attendance, Shift
from portal.activities.queries import attendances_to_confirm
from portal.organisations.enums import Action
from portal.organisations.permissions import areas_for
from portal.records.enums import COUNTS, RecordState
from portal.records.errors import OwnServiceError, RecorderConfirmsError, RecordError
from portal.records.models import ServiceRecord
from portal.working_days import nth_working_day_after

if TYPE_CHECKING:
    from portal.members.models import User


def records_of(member: "User", *, year: int | None = None) -> QuerySet[ServiceRecord]:
    """Return the records of ``member``, newest first, reversed ones among them."""
    records = ServiceRecord.objects.filter(member=member).select_related("area")
    return records.filter(served_on__year=year) if year else records


def counted_records_of(member: "User", *, year: int | None = None) -> QuerySet[ServiceRecord]:
    return records_of(member, year=year).filter(state__in=COUNTS)


def counted_minutes(member: "User", *, year: int | None = None) -> int:
    """Return the minutes a second person has confirmed; always summed from the rows."""
    return counted_records_of(member, year=year).aggregate(total=Sum("minutes", default=0))["total"]


def posted_minutes(member: "User", *, year: int | None = None) -> int:
    """Return the minutes whose objection period is over; points count these alone."""
    posted = records_of(member, year=year).filter(state=RecordState.POSTED)
    return posted.aggregate(total=Sum("minutes", default=0))["total"]


def years_of(member: "User") -> Sequence[int]:
    """Return the years in which ``member`` has records, the latest first."""
    years = ServiceRecord.objects.filter(member=member).order_by().values_list(ExtractYear("served_on"), flat=True)
    return sorted(years.distinct(), reverse=True)


def records_to_confirm(person: "User") -> QuerySet[Attendance]:
    """Return the completed attendances in the areas of ``person`` that nobody has confirmed yet, by activity."""
    return attendances_to_confirm(areas_for(person, Action.CONFIRM_RECORDS))


def shifts_to_confirm(person: "User") -> QuerySet[Shift]:
    """Return the shifts with attendances ``person`` could see confirmed, the oldest first."""
    shifts = Shift.objects.filter(pk__in=records_to_confirm(person).order_by().values("sign_up__shift"))
    return shifts.select_related("activity__area").order_by("starts_at", "pk")


def why_not_confirm(attendance: Attendance, *, by: "User") -> RecordError | None:
    """Return the reason ``by`` is not the second person ``attendance`` needs, if there is one."""
    if attendance.sign_up.member_id == by.pk:
        return OwnServiceError()
    if attendance.recorded_by_id == by.pk:
        return RecorderConfirmsError()
    return None


def confirmable(attendances: QuerySet[Attendance], *, by: "User") -> QuerySet[Attendance]:
    """Return those of ``attendances`` that ``by`` is the second person for."""
    return attendances.exclude(sign_up__member=by).exclude(recorded_by=by)


def records_answered_for(person: "User") -> QuerySet[ServiceRecord]:
    """Return the counted records of the areas ``person`` organises."""
    reached = areas_for(person, Action.CONFIRM_RECORDS)
    return ServiceRecord.objects.filter(area__in=reached, state__in=COUNTS).select_related(
        "member", "attendance__sign_up"
    )


def records_to_post(today: date) -> QuerySet[ServiceRecord]:
    return ServiceRecord.objects.filter(state=RecordState.CONFIRMED, objections_until__lt=today).order_by("pk")


def last_day_of_objection(confirmed_on: date) -> date:
    """Return the last of the working days (Monday to Friday) that follow ``confirmed_on``."""
    return nth_working_day_after(confirmed_on, settings.OBJECTION_WORKING_DAYS)
