"""The clock: what nobody objected to in time is posted."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from portal.records import queries
from portal.records.actions.moves import lock_record, move_record
from portal.records.enums import RecordState
from portal.records.models import ServiceRecord
from portal.records.signals import record_posted


def post_records(*, today: date) -> int:
    """Post the records whose time for objections is over; return how many. Safe to run at any time."""
    return sum(_post(record, today=today) for record in queries.records_to_post(today).only("pk"))


@transaction.atomic
def _post(record: ServiceRecord, *, today: date) -> bool:
    record = lock_record(record)
    is_over = record.objections_until is not None and record.objections_until < today
    if record.state != RecordState.CONFIRMED or record.is_paused or not is_over:
        return False
    record.posted_at = timezone.now()
    move_record(record, to=RecordState.POSTED, by=None)
    record_posted.send(ServiceRecord, record=record)
    return True
