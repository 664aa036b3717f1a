"""What somebody did outside the activities that are listed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedTextField

from portal.organisations.models import Area
from portal.records.enums import OwnServiceState

LONGEST = 24 * 60


class OwnService(models.Model):
    """Minutes somebody says they served outside a listed activity; a second person confirms them into a record.

    ``ends_at`` is always ``starts_at`` and ``minutes`` together: it is kept so that the database finds what overlaps.
    Why it was given back may speak of health or family, and rests encrypted.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("服务人"), on_delete=models.PROTECT, related_name="own_services"
    )
    area = models.ForeignKey(Area, verbose_name=_("服务社区"), on_delete=models.PROTECT, related_name="own_services")
    title = models.CharField(_("做了什么"), max_length=120)
    place = models.CharField(_("地点"), max_length=120, blank=True)
    starts_at = models.DateTimeField(_("开始时间"))
    ends_at = models.DateTimeField(_("结束时间"), editable=False)
    minutes = models.PositiveIntegerField(_("分钟数"))
    state = models.CharField(_("状态"), max_length=12, choices=OwnServiceState.choices, default=OwnServiceState.DRAFT)
    reason = EncryptedTextField(_("退回的原因"), blank=True, null=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("登记人"),
        on_delete=models.PROTECT,
        related_name="own_services_recorded",
    )
    recorded_at = models.DateTimeField(_("登记时间"), default=timezone.now)
    submitted_at = models.DateTimeField(_("提交时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("自己登记的服务")
        ordering = ["-starts_at", "-pk"]
        indexes = [
            models.Index(fields=["member", "-starts_at"], name="own_service_of_member"),
            models.Index(
                fields=["area", "submitted_at"],
                condition=Q(state=OwnServiceState.SUBMITTED),
                name="own_service_to_confirm",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=OwnServiceState.values), name="own_service_state_known"),
            models.CheckConstraint(
                condition=Q(minutes__gt=0, minutes__lte=LONGEST),
                name="own_service_minutes_sensible",
                violation_error_message=_("时长要多于 0 分钟，不超过 24 小时。"),
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="own_service_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(state__in=[OwnServiceState.SUBMITTED, OwnServiceState.CONFIRMED])
                | Q(submitted_at__isnull=False),
                name="own_service_submitted_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=OwnServiceState.ASKED_BACK) | Q(reason__isnull=False),
                name="own_service_asked_back_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} #{self.pk}"  # no name: the log keeps this label

    @property
    def is_by_another(self) -> bool:
        """Whether somebody else entered it in the member's place."""
        return self.recorded_by_id != self.member_id

    @property
    def may_be_changed(self) -> bool:
        return self.state in (OwnServiceState.DRAFT, OwnServiceState.ASKED_BACK)

    @property
    def may_be_withdrawn(self) -> bool:
        return self.state in (OwnServiceState.DRAFT, OwnServiceState.ASKED_BACK, OwnServiceState.SUBMITTED)
