"""Many report-ins accepted by the worker, one transaction each: stopped anywhere and told again, it goes on."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache, partial
from uuid import UUID

import structlog
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from portal.members.models import User
from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.report_in.actions import rows
from portal.report_in.actions.answering import accept
from portal.report_in.enums import BULK_ANSWER_TRANSITIONS, BulkAnswerState
from portal.report_in.errors import NotYoursToAnswerError, ReportInError
from portal.report_in.models import BulkAnswer
from portal.report_in.queries.report_ins import reviewable
from portal.states import IllegalMoveError, lock, move, save

logger = structlog.get_logger(__name__)
LOST_AFTER = timedelta(minutes=5)  # one report-in takes far less: the worker was stopped


@transaction.atomic
def begin_accepting(*, chosen: Sequence[int], token: UUID, by: User) -> BulkAnswer:
    """Have the worker receive the ``chosen`` report-ins; the same ``token`` again is the same answer. Locks ``by``."""
    by = lock(by)
    known = BulkAnswer.objects.filter(token=token, asker=by).first()
    if known:
        return known
    found = reviewable(by).filter(pk__in=chosen).values_list("pk", flat=True)
    answer = BulkAnswer(asker=by, token=token, chosen=list(found))
    save(answer, action="begun", by=by, data={"number": answer.total})
    transaction.on_commit(partial(accept_chosen.enqueue, answer.pk))
    return answer


@transaction.atomic
def go_on_accepting(*, answer: BulkAnswer, by: User) -> BulkAnswer:
    """Let the worker try again what failed; those already received stay as they are. Idempotent."""
    answer = lock(answer)
    if answer.state == BulkAnswerState.FAILED:
        answer.worked_on_at = timezone.now()
        move(answer, to=BulkAnswerState.RUNNING, by=by, transitions=BULK_ANSWER_TRANSITIONS)
        transaction.on_commit(partial(accept_chosen.enqueue, answer.pk))
    return answer


def hand_out_lost(*, now: datetime) -> int:
    """Give the worker anew what one that was stopped left behind; return how many. Of two jobs each works in turn."""
    lost = BulkAnswer.objects.filter(state=BulkAnswerState.RUNNING, worked_on_at__lt=now - LOST_AFTER)
    keys = list(lost.values_list("pk", flat=True))
    BulkAnswer.objects.filter(pk__in=keys).update(worked_on_at=now)
    for key in keys:
        accept_chosen.enqueue(key)
    return len(keys)


@task()
def accept_chosen(pk: int) -> None:
    """Receive who was chosen, from where the work stopped; told twice, it works once."""
    contacts = cache(lambda unit: list(rows.contacts_of(unit)))
    goes_on = True
    while goes_on:
        try:
            goes_on = _accept_next(pk, contacts)
        except Exception:
            logger.exception("bulk_answer.failed", answer=pk)
            if not _passed_over(pk):
                raise


@transaction.atomic
def _accept_next(pk: int, contacts: rows.Contacts) -> bool:
    """Answer one report-in and count it, both or neither; return whether there may be more."""
    answer = lock(BulkAnswer(pk=pk))  # its asker is read after: joined, the lists of keys would be read twice
    if answer.state != BulkAnswerState.RUNNING:
        return False
    if answer.progress >= answer.total:
        _finish(answer)
        return False
    key = answer.chosen[answer.progress]
    refusal = _refusal(key, by=answer.asker, contacts=contacts)
    _count(answer, refusal)
    return True


def _count(answer: BulkAnswer, refusal: str) -> None:
    if refusal:
        answer.refused.setdefault(refusal, []).append(answer.chosen[answer.progress])
    else:
        answer.accepted += 1
    answer.progress += 1
    answer.worked_on_at = timezone.now()
    answer.save(update_fields=["progress", "accepted", "refused", "worked_on_at"])


def _refusal(key: int, *, by: User, contacts: rows.Contacts) -> str:
    """Receive the report-in with ``key``; return why it cannot be, or nothing. The right is asked for each anew."""
    report_in = reviewable(by).filter(pk=key).first()
    if report_in is None:
        return str(NotYoursToAnswerError())
    try:
        accept(report_in=report_in, by=by, contacts=contacts)
    except (IllegalMoveError, ReportInError) as refusal:
        return str(refusal)
    return ""


def _finish(answer: BulkAnswer) -> None:
    refused = answer.total - answer.accepted
    move(
        answer,
        to=BulkAnswerState.DONE,
        by=answer.asker,
        transitions=BULK_ANSWER_TRANSITIONS,
        data={"accepted": answer.accepted, "refused": refused},
    )
    details = {"accepted": answer.accepted, "refused": refused}
    tell(
        recipient=answer.asker,
        kind=MessageKind.WORK,
        title=_("批量确认办完了：已确认 %(accepted)d 人。") % details,
        body=_("%(refused)d 人没有确认成，点开看原因。") % details if refused else "",
        url=reverse("report_in:bulk_answer", args=[answer.pk]),
    )


@transaction.atomic
def _passed_over(pk: int) -> bool:
    """Stop the answer at the report-in that broke, to be tried again; return whether it broke before: then go on.

    Otherwise one that always breaks would keep everybody behind it waiting for good.
    """
    answer = lock(BulkAnswer(pk=pk))
    if answer.state != BulkAnswerState.RUNNING:
        return False
    if answer.broke_at == answer.progress < answer.total:
        _count(answer, _("系统出了故障，这一份没有办成。请打开它单独确认。"))
        return True
    answer.broke_at = answer.progress
    move(answer, to=BulkAnswerState.FAILED, by=None, transitions=BULK_ANSWER_TRANSITIONS)
    return False
