from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.activities.models import Activity
from portal.activity_reports.enums import SummaryState


class ActivityReport(models.Model):
    """What came of an activity: people counted and never listed, hours summed from the rows, what was used and done.

    ``materials`` is ``[{"item": str, "quantity": str, "unit": str}]``. ``snapshot`` is frozen when it is submitted, as
    ``queries.Figures`` writes it. ``story`` is the key of the draft the website made of it.
    """

    activity = models.OneToOneField(
        Activity, verbose_name=_("活动"), on_delete=models.PROTECT, related_name="activity_report"
    )
    state = models.CharField(_("状态"), max_length=12, choices=SummaryState.choices)
    achieved = models.TextField(_("做成了什么"), max_length=2000, blank=True)
    materials = models.JSONField(_("用了哪些物资"), default=list, blank=True)
    snapshot = models.JSONField(_("数字快照"), default=dict, blank=True, encoder=DjangoJSONEncoder)
    story = models.BigIntegerField(_("稿子"), null=True, blank=True, editable=False)
    submitted_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("完成人"),
        on_delete=models.PROTECT,
        related_name="activity_reports",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("活动总结")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SummaryState.values), name="activity_report_state_known"),
            models.CheckConstraint(
                condition=Q(state=SummaryState.DRAFT) | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="activity_report_submitted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.activity)

    @property
    def is_submitted(self) -> bool:
        return self.state == SummaryState.SUBMITTED
