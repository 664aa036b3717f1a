"""Two accounts of one person served at the same time: it counts once."""

from django.utils.translation import gettext as _

from portal.members.models import User
from portal.records import queries
from portal.records.actions.corrections import reverse
from portal.records.actions.objections import withdraw_objection
from portal.records.enums import ObjectionState
from portal.records.models import Objection, ServiceRecord


def reverse_served_twice(*, gone: User, kept: User, by: User) -> list[ServiceRecord]:
    """Take out of the count what both accounts have of the same time, that of ``gone``; return it.

    ``by`` is the organiser who looks after ``gone``. The caller holds both people.
    """
    reason = _("和本人另一个账户的服务记录时间重叠，只算一次。")
    return [reverse(record=record, by=by, reason=reason) for record in queries.served_twice(gone=gone, kept=kept)]


def yield_objections(*, gone: User, kept: User) -> None:
    """Take back what ``gone`` says against a record that ``kept`` objects to as well."""
    own = Objection.objects.filter(objector=kept, state=ObjectionState.OPEN).values("record")
    for objection in Objection.objects.filter(objector=gone, state=ObjectionState.OPEN, record__in=own):
        withdraw_objection(objection=objection, by=gone)
