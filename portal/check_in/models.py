from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.activities.enums import AttendanceState
from portal.activities.models import Shift, SignUp
from portal.check_in.enums import EventState


class CheckInEvent(models.Model):
    """A tap on a device, as it was sent once the network was back. The device made its key, so it counts once.

    ``client_at`` is what the device's clock said, ``happened_at`` the moment it is taken for.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    device = models.UUIDField(_("设备"))
    seq = models.PositiveBigIntegerField(_("设备上的次序"))
    sign_up = models.ForeignKey(
        SignUp, verbose_name=_("报名"), on_delete=models.CASCADE, related_name="check_in_events"
    )
    seen = models.CharField(_("登记前"), max_length=12, choices=AttendanceState.choices)
    wanted = models.CharField(_("登记为"), max_length=12, choices=AttendanceState.choices)
    has_left = models.BooleanField(_("登记离开"), default=False)
    client_at = models.DateTimeField(_("设备时间"))
    happened_at = models.DateTimeField(_("认定时间"))
    received_at = models.DateTimeField(_("收到时间"), default=timezone.now)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("登记人"), on_delete=models.PROTECT, related_name="check_ins_sent"
    )
    state = models.CharField(_("结果"), max_length=12, choices=EventState.choices)
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("裁定人"),
        on_delete=models.PROTECT,
        related_name="check_ins_resolved",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("设备登记")
        ordering = ["received_at", "pk"]
        indexes = [
            models.Index(fields=["sign_up", "device", "seq"], name="check_in_of_device"),
            models.Index(fields=["received_at"], name="check_in_received"),
            models.Index(fields=["sign_up"], condition=Q(state=EventState.CONFLICT), name="check_in_conflicts"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=EventState.values), name="check_in_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[EventState.KEPT, EventState.TAKEN]) | Q(resolved_by__isnull=False),
                name="check_in_resolved_by_somebody",
            ),
            # One open question a device and person: a later tap answers the one before.
            models.UniqueConstraint(
                fields=["device", "sign_up"], condition=Q(state=EventState.CONFLICT), name="check_in_one_conflict"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sign_up} {self.get_wanted_display()}"


class Tablet(models.Model):
    """A shared tablet at the door of one shift. Its key stands in a cookie alone; here is what recognises it."""

    shift = models.ForeignKey(Shift, verbose_name=_("班次"), on_delete=models.CASCADE, related_name="tablets")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("打开人"), on_delete=models.PROTECT, related_name="tablets_opened"
    )
    opened_at = models.DateTimeField(_("打开时间"), default=timezone.now)
    expires_at = models.DateTimeField(_("到期时间"))
    closed_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("现场平板")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("opened_at")), name="tablet_expires_after_opening"
            )
        ]

    def __str__(self) -> str:
        return f"{self.shift} #{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and timezone.now() < self.expires_at


class Sheet(models.Model):
    """A printed roster: which sign-ups stand on it, in which order. Printed anew when the list has changed."""

    shift = models.ForeignKey(Shift, verbose_name=_("班次"), on_delete=models.CASCADE, related_name="sheets")
    version = models.PositiveIntegerField(_("第几版"))
    lines = models.JSONField(_("顺序"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("打印人"), on_delete=models.PROTECT, related_name="sheets_made"
    )
    made_at = models.DateTimeField(_("打印时间"), default=timezone.now)

    class Meta:
        verbose_name = _("纸质名单")
        ordering = ["-made_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["shift", "version"], name="sheet_version_once")]

    def __str__(self) -> str:
        return f"{self.shift} #{self.version}"
