"""Report-ins answered many at once."""

from dataclasses import dataclass

from django.db.models import QuerySet

from portal.members.models import User
from portal.report_in.enums import BulkAnswerState
from portal.report_in.models import BulkAnswer, MemberReportIn
from portal.report_in.queries.report_ins import reviewable


@dataclass(frozen=True)
class Refusal:
    """Why some were not received: how many, and those of them the asker may still open."""

    reason: str
    number: int
    report_ins: list[MemberReportIn]


def bulk_answers_of(person: User) -> QuerySet[BulkAnswer]:
    """Return what ``person`` had the worker answer, newest first."""
    return BulkAnswer.objects.filter(asker=person)


def unfinished_bulk_answers(person: User) -> QuerySet[BulkAnswer]:
    return bulk_answers_of(person).exclude(state=BulkAnswerState.DONE)


def refusals_of(answer: BulkAnswer, *, by: User) -> list[Refusal]:
    """Return who was not received, by reason; one query for their names, however many."""
    keys = [key for keys in answer.refused.values() for key in keys]
    known = {report_in.pk: report_in for report_in in reviewable(by).filter(pk__in=keys)} if keys else {}
    return [
        Refusal(reason, len(keys), [known[key] for key in keys if key in known])
        for reason, keys in answer.refused.items()
    ]
