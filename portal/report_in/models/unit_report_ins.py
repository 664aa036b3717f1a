"""Units that report in."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedTextField

from portal.organisations.models import Area, Unit
from portal.report_in.enums import OPEN_UNITS, PENDING_UNITS, UnitReportInState

MOST_MEMBERS = 99_999


class UnitReportIn(models.Model):
    """A unit reports in to a community: whom to call, what it offers, how many may come."""

    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="unit_report_ins")
    area = models.ForeignKey(Area, verbose_name=_("社区"), on_delete=models.PROTECT, related_name="unit_report_ins")
    state = models.CharField(
        _("状态"), max_length=12, choices=UnitReportInState.choices, default=UnitReportInState.SUBMITTED
    )
    number = models.CharField(_("回执编号"), max_length=24, unique=True, null=True, blank=True)
    contact_name = models.CharField(_("联系人"), max_length=60)
    contact_phone = models.CharField(_("联系电话"), max_length=40)
    offer = models.CharField(_("能为社区做什么"), max_length=200, blank=True)
    members_expected = models.PositiveIntegerField(
        _("预计报到人数"), null=True, blank=True, validators=[MaxValueValidator(MOST_MEMBERS)]
    )
    reason = EncryptedTextField(_("请补充的原因"), blank=True, null=True)
    submitted_at = models.DateTimeField(_("提交时间"), default=timezone.now)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("提交人"),
        on_delete=models.PROTECT,
        related_name="unit_report_ins_submitted",
    )
    decided_at = models.DateTimeField(_("处理时间"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("处理人"),
        on_delete=models.PROTECT,
        related_name="unit_report_ins_decided",
        null=True,
        blank=True,
    )
    escalated_at = models.DateTimeField(_("超时上报时间"), null=True, blank=True)
    ended_on = models.DateField(_("结束日期"), null=True, blank=True)
    end_reason = EncryptedTextField(_("结束原因"), blank=True, null=True)

    class Meta:
        verbose_name = _("单位报到")
        ordering = ["-submitted_at", "-pk"]
        indexes = [
            models.Index(fields=["area", "state", "submitted_at"], name="unit_report_in_desk"),
            models.Index(
                fields=["submitted_at"],
                condition=Q(state=UnitReportInState.SUBMITTED, escalated_at__isnull=True),
                name="unit_report_in_unanswered",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=UnitReportInState.values), name="unit_report_in_state_known"),
            models.UniqueConstraint(
                fields=["unit", "area"], condition=Q(state__in=OPEN_UNITS), name="unit_report_in_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(state=UnitReportInState.ACCEPTED) | Q(number__isnull=False),
                name="unit_report_in_accepted_has_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} → {self.area} #{self.pk}"

    @property
    def is_pending(self) -> bool:
        return self.state in PENDING_UNITS

    @property
    def is_sent_again(self) -> bool:
        """Whether the unit has answered what the community asked."""
        return bool(self.reason) and self.state == UnitReportInState.SUBMITTED

    @property
    def is_overdue(self) -> bool:
        """Whether the community let the time for an answer pass, so that the level above may answer too."""
        return self.state == UnitReportInState.SUBMITTED and self.escalated_at is not None

    @property
    def was_passed_up(self) -> bool:
        return self.is_pending and self.escalated_at is not None
