"""What counts."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedTextField

from portal.activities.models import Attendance
from portal.organisations.models import Area
from portal.records.enums import RecordState
from portal.records.models.own_service import OwnService


class ServiceRecord(models.Model):
    """Minutes a member served, recorded by one person and confirmed by another.

    It stays with the community it was served in, on its date, and comes from exactly one source: an attendance or
    somebody's own service. ``paused_on`` is the day from which an objection stops its period.
    Why it was reversed is also the answer to the objections it upholds, and rests encrypted as they do.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("服务人"), on_delete=models.PROTECT, related_name="service_records"
    )
    area = models.ForeignKey(Area, verbose_name=_("服务社区"), on_delete=models.PROTECT, related_name="service_records")
    attendance = models.ForeignKey(
        Attendance,
        verbose_name=_("到场"),
        on_delete=models.PROTECT,
        related_name="service_records",
        null=True,
        blank=True,
    )
    own_service = models.ForeignKey(
        OwnService,
        verbose_name=_("自己登记的服务"),
        on_delete=models.PROTECT,
        related_name="service_records",
        null=True,
        blank=True,
    )
    corrects = models.OneToOneField(
        "self",
        verbose_name=_("更正的是"),
        on_delete=models.PROTECT,
        related_name="corrected_by",
        null=True,
        blank=True,
    )
    title = models.CharField(_("服务内容"), max_length=120)
    served_on = models.DateField(_("服务日期"))
    minutes = models.PositiveIntegerField(_("分钟数"))
    state = models.CharField(_("状态"), max_length=12, choices=RecordState.choices, default=RecordState.RECORDED)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("登记人"), on_delete=models.PROTECT, related_name="records_recorded"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("确认人"),
        on_delete=models.PROTECT,
        related_name="records_confirmed",
        null=True,
        blank=True,
    )
    recorded_at = models.DateTimeField(_("登记时间"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    objections_until = models.DateField(_("公示截止"), null=True, blank=True)
    posted_at = models.DateTimeField(_("入账时间"), null=True, blank=True)
    reversed_at = models.DateTimeField(_("冲销时间"), null=True, blank=True)
    paused_on = models.DateField(_("公示暂停"), null=True, blank=True)
    reversal_reason = EncryptedTextField(_("冲销原因"), blank=True, null=True)

    class Meta:
        verbose_name = _("服务记录")
        ordering = ["-served_on", "-pk"]
        indexes = [
            models.Index(fields=["member", "-served_on"], name="record_of_member"),
            models.Index(
                fields=["objections_until"], condition=Q(state=RecordState.CONFIRMED), name="record_open_to_objection"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RecordState.values), name="record_state_known"),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="record_has_minutes"),
            models.CheckConstraint(
                condition=Q(attendance__isnull=False, own_service__isnull=True)
                | Q(attendance__isnull=True, own_service__isnull=False),
                name="record_has_one_source",
            ),
            models.UniqueConstraint(
                fields=["own_service"], condition=~Q(state=RecordState.REVERSED), name="record_once_for_an_own_service"
            ),
            models.UniqueConstraint(
                fields=["attendance"], condition=~Q(state=RecordState.REVERSED), name="record_once_for_an_attendance"
            ),
            models.CheckConstraint(
                condition=~Q(state=RecordState.REVERSED) | Q(reversal_reason__isnull=False),
                name="record_reversed_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=RecordState.POSTED) | Q(paused_on__isnull=True), name="record_posted_is_not_paused"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[RecordState.CONFIRMED, RecordState.POSTED])
                | (
                    Q(confirmed_by__isnull=False)
                    & ~Q(confirmed_by=F("recorded_by"))
                    & ~Q(confirmed_by=F("member"))
                    & Q(confirmed_at__isnull=False)
                ),
                name="record_confirmed_by_a_second_person",
                violation_error_message=_("服务记录要由登记人和本人之外的另一位工作人员确认。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} #{self.pk}"  # no name: the log keeps this label

    @property
    def is_paused(self) -> bool:
        return self.paused_on is not None

    @property
    def is_open_to_objection(self) -> bool:
        """Whether somebody may still object: confirmed, and its last day is not over or stands still."""
        if self.state != RecordState.CONFIRMED or self.objections_until is None:
            return False
        return self.is_paused or timezone.localdate() <= self.objections_until
