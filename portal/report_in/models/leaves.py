"""Times in which nothing is asked of a person."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedTextField

from portal.organisations.models import Area, Unit
from portal.report_in.enums import LeaveKind, LeaveState


class Leave(models.Model):
    """A leave, an illness, a posting away or an exemption. Why is for the person and whoever decides; nobody else."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("本人"), on_delete=models.PROTECT, related_name="leaves"
    )
    kind = models.CharField(_("类别"), max_length=12, choices=LeaveKind.choices)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))
    reason = EncryptedTextField(_("原因"), blank=True, null=True)
    state = models.CharField(_("状态"), max_length=12, choices=LeaveState.choices, default=LeaveState.REQUESTED)
    unit = models.ForeignKey(
        Unit, verbose_name=_("答复的单位"), on_delete=models.PROTECT, related_name="leaves", null=True, blank=True
    )
    area = models.ForeignKey(
        Area, verbose_name=_("答复的社区"), on_delete=models.PROTECT, related_name="leaves", null=True, blank=True
    )
    requested_at = models.DateTimeField(_("申请时间"), default=timezone.now)
    decided_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("答复人"),
        on_delete=models.PROTECT,
        related_name="leaves_decided",
        null=True,
        blank=True,
    )
    answer = EncryptedTextField(_("答复"), blank=True, null=True)

    class Meta:
        verbose_name = _("请假")
        ordering = ["-starts_on", "-pk"]
        indexes = [
            models.Index(fields=["person", "state", "ends_on"], name="leave_of_person"),
            models.Index(fields=["unit", "state"], name="leave_of_unit"),
            models.Index(fields=["area", "state"], name="leave_of_area"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=LeaveState.values), name="leave_state_known"),
            models.CheckConstraint(condition=Q(kind__in=LeaveKind.values), name="leave_kind_known"),
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="leave_ends_after_start"),
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | Q(area__isnull=False), name="leave_has_somebody_to_decide"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(state=LeaveState.REQUESTED), name="leave_one_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.pk}"  # neither name nor kind: the log keeps this label

    def covers(self, day: date) -> bool:
        """Return whether nothing is asked of the person on ``day``."""
        return self.state == LeaveState.GRANTED and self.starts_on <= day <= self.ends_on

    @property
    def is_open(self) -> bool:
        return self.state in (LeaveState.REQUESTED, LeaveState.GRANTED)
