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


class HintRule(TextChoices):
    """What may deserve a look. None of these says that anything is wrong, and none changes a record."""

    TWO_PLACES = "two_places", _("同一时间在两处")
    LONG_DAY = "long_day", _("一天服务很久")
    SAME_TWO = "same_two", _("总是同两个人登记和确认")
    ALWAYS_ALIKE = "always_alike", _("每次时长都一样")
    AT_NIGHT = "at_night", _("深夜一次确认很多")
    UNIT_ALIKE = "unit_alike", _("一个单位的时长都一样")


class HintState(TextChoices):
    OPEN = "open", _("等人看一看")
    FINE = "fine", _("看过，没有问题")
    CLOSER = "closer", _("还要再了解")


HINT_TRANSITIONS: Transitions = {
    NOT_YET: frozenset({HintState.OPEN}),
    HintState.OPEN: frozenset({HintState.FINE, HintState.CLOSER}),
    HintState.CLOSER: frozenset({HintState.FINE}),
}
