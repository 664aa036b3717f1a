"""How a record is held, moved and told of. Locks go from the person to the source, the record, the objection."""

from django.urls import reverse as reverse_url
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal import states
from portal.activities.models import SignUp
from portal.members.models import User
from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.records.enums import RECORD_TRANSITIONS, RecordState
from portal.records.models import OwnService, ServiceRecord
from webui.templatetags.webui import duration


def lock_member(source: SignUp | OwnService) -> User:
    """Return whose ``source`` is, held, as whoever puts two accounts together holds both people; before the source."""
    member = states.lock(source.member)
    now: int = source.__class__._default_manager.values_list("member", flat=True).get(pk=source.pk)
    return member if now == member.pk else states.lock(User(pk=now))


def lock_record(record: ServiceRecord) -> ServiceRecord:
    return states.lock(record)


def lock_with_source(record: ServiceRecord) -> ServiceRecord:
    """Return ``record`` as it is now, held, and what it came from held before it."""
    if record.attendance:
        states.lock(record.attendance.sign_up)
    elif record.own_service:
        states.lock(record.own_service)
    return lock_record(record)


def move_record(record: ServiceRecord, *, to: RecordState, by: User | None) -> None:
    noted = {"minutes": record.minutes, "recorded_by": record.recorded_by_id}  # its source may be noted anew
    states.move(record, to=to, by=by, transitions=RECORD_TRANSITIONS, data=noted)


def tell_member(record: ServiceRecord, *, title: str, body: str) -> None:
    tell(recipient=record.member, kind=MessageKind.RECORDS, title=title, body=body, url=reverse_url("records:mine"))


def tell_confirmed(record: ServiceRecord) -> None:
    until = date_format(record.objections_until or timezone.localdate(), "MONTH_DAY_FORMAT")
    tell_member(
        record,
        title=_("服务时长已确认：%(title)s") % {"title": record.title},
        body=_("%(duration)s，公示到 %(until)s。有不对的地方，可以提出异议。")
        % {"duration": duration(record.minutes), "until": until},
    )
