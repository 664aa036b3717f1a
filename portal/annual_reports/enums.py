from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.states import Transitions


class ReportState(TextChoices):
    DRAFT = "draft", _("草稿")
    SENT = "sent", _("已提交")
    ANSWERED = "answered", _("双方已回复")


REPORT_TRANSITIONS: Transitions = {
    ReportState.DRAFT: frozenset({ReportState.SENT}),
    ReportState.SENT: frozenset({ReportState.ANSWERED}),
}


class Side(TextChoices):
    COMMUNITY = "community", _("社区")
    UNIT = "unit", _("单位")
