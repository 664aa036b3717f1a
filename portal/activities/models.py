from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.activities.enums import OPEN, ActivityState, AttendanceState, SignUpState
from portal.organisations.models import Area


class Activity(models.Model):
    """Something a community does together, with every notice item the law asks for (志愿服务条例 12)."""

    area = models.ForeignKey(Area, verbose_name=_("组织社区"), on_delete=models.PROTECT, related_name="activities")
    code = models.CharField(_("编号"), max_length=24, unique=True)
    title = models.CharField(_("名称"), max_length=80)
    summary = models.CharField(_("一句话介绍"), max_length=160, blank=True)
    place = models.CharField(_("地点"), max_length=120, blank=True)
    content = models.TextField(_("活动内容"), blank=True)
    conditions = models.CharField(_("参加条件"), max_length=300, blank=True)
    risks = models.CharField(_("可能的风险"), max_length=300, blank=True)
    safeguards = models.CharField(_("保障措施"), max_length=300, blank=True)
    contact_name = models.CharField(_("联系人"), max_length=60, blank=True)
    contact_phone = models.CharField(_("联系电话"), max_length=40, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=ActivityState.choices, default=ActivityState.DRAFT)
    cancel_reason = models.CharField(_("取消原因"), max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("创建人"), on_delete=models.PROTECT, related_name="activities_created"
    )
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("取消时间"), null=True, blank=True)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    class Meta:
        verbose_name = _("活动")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["area", "state"], name="activity_area_state")]
        constraints = [models.CheckConstraint(condition=Q(state__in=ActivityState.values), name="activity_state_known")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_published(self) -> bool:
        return self.state == ActivityState.PUBLISHED

    @property
    def is_cancelled(self) -> bool:
        return self.state == ActivityState.CANCELLED

    @property
    def is_over(self) -> bool:
        """Whether it took place: published, and its last shift has ended. Reads the shifts."""
        shifts = list(self.shifts.all()) if self.is_published else []
        return bool(shifts) and all(shift.has_ended for shift in shifts)


class Shift(models.Model):
    """One span of time in an activity, with a number of places.

    ``places_taken`` counts the sign-ups that hold a place. It changes only together with their state, under the lock
    of this row, and the database refuses a count above the capacity.
    """

    activity = models.ForeignKey(Activity, verbose_name=_("活动"), on_delete=models.CASCADE, related_name="shifts")
    name = models.CharField(_("班次名称"), max_length=60, blank=True)
    starts_at = models.DateTimeField(_("开始时间"))
    ends_at = models.DateTimeField(_("结束时间"))
    capacity = models.PositiveIntegerField(_("名额"))
    places_taken = models.PositiveIntegerField(_("已占名额"), default=0, editable=False)

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
    def takes_attendance(self) -> bool:
        is_known = self.activity.published_at is not None
        return is_known and not self.was_called_off and self.attendance_opens_at <= timezone.now()

    @property
    def was_called_off(self) -> bool:
        return self.activity.cancelled_at is not None and self.starts_at >= self.activity.cancelled_at


class SignUp(models.Model):
    """A member's place on a shift, or their place in its queue."""

    shift = models.ForeignKey(Shift, verbose_name=_("班次"), on_delete=models.PROTECT, related_name="sign_ups")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("报名人"), on_delete=models.PROTECT, related_name="sign_ups"
    )
    state = models.CharField(_("状态"), max_length=12, choices=SignUpState.choices)
    queued_at = models.DateTimeField(_("排队时间"), null=True, blank=True)
    offered_until = models.DateTimeField(_("保留至"), null=True, blank=True)
    created_at = models.DateTimeField(_("报名时间"), default=timezone.now)

    class Meta:
        verbose_name = _("报名")
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["shift", "state", "queued_at"], name="sign_up_queue")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SignUpState.values), name="sign_up_state_known"),
            models.UniqueConstraint(fields=["shift", "member"], name="sign_up_never_twice"),
            models.CheckConstraint(
                condition=~Q(state=SignUpState.WAITING) | Q(queued_at__isnull=False), name="sign_up_waiting_has_time"
            ),
            models.CheckConstraint(
                condition=~Q(state=SignUpState.OFFERED) | Q(offered_until__isnull=False), name="sign_up_offer_expires"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shift} #{self.pk}"  # no name: the log keeps this label

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class Attendance(models.Model):
    """Whether the one who signed up came, and for how many minutes. Not public, and never a list of the absent.

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
        ]

    def __str__(self) -> str:
        return f"{self.sign_up} {self.get_state_display()}"

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None
