"""What two accounts of one person have both served."""

from datetime import datetime
from typing import TYPE_CHECKING

from portal.records.enums import COUNTS
from portal.records.models import ServiceRecord
from portal.records.queries.own_services import time_of_attendance

if TYPE_CHECKING:
    from portal.members.models import User


def served_twice(*, gone: "User", kept: "User") -> list[ServiceRecord]:
    """Return the records of ``gone`` that lie within time that counts for ``kept`` already."""
    taken = [_span(record) for record in _counting(kept)]
    return [record for record in _counting(gone) if any(_overlap(_span(record), span) for span in taken)]


def _counting(member: "User") -> list[ServiceRecord]:
    records = ServiceRecord.objects.filter(member=member, state__in=COUNTS)
    return list(records.select_related("attendance__sign_up__shift", "own_service").order_by("pk"))


def _span(record: ServiceRecord) -> tuple[datetime, datetime]:
    if record.attendance:
        return time_of_attendance(record.attendance)
    return record.own_service.starts_at, record.own_service.ends_at  # type: ignore[union-attr]  # one of the two


def _overlap(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
