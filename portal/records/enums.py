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
