"""How an activity hands out its places. Everybody is shown these before they sign up."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.activities.enums import QueuePolicy, SignUpMode


class HandsOutPlaces(models.Model):
    """The part of an activity that says who gets a place, and until when it can be given back."""

    mode = models.CharField(_("报名方式"), max_length=12, choices=SignUpMode.choices, default=SignUpMode.AT_ONCE)
    queue_policy = models.CharField(
        _("名额怎么分"), max_length=12, choices=QueuePolicy.choices, default=QueuePolicy.FIRST_COME
    )
    sign_up_opens_at = models.DateTimeField(_("开始报名"), null=True, blank=True)
    sign_up_closes_at = models.DateTimeField(_("截止报名"), null=True, blank=True)
    newcomers_until = models.DateTimeField(_("新人优先到"), null=True, blank=True)
    draw_at = models.DateTimeField(_("抽签时间"), null=True, blank=True)
    companions_limit = models.PositiveSmallIntegerField(_("每人最多带几人"), default=0)
    takes_minors = models.BooleanField(_("可以带未成年人"), default=False)
    withdraw_hours = models.PositiveSmallIntegerField(_("开始前几小时截止退出"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def withdraw_deadline(self) -> timedelta:
        """How long before the start a place can be given back without a stand-in."""
        hours = settings.WITHDRAW_HOURS if self.withdraw_hours is None else self.withdraw_hours
        return timedelta(hours=hours)

    @property
    def withdraw_deadline_hours(self) -> int:
        return int(self.withdraw_deadline.total_seconds() // 3600)

    @property
    def has_queue(self) -> bool:
        return self.queue_policy != QueuePolicy.NONE

    @property
    def draws(self) -> bool:
        return self.queue_policy == QueuePolicy.DRAW

    @property
    def prefers_newcomers(self) -> bool:
        """Whether newcomers go first now."""
        is_chosen = self.queue_policy == QueuePolicy.NEWCOMERS
        return is_chosen and self.newcomers_until is not None and timezone.now() < self.newcomers_until


POLICY_CONSTRAINTS = [
    models.CheckConstraint(condition=Q(mode__in=SignUpMode.values), name="activity_mode_known"),
    models.CheckConstraint(condition=Q(queue_policy__in=QueuePolicy.values), name="activity_queue_policy_known"),
    models.CheckConstraint(
        condition=~Q(queue_policy=QueuePolicy.DRAW) | Q(draw_at__isnull=False),
        name="activity_draw_has_time",
        violation_error_message=_("请填写抽签时间。"),
    ),
    models.CheckConstraint(
        condition=~Q(queue_policy=QueuePolicy.NEWCOMERS) | Q(newcomers_until__isnull=False),
        name="activity_newcomers_have_time",
        violation_error_message=_("请填写新人优先到什么时候。"),
    ),
]
