"""A second person stands by minutes that somebody else noted."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from portal import states
from portal.activities.actions import close_attendance
from portal.activities.errors import AttendanceClosedError, NotCompletedError
from portal.activities.models import Attendance
from portal.members.models import User
from portal.organisations.enums import Action
from portal.organisations.permissions import may
from portal.records import queries
from portal.records.actions.moves import lock_member, move_record, tell_confirmed
from portal.records.enums import OWN_SERVICE_TRANSITIONS, OwnServiceState, RecordState
from portal.records.errors import (
    AlreadyConfirmedError,
    NotConfirmableHereError,
    NothingToConfirmError,
    TakenOutError,
)
from portal.records.models import OwnService, ServiceRecord


@transaction.atomic
def confirm_attendance(*, attendance: Attendance, by: User) -> ServiceRecord:
    """Turn a completed attendance into a service record, confirmed by a second person and shown for objection.

    Locks the member, then the sign-up: what the same person served elsewhere at that time waits.

    Raises:
        RecordError: one of its kinds for each reason.
    """
    member = lock_member(attendance.sign_up)
    attendance = _close(attendance, by=by)
    shift = attendance.sign_up.shift
    queries.refuse_counted_twice(member, attendance)
    return _confirm(
        by=by,
        source={"attendance": attendance},
        member=member,
        area=shift.activity.area,
        title=shift.activity.title,
        served_on=timezone.localdate(shift.starts_at),
        minutes=attendance.minutes or 0,
        recorded_by=attendance.recorded_by,
        recorded_at=attendance.recorded_at or timezone.now(),
    )


@transaction.atomic
def confirm_own_service(*, service: OwnService, by: User) -> ServiceRecord:
    """Turn what a member says they did into a service record. Locks the member, then the service.

    Raises:
        RecordError: one of its kinds for each reason.
    """
    member = lock_member(service)
    service = states.lock(service, "area", "recorded_by")
    if service.state == OwnServiceState.CONFIRMED:
        raise AlreadyConfirmedError
    if service.state != OwnServiceState.SUBMITTED:
        raise NothingToConfirmError
    if not may(by, Action.CONFIRM_RECORDS, service.area):
        raise NotConfirmableHereError
    refusal = queries.why_not_confirm_own(service, by=by)
    if refusal:
        raise refusal
    queries.refuse_overlap(member, starts_at=service.starts_at, ends_at=service.ends_at, but=service)
    states.move(service, to=OwnServiceState.CONFIRMED, by=by, transitions=OWN_SERVICE_TRANSITIONS)
    return _confirm(
        by=by,
        source={"own_service": service},
        member=member,
        area=service.area,
        title=service.title,
        served_on=timezone.localdate(service.starts_at),
        minutes=service.minutes,
        recorded_by=service.recorded_by,
        recorded_at=service.submitted_at or service.recorded_at,
    )


def _confirm(*, by: User, source: dict[str, Any], **fields: Any) -> ServiceRecord:
    record = ServiceRecord(
        confirmed_by=by,
        confirmed_at=timezone.now(),
        objections_until=queries.last_day_of_objection(timezone.localdate()),
        corrects=queries.record_reversed_of(**source),
        **source,
        **fields,
    )
    move_record(record, to=RecordState.CONFIRMED, by=by)
    tell_confirmed(record)
    return record


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
    if queries.is_taken_out(attendance):
        raise TakenOutError
    return attendance
