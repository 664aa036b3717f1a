"""How an objection is closed, and how whoever raised it hears."""

from django.urls import reverse as reverse_url
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import states
from portal.members.models import User
from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.records import queries
from portal.records.enums import OBJECTION_TRANSITIONS, ObjectionState
from portal.records.models import Objection, ServiceRecord


def uphold_open(record: ServiceRecord, *, by: User, answer: str) -> None:
    """Close what is open against a ``record`` that was just reversed: each is upheld. Its lock is held; takes theirs.

    Nobody answers themselves: what ``by`` raised is done with, and is taken back.
    """
    for objection in queries.open_objections(record).select_for_update(no_key=True, of=("self",)):
        if objection.objector_id == by.pk:
            move_objection(objection, to=ObjectionState.WITHDRAWN, by=by)
        else:
            answer_objection(objection, to=ObjectionState.UPHELD, by=by, answer=answer)


def answer_objection(objection: Objection, *, to: ObjectionState, by: User, answer: str) -> None:
    objection.answer, objection.answered_by, objection.answered_at = answer.strip(), by, timezone.now()
    move_objection(objection, to=to, by=by)
    if objection.objector_id == objection.record.member_id:
        return  # the one served hears of their record anyway
    tell(
        recipient=objection.objector,
        kind=MessageKind.RECORDS,
        title=_("您提的异议已答复：%(state)s") % {"state": objection.get_state_display()},
        body=_("点开看答复。"),
        url=reverse_url("records:objections_mine"),
    )


def move_objection(objection: Objection, *, to: ObjectionState, by: User) -> None:
    states.move(objection, to=to, by=by, transitions=OBJECTION_TRANSITIONS)
