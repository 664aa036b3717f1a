"""Minutes become a record once a second person stands by them, and are posted when nobody objected in time."""

from datetime import date

from django.db import transaction
from django.urls import reverse as reverse_url
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal import states
from portal.activities.actions import close_attendance, reopen_attendance
from portal.activities.errors import AttendanceClosedError, NotCompletedError
from portal.activities.models import Attendance
from portal.members.models import User
from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.records import queries
from portal.records.enums import RECORD_TRANSITIONS, RecordState
from portal.records.errors import (
    AlreadyConfirmedError,
    NothingToConfirmError,
    OwnServiceError,
    ReasonMissingError,
)
from portal.records.models import ServiceRecord
from portal.records.signals import record_posted, record_reversed
from webui.templatetags.webui import duration


@transaction.atomic
def confirm_attendance(*, attendance: Attendance, by: User) -> ServiceRecord:
    """Turn a completed attendance into a service record, confirmed by a second person and shown for objection.

    Raises:
        RecordError: one of its kinds for each reason.
    """
    attendance = _close(attendance, by=by)
    shift, member = attendance.sign_up.shift, attendance.sign_up.member
    record = ServiceRecord(
        member=member,
        area=shift.activity.area,
        attendance=attendance,
        title=shift.activity.title,
        served_on=timezone.localdate(shift.starts_at),
        minutes=attendance.minutes or 0,
        recorded_by=attendance.recorded_by,
        recorded_at=attendance.recorded_at or timezone.now(),
        confirmed_by=by,
        confirmed_at=timezone.now(),
        objections_until=queries.last_day_of_objection(timezone.localdate()),
    )
    _move(record, to=RecordState.CONFIRMED, by=by)
    _tell_confirmed(record)
    return record


def post_records(*, today: date) -> int:
    """Post the records whose time for objections is over; return how many. Safe to run at any time."""
    return sum(_post(record.pk) for record in queries.records_to_post(today).only("pk"))


@transaction.atomic
def reverse(*, record: ServiceRecord, by: User, reason: str) -> ServiceRecord:
    """Take a record out of the count, with a reason its member sees; its attendance can then be corrected. Idempotent.

    Raises:
        OwnServiceError: nobody corrects their own record.
        ReasonMissingError: no reason was given.
    """
    record = _lock(record.pk)
    if record.state == RecordState.REVERSED:
        return record
    if record.member_id == by.pk:
        raise OwnServiceError
    if not reason.strip():
        raise ReasonMissingError
    record.reversal_reason = reason.strip()
    _move(record, to=RecordState.REVERSED, by=by)
    if record.attendance:
        reopen_attendance(attendance=record.attendance, by=by)
    record_reversed.send(ServiceRecord, record=record)
    tell(
        recipient=record.member,
        kind=MessageKind.RECORDS,
        title=_("服务记录已冲销：%(title)s") % {"title": record.title},
        body=_("原因：%(reason)s") % {"reason": record.reversal_reason},
        url=reverse_url("records:mine"),
    )
    return record


@transaction.atomic
def _post(pk: int) -> bool:
    record = _lock(pk)
    if record.state != RecordState.CONFIRMED:
        return False
    _move(record, to=RecordState.POSTED, by=None)
    record_posted.send(ServiceRecord, record=record)
    return True


def _close(attendance: Attendance, *, by: User) -> Attendance:
    try:
        attendance = close_attendance(attendance=attendance, by=by)
    except AttendanceClosedError:
        raise AlreadyConfirmedError from None
    except NotCompletedError:
        raise NothingToConfirmError from None
    refusal = queries.why_not_confirm(attendance, by=by)
    if refusal:
        raise refusal
    return attendance


def _lock(pk: int) -> ServiceRecord:
    return ServiceRecord.objects.select_for_update(no_key=True).get(pk=pk)


def _move(record: ServiceRecord, *, to: RecordState, by: User | None) -> None:
    states.move(record, to=to, by=by, transitions=RECORD_TRANSITIONS)


def _tell_confirmed(record: ServiceRecord) -> None:
    until = date_format(record.objections_until or timezone.localdate(), "MONTH_DAY_FORMAT")
    tell(
        recipient=record.member,
        kind=MessageKind.RECORDS,
        title=_("服务时长已确认：%(title)s") % {"title": record.title},
        body=_("%(duration)s，公示到 %(until)s。有不对的地方，请联系社区更正。")
        % {"duration": duration(record.minutes), "until": until},
        url=reverse_url("records:mine"),
    )
