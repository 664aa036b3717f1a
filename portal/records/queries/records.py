"""What a member has served, always summed from the rows."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet, Sum
from django.db.models.functions import ExtractYear

from portal.activities.models import Attendance
from portal.records.enums import COUNTS, RecordState
from portal.records.models import OwnService, ServiceRecord

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


def years_of(member: "User") -> Sequence[int]:
    """Return the years in which ``member`` has records, the latest first."""
    years = ServiceRecord.objects.filter(member=member).order_by().values_list(ExtractYear("served_on"), flat=True)
    return sorted(years.distinct(), reverse=True)


def record_reversed_of(
    *, attendance: Attendance | None = None, own_service: OwnService | None = None
) -> ServiceRecord | None:
    """Return the record last reversed that came from the same source: what a new one corrects."""
    records = ServiceRecord.objects.filter(attendance=attendance, own_service=own_service, state=RecordState.REVERSED)
    return records.filter(corrected_by__isnull=True).order_by("-pk").first()


def records_to_post(today: date) -> QuerySet[ServiceRecord]:
    """Return the records whose period is over; an open objection stops it."""
    return ServiceRecord.objects.filter(
        state=RecordState.CONFIRMED, objections_until__lt=today, paused_on__isnull=True
    ).order_by("pk")
