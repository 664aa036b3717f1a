"""Nothing that counts is changed: it is reversed, and what is right is recorded beside it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import states
from portal.activities.actions import record_attendance, reopen_attendance
from portal.activities.enums import AttendanceState
from portal.activities.errors import AttendanceError
from portal.members.models import User
from portal.records.actions.answers import uphold_open
from portal.records.actions.moves import lock_with_source, move_record, tell_member
from portal.records.actions.own_services import fill_in, move_own_service
from portal.records.enums import COUNTS, OwnServiceState, RecordState
from portal.records.errors import (
    CorrectionRefusedError,
    NotConfirmedError,
    OwnServiceError,
    ReasonMissingError,
    SameMinutesError,
)
from portal.records.models import ServiceRecord
from portal.records.signals import record_reversed
from webui.templatetags.webui import duration


@transaction.atomic
def reverse(*, record: ServiceRecord, by: User, reason: str) -> ServiceRecord:
    """Take a record out of the count, with a reason its member sees; its source can then be corrected. Idempotent.

    What is open against it is upheld with it, here and in ``correct``. Both lock the source, then the record.

    Raises:
        OwnServiceError: nobody corrects their own record.
        ReasonMissingError: no reason was given.
    """
    record = lock_with_source(record)
    if record.state == RecordState.REVERSED:
        return record
    _reverse(record, by=by, reason=reason)
    if record.own_service:
        move_own_service(states.lock(record.own_service), to=OwnServiceState.ASKED_BACK, by=by, reason=reason)
    tell_member(
        record,
        title=_("服务记录已冲销：%(title)s") % {"title": record.title},
        body=_("点开看原因。"),
    )
    return record


@transaction.atomic
def correct(*, record: ServiceRecord, by: User, minutes: int, reason: str) -> ServiceRecord:
    """Reverse a record and note the right ``minutes`` in its place; a second person then confirms them anew.

    The new record names this one as what it corrects.

    Raises:
        RecordError: one of its kinds for each reason.
    """
    record = lock_with_source(record)
    if record.state not in COUNTS:
        raise NotConfirmedError
    if record.minutes == minutes:
        raise SameMinutesError
    _reverse(record, by=by, reason=reason)
    if record.attendance:
        try:
            sign_up = record.attendance.sign_up
            record_attendance(sign_up=sign_up, by=by, state=AttendanceState.COMPLETED, minutes=minutes)
        except AttendanceError as refusal:
            raise CorrectionRefusedError(refusal.message) from None
    elif record.own_service:
        service = states.lock(record.own_service)
        fill_in(service, by=by, minutes=minutes)
        move_own_service(service, to=OwnServiceState.SUBMITTED, by=by)
    tell_member(
        record,
        title=_("服务时长要更正：%(title)s") % {"title": record.title},
        body=_("%(before)s改为%(after)s，等另一位工作人员确认。点开看原因。")
        % {"before": duration(record.minutes), "after": duration(minutes)},
    )
    return record


def _reverse(record: ServiceRecord, *, by: User, reason: str) -> None:
    if record.member_id == by.pk:
        raise OwnServiceError
    if not reason.strip():
        raise ReasonMissingError
    record.reversal_reason, record.paused_on, record.reversed_at = reason.strip(), None, timezone.now()
    move_record(record, to=RecordState.REVERSED, by=by)
    uphold_open(record, by=by, answer=record.reversal_reason)
    if record.attendance:
        reopen_attendance(attendance=record.attendance, by=by)
    record_reversed.send(ServiceRecord, record=record)
