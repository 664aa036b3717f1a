"""What a community does together."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.activities.enums import ActivityKind, ActivityState, Audience
from portal.activities.models.policies import POLICY_CONSTRAINTS, HandsOutPlaces
from portal.activities.models.series import Series
from portal.organisations.models import Area
from portal.organisations.positions import degrees, whole_position


class Activity(HandsOutPlaces):
    """Something a community does together, with every notice item the law asks for (志愿服务条例 12)."""

    area = models.ForeignKey(Area, verbose_name=_("组织社区"), on_delete=models.PROTECT, related_name="activities")
    code = models.CharField(_("编号"), max_length=24, unique=True)
    title = models.CharField(_("名称"), max_length=80)
    kind = models.CharField(_("类型"), max_length=12, choices=ActivityKind.choices, default=ActivityKind.OTHER)
    summary = models.CharField(_("一句话介绍"), max_length=160, blank=True)
    place = models.CharField(_("地点"), max_length=120, blank=True)
    latitude = degrees(_("集合点纬度"), 90)  # WGS-84, as a phone tells it
    longitude = degrees(_("集合点经度"), 180)
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
    audience = models.CharField(_("谁能看到"), max_length=12, choices=Audience.choices, default=Audience.EVERYONE)
    publish_at = models.DateTimeField(_("定时发布"), null=True, blank=True)
    series = models.ForeignKey(
        Series, verbose_name=_("系列"), on_delete=models.PROTECT, related_name="activities", null=True, blank=True
    )
    series_on = models.DateField(_("系列里的日期"), null=True, blank=True)
    is_own = models.BooleanField(_("单独改过"), default=False)
    cancelled_at = models.DateTimeField(_("取消时间"), null=True, blank=True)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    class Meta:
        verbose_name = _("活动")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["area", "state"], name="activity_area_state")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ActivityState.values), name="activity_state_known"),
            *POLICY_CONSTRAINTS,
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="activity_audience_known"),
            models.CheckConstraint(condition=Q(kind__in=ActivityKind.values), name="activity_kind_known"),
            models.CheckConstraint(
                condition=Q(series__isnull=True, series_on__isnull=True)
                | Q(series__isnull=False, series_on__isnull=False),
                name="activity_series_has_date",
            ),
            whole_position("activity_position_whole"),
            models.UniqueConstraint(fields=["series", "series_on"], name="activity_date_once_in_series"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_for_everyone(self) -> bool:
        """Whether strangers may see it, and machines list it."""
        return self.audience == Audience.EVERYONE

    @property
    def is_published(self) -> bool:
        return self.state == ActivityState.PUBLISHED

    @property
    def is_cancelled(self) -> bool:
        return self.state == ActivityState.CANCELLED

    @property
    def is_over(self) -> bool:
        """Whether it took place: published, and its last shift that was not called off has ended. Reads the shifts."""
        shifts = [shift for shift in self.shifts.all() if not shift.is_called_off] if self.is_published else []
        return bool(shifts) and all(shift.has_ended for shift in shifts)
