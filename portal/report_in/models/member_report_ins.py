from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.organisations.models import Area, Unit
from portal.report_in.enums import OPEN, PENDING, ReportInKind, ReportInState


class MemberReportIn(models.Model):
    """A member of a unit reports in to the community where they live."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("报到人"), on_delete=models.PROTECT, related_name="report_ins"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="report_ins", null=True, blank=True
    )
    area = models.ForeignKey(Area, verbose_name=_("社区"), on_delete=models.PROTECT, related_name="report_ins")
    kind = models.CharField(_("类别"), max_length=12, choices=ReportInKind.choices, default=ReportInKind.RESIDENCE)
    state = models.CharField(_("状态"), max_length=12, choices=ReportInState.choices, default=ReportInState.SUBMITTED)
    number = models.CharField(_("回执编号"), max_length=24, unique=True, null=True, blank=True)
    note = models.CharField(_("给社区的话"), max_length=200, blank=True)
    reason = models.CharField(_("请补充的原因"), max_length=200, blank=True)
    submitted_at = models.DateTimeField(_("提交时间"), default=timezone.now)
    decided_at = models.DateTimeField(_("处理时间"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("处理人"),
        on_delete=models.PROTECT,
        related_name="report_ins_decided",
        null=True,
        blank=True,
    )
    expires_on = models.DateField(_("到期日"), null=True, blank=True)
    ended_on = models.DateField(_("结束日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("报到")
        ordering = ["-submitted_at", "-pk"]
        indexes = [models.Index(fields=["area", "state"], name="report_in_area_state")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReportInState.values), name="report_in_state_known"),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(kind=ReportInKind.RESIDENCE, state__in=OPEN),
                name="report_in_one_open_residence",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportInState.ACCEPTED) | Q(number__isnull=False),
                name="report_in_accepted_has_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} #{self.pk}"  # no name: the log keeps this label

    @property
    def is_pending(self) -> bool:
        return self.state in PENDING

    @property
    def is_sent_again(self) -> bool:
        """Whether the person has answered what the community asked."""
        return bool(self.reason) and self.state == ReportInState.SUBMITTED
