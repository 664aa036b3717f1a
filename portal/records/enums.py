from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.states import Transitions


class RecordState(TextChoices):
    RECORDED = "recorded", _("已登记，等待确认")
    CONFIRMED = "confirmed", _("已确认，公示中")
    POSTED = "posted", _("已入账")
    REVERSED = "reversed", _("已冲销")


COUNTS = (RecordState.CONFIRMED, RecordState.POSTED)

RECORD_TRANSITIONS: Transitions = {
    RecordState.RECORDED: frozenset({RecordState.CONFIRMED, RecordState.REVERSED}),
    RecordState.CONFIRMED: frozenset({RecordState.POSTED, RecordState.REVERSED}),
    RecordState.POSTED: frozenset({RecordState.REVERSED}),
}


class OwnServiceState(TextChoices):
    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("已提交，等待确认")
    ASKED_BACK = "asked_back", _("已退回，请补充")
    CONFIRMED = "confirmed", _("已确认")
    WITHDRAWN = "withdrawn", _("已撤回")


# Time that is taken: another service may not lie in it.
HOLDS_TIME = (OwnServiceState.SUBMITTED, OwnServiceState.CONFIRMED)

NOT_YET = ""

OWN_SERVICE_TRANSITIONS: Transitions = {
    NOT_YET: frozenset({OwnServiceState.DRAFT, OwnServiceState.SUBMITTED}),
    OwnServiceState.DRAFT: frozenset({OwnServiceState.SUBMITTED, OwnServiceState.WITHDRAWN}),
    OwnServiceState.SUBMITTED: frozenset(
        {OwnServiceState.CONFIRMED, OwnServiceState.ASKED_BACK, OwnServiceState.WITHDRAWN}
    ),
    OwnServiceState.ASKED_BACK: frozenset({OwnServiceState.SUBMITTED, OwnServiceState.WITHDRAWN}),
    OwnServiceState.CONFIRMED: frozenset({OwnServiceState.ASKED_BACK, OwnServiceState.SUBMITTED}),
}


class ObjectionState(TextChoices):
    OPEN = "open", _("等待答复")
    UPHELD = "upheld", _("有道理，已更正")
    REJECTED = "rejected", _("已答复，记录不变")
    WITHDRAWN = "withdrawn", _("已收回")


OBJECTION_TRANSITIONS: Transitions = {
    NOT_YET: frozenset({ObjectionState.OPEN}),
    ObjectionState.OPEN: frozenset({ObjectionState.UPHELD, ObjectionState.REJECTED, ObjectionState.WITHDRAWN}),
}
