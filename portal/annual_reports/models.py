from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.annual_reports.enums import ReportState, Side
from portal.organisations.models import Area, Unit


class ReportingYear(models.Model):
    """A year members report on, and the days on which they may."""

    year = models.PositiveIntegerField(_("年度"), unique=True)
    opens_on = models.DateField(_("开始填报"))
    closes_on = models.DateField(_("截止填报"))

    class Meta:
        verbose_name = verbose_name_plural = _("报告年度")
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="reporting_year_closes_after_open",
                violation_error_message=_("截止日期不能早于开始日期。"),
            )
        ]

    def __str__(self) -> str:
        return str(self.year)

    @property
    def is_open(self) -> bool:
        return self.opens_on <= timezone.localdate() <= self.closes_on

    @property
    def is_upcoming(self) -> bool:
        return timezone.localdate() < self.opens_on


class AnnualReport(models.Model):
    """A member's one report for a year. Sent once, it reaches community and unit.

    ``snapshot`` is frozen when it is sent: ``{"minutes": int, "count": int, "communities": [str],
    "records": [{"served_on": "YYYY-MM-DD", "title": str, "area": str, "minutes": int}]}``.
    """

    year = models.ForeignKey(ReportingYear, verbose_name=_("年度"), on_delete=models.PROTECT, related_name="reports")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("报告人"), on_delete=models.PROTECT, related_name="annual_reports"
    )
    state = models.CharField(_("状态"), max_length=12, choices=ReportState.choices, default=ReportState.DRAFT)
    summary = models.TextField(_("本年服务情况"))
    plan = models.TextField(_("下一年打算"), blank=True)
    snapshot = models.JSONField(_("记录快照"), default=dict, blank=True, encoder=DjangoJSONEncoder)
    sent_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    class Meta:
        verbose_name = _("年度报告")
        ordering = ["-year__year", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="report_state_known"),
            models.UniqueConstraint(fields=["year", "member"], name="report_one_a_year"),
            models.CheckConstraint(
                condition=Q(state=ReportState.DRAFT) | Q(sent_at__isnull=False), name="report_sent_has_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} #{self.pk}"  # no name: the log keeps this label

    @property
    def is_draft(self) -> bool:
        return self.state == ReportState.DRAFT


class Receipt(models.Model):
    """One recipient's copy of a report: the community's or the unit's, with its reply."""

    report = models.ForeignKey(AnnualReport, verbose_name=_("报告"), on_delete=models.CASCADE, related_name="receipts")
    side = models.CharField(_("接收方"), max_length=12, choices=Side.choices)
    area = models.ForeignKey(
        Area, verbose_name=_("社区"), on_delete=models.PROTECT, related_name="report_receipts", null=True, blank=True
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="report_receipts", null=True, blank=True
    )
    received_at = models.DateTimeField(_("送达时间"))
    acknowledged_at = models.DateTimeField(_("回复时间"), null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("回复人"),
        on_delete=models.PROTECT,
        related_name="report_receipts_acknowledged",
        null=True,
        blank=True,
    )
    reply = models.CharField(_("回复"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("报告回执")
        ordering = ["side"]
        constraints = [
            models.UniqueConstraint(fields=["report", "side"], name="receipt_one_a_side"),
            models.CheckConstraint(
                condition=Q(side=Side.COMMUNITY, area__isnull=False, unit__isnull=True)
                | Q(side=Side.UNIT, unit__isnull=False, area__isnull=True),
                name="receipt_has_its_recipient",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True) | (Q(acknowledged_by__isnull=False) & ~Q(reply="")),
                name="receipt_acknowledged_with_a_reply",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} → {self.recipient}"

    @property
    def recipient(self) -> Area | Unit | None:
        return self.area or self.unit

    @property
    def is_answered(self) -> bool:
        return self.acknowledged_at is not None
