"""Who came."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedTextField

from portal.activities.enums import AttendanceState, Road
from portal.activities.models.sign_ups import SignUp


class Attendance(models.Model):
    """Whether the one who signed up came, and for how many minutes. Not public, and never a list of the absent.

    What somebody says to having been missed may speak of health or family, and rests encrypted.
    Closed once a second person has confirmed the minutes; only a reversal of the record opens it again.
    """

    sign_up = models.OneToOneField(SignUp, verbose_name=_("报名"), on_delete=models.PROTECT, related_name="attendance")
    state = models.CharField(
        _("状态"), max_length=12, choices=AttendanceState.choices, default=AttendanceState.EXPECTED
    )
    minutes = models.PositiveIntegerField(_("服务分钟数"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("登记人"),
        on_delete=models.PROTECT,
        related_name="attendances_recorded",
        null=True,
        blank=True,
    )
    recorded_at = models.DateTimeField(_("登记时间"), null=True, blank=True)
    how = models.CharField(_("登记方式"), max_length=12, choices=Road.choices, blank=True, default="", db_default="")
    arrived_at = models.DateTimeField(_("到场时间"), null=True, blank=True)
    left_at = models.DateTimeField(_("离开时间"), null=True, blank=True)
    asked_minutes = models.PositiveIntegerField(_("本人说的分钟数"), null=True, blank=True)
    # Where the last step came from, so that it can be undone; empty after an undo.
    before = models.CharField(
        _("上一步"),
        max_length=12,
        choices=AttendanceState.choices,
        blank=True,
        default="",
        db_default="",
        editable=False,
    )
    reply = EncryptedTextField(_("本人的说明"), blank=True, null=True)
    replied_at = models.DateTimeField(_("说明时间"), null=True, blank=True)
    closed_at = models.DateTimeField(_("核定时间"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("到场")
        indexes = [
            models.Index(
                fields=["sign_up"],
                condition=Q(state=AttendanceState.COMPLETED, closed_at__isnull=True),
                name="attendance_to_confirm",
            )
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AttendanceState.values), name="attendance_state_known"),
            models.CheckConstraint(
                condition=~Q(state=AttendanceState.COMPLETED)
                | Q(minutes__isnull=False, minutes__gt=0, recorded_by__isnull=False),
                name="attendance_completed_has_minutes",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(state=AttendanceState.COMPLETED),
                name="attendance_closed_is_completed",
            ),
            models.CheckConstraint(condition=Q(how__in=["", *Road.values]), name="attendance_road_known"),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(arrived_at__isnull=True) | Q(left_at__gte=F("arrived_at")),
                name="attendance_left_after_arriving",
            ),
            models.CheckConstraint(
                condition=Q(asked_minutes__isnull=True) | Q(asked_minutes__gt=0, asked_minutes__lte=24 * 60),
                name="attendance_asked_minutes_sensible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sign_up} {self.get_state_display()}"

    @property
    def may_be_undone(self) -> bool:
        return bool(self.before) and not self.is_closed

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None
