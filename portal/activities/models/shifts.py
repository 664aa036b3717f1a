"""When it is done, and for how many."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.activities.enums import Posture, ShiftState
from portal.activities.models.activities import Activity


class Shift(models.Model):
    """One span of time in an activity, with a number of places.

    ``places_taken`` counts the sign-ups that hold a place. It changes only together with their state, under the lock
    of this row, and the database refuses a count above the capacity. ``slot`` is the same on every date of a series
    that was made from the same shift, whatever has become of its times. ``posture`` is empty where positions say it.
    """

    activity = models.ForeignKey(Activity, verbose_name=_("活动"), on_delete=models.CASCADE, related_name="shifts")
    name = models.CharField(_("班次名称"), max_length=60, blank=True)
    starts_at = models.DateTimeField(_("开始时间"))
    ends_at = models.DateTimeField(_("结束时间"))
    minimum = models.PositiveIntegerField(_("最少人数"), default=0)
    capacity = models.PositiveIntegerField(_("名额"))
    posture = models.CharField(
        _("坐着还是站着"), max_length=8, choices=Posture.choices, blank=True, default="", db_default=""
    )
    places_taken = models.PositiveIntegerField(_("已占名额"), default=0, editable=False)
    slot = models.UUIDField(_("在系列里的位置"), default=uuid4, editable=False)
    state = models.CharField(
        _("状态"), max_length=12, choices=ShiftState.choices, default=ShiftState.PLANNED, db_default=ShiftState.PLANNED
    )
    called_off_at = models.DateTimeField(_("取消时间"), null=True, blank=True, editable=False)
    call_off_reason = models.CharField(_("取消原因"), max_length=200, blank=True, default="", db_default="")

    class Meta:
        verbose_name = _("班次")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["starts_at"], name="shift_starts_at")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="shift_ends_after_start",
                violation_error_message=_("结束时间要晚于开始时间。"),
            ),
            models.CheckConstraint(
                condition=Q(capacity__gte=1), name="shift_has_a_place", violation_error_message=_("至少要有一个名额。")
            ),
            models.CheckConstraint(condition=Q(places_taken__lte=F("capacity")), name="shift_never_over_capacity"),
            models.CheckConstraint(
                condition=Q(minimum__lte=F("capacity")),
                name="shift_minimum_fits",
                violation_error_message=_("最少人数不能多于名额。"),
            ),
            models.UniqueConstraint(fields=["activity", "slot"], name="shift_slot_once"),
            models.CheckConstraint(condition=Q(state__in=ShiftState.values), name="shift_state_known"),
            models.CheckConstraint(condition=Q(posture__in=["", *Posture.values]), name="shift_posture_known"),
            models.CheckConstraint(
                condition=Q(state=ShiftState.PLANNED, called_off_at__isnull=True, call_off_reason="")
                | (
                    Q(state=ShiftState.CALLED_OFF, called_off_at__isnull=False, places_taken=0) & ~Q(call_off_reason="")
                ),
                name="shift_called_off_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.activity)

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def has_started(self) -> bool:
        return self.starts_at <= timezone.now()

    @property
    def has_ended(self) -> bool:
        return self.ends_at <= timezone.now()

    @property
    def places_left(self) -> int:
        return self.capacity - self.places_taken

    @property
    def attendance_opens_at(self) -> datetime:
        return self.starts_at - timedelta(minutes=settings.ATTENDANCE_OPENS_MINUTES)

    @property
    def attendance_ends_at(self) -> datetime:
        """Until when people speak for themselves; organisers may note later."""
        return self.ends_at + timedelta(minutes=settings.ATTENDANCE_GRACE_MINUTES)

    @property
    def is_on(self) -> bool:
        """Whether people may come now."""
        return self.takes_attendance and timezone.now() <= self.attendance_ends_at

    @property
    def takes_attendance(self) -> bool:
        is_known = self.activity.published_at is not None
        return is_known and not self.was_called_off and self.attendance_opens_at <= timezone.now()

    @property
    def is_called_off(self) -> bool:
        """Whether this shift was called off while the activity goes on."""
        return self.state == ShiftState.CALLED_OFF

    @property
    def was_called_off(self) -> bool:
        """Whether it does not take place, by itself or with its activity."""
        cancelled_at = self.activity.cancelled_at
        return self.is_called_off or (cancelled_at is not None and self.starts_at >= cancelled_at)

    @property
    def off_reason(self) -> str:
        """Return why it does not take place."""
        return self.call_off_reason or self.activity.cancel_reason
