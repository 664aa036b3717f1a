from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.states import Transitions


class SummaryState(TextChoices):
    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("已完成")


SUMMARY_TRANSITIONS: Transitions = {
    "": frozenset({SummaryState.DRAFT}),
    SummaryState.DRAFT: frozenset({SummaryState.SUBMITTED}),
}
