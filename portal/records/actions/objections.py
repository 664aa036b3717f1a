"""Somebody objects while a record is shown; the period stands still until another person has answered."""

from django.db import transaction
from django.urls import reverse as reverse_url
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal import states
from portal.members.models import User
from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.organisations.enums import Action
from portal.organisations.permissions import may
from portal.records import queries
from portal.records.actions.answers import answer_objection, move_objection
from portal.records.actions.corrections import correct, reverse
from portal.records.actions.moves import lock_record, lock_with_source, tell_member
from portal.records.enums import ObjectionState
from portal.records.errors import (
    AlreadyAnsweredError,
    AnswersOwnWorkError,
    MayNotObjectError,
    NotConfirmableHereError,
    PeriodOverError,
    ReasonMissingError,
)
from portal.records.models import Objection, ServiceRecord


@transaction.atomic
def file_objection(*, record: ServiceRecord, by: User, reason: str) -> Objection:
    """Object to a record while it is shown. One open objection a person; sent twice, it is kept once.

    The first one stops the record's period. The one served is told that there is one, not whose. Locks the record.

    Raises:
        RecordError: one of its kinds for each reason.
    """
    record = lock_record(record)
    known = Objection.objects.filter(record=record, objector=by, state=ObjectionState.OPEN).first()
    if known:
        return known
    if not record.is_open_to_objection:
        raise PeriodOverError
    if not queries.may_object(by, record):
        raise MayNotObjectError
    if not reason.strip():
        raise ReasonMissingError
    if not record.is_paused:
        record.paused_on = timezone.localdate()
        states.save(record, action="paused", by=by)
    objection = Objection(record=record, objector=by, reason=reason.strip(), state="")
    move_objection(objection, to=ObjectionState.OPEN, by=by)
    _tell_filed(objection)
    return objection


@transaction.atomic
def uphold_objection(*, objection: Objection, by: User, answer: str, minutes: int | None = None) -> Objection:
    """Say that the objection is right: the record is corrected to ``minutes``, or reversed without them.

    All open objections to it are answered by the same. Locks the source, the record, then the objections.

    Raises:
        RecordError: one of its kinds for each reason.
    """
    record, objection = _held_to_answer(objection, by=by, answer=answer)
    if minutes is None:
        reverse(record=record, by=by, reason=answer)
    else:
        correct(record=record, by=by, minutes=minutes, reason=answer)
    objection.refresh_from_db()
    return objection


@transaction.atomic
def reject_objection(*, objection: Objection, by: User, answer: str) -> Objection:
    """Say why the record stays as it is. After the last open one, its period goes on for the days that were left.

    Raises:
        RecordError: one of its kinds for each reason.
    """
    record, objection = _held_to_answer(objection, by=by, answer=answer)
    answer_objection(objection, to=ObjectionState.REJECTED, by=by, answer=answer)
    _go_on(record, by=by)
    tell_member(
        record,
        title=_("对您服务记录的异议已答复：%(title)s") % {"title": record.title},
        body=_("记录不变。点开看答复。"),
    )
    return objection


@transaction.atomic
def withdraw_objection(*, objection: Objection, by: User) -> Objection:
    """Take back one's own objection; its record's period goes on. Idempotent."""
    record = lock_record(objection.record)
    objection = states.lock(objection)
    if objection.state == ObjectionState.OPEN:
        move_objection(objection, to=ObjectionState.WITHDRAWN, by=by)
        _go_on(record, by=by)
    return objection


def _held_to_answer(objection: Objection, *, by: User, answer: str) -> tuple[ServiceRecord, Objection]:
    record = lock_with_source(objection.record)
    objection = states.lock(objection, "objector")
    if objection.state != ObjectionState.OPEN:
        raise AlreadyAnsweredError
    if not may(by, Action.ANSWER_RECORD_OBJECTIONS, record.area):
        raise NotConfirmableHereError
    if by.pk in queries.tied_to(record) or by.pk == objection.objector_id:
        raise AnswersOwnWorkError
    if not answer.strip():
        raise ReasonMissingError
    return record, objection


def _go_on(record: ServiceRecord, *, by: User) -> None:
    """Let the period go on with the working days it had left when it stopped, unless another objection is open."""
    if record.paused_on is None or record.objections_until is None or queries.open_objections(record).exists():
        return
    record.objections_until = queries.objections_until_again(
        paused_on=record.paused_on, until=record.objections_until, today=timezone.localdate()
    )
    record.paused_on = None
    states.save(record, action="resumed", by=by, data={"until": record.objections_until.isoformat()})


def _tell_filed(objection: Objection) -> None:
    record = objection.record
    if objection.objector_id != record.member_id:
        tell_member(
            record,
            title=_("有人对您的服务记录提出异议：%(title)s") % {"title": record.title},
            body=_("答复之前公示暂停，不影响您别的记录。社区会核实并答复。"),
        )
    day = date_format(record.served_on, "MONTH_DAY_FORMAT")
    for person in queries.answerers_of(record, but=objection.objector):
        tell(
            recipient=person,
            kind=MessageKind.WORK,
            title=_("有一条对服务记录的异议等待答复"),
            body=_("%(day)s，%(title)s。") % {"day": day, "title": record.title},
            url=reverse_url("records:objection_answer", args=[objection.pk]),
        )
