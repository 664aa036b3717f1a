"""Dates that follow a rule."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.activities.enums import Frequency
from portal.activities.recurring import Recurrence
from portal.organisations.models import Area


class Series(models.Model):
    """A rule and what was made by it: each date is an activity of its own, with its own sign-ups and records."""

    area = models.ForeignKey(Area, verbose_name=_("组织社区"), on_delete=models.PROTECT, related_name="series")
    title = models.CharField(_("名称"), max_length=80)
    first_on = models.DateField(_("第一次"))
    frequency = models.CharField(_("怎样重复"), max_length=16, choices=Frequency.choices)
    interval = models.PositiveSmallIntegerField(_("间隔"), default=1)
    count = models.PositiveSmallIntegerField(_("次数"), null=True, blank=True)
    until = models.DateField(_("到哪天为止"), null=True, blank=True)
    except_on = models.JSONField(_("跳过的日期"), default=list, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("创建人"), on_delete=models.PROTECT, related_name="series_created"
    )
    created_at = models.DateTimeField(_("创建时间"), default=timezone.now)

    class Meta:
        verbose_name = _("系列活动")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(frequency__in=Frequency.values), name="series_frequency_known"),
            models.CheckConstraint(condition=Q(interval__gte=1, interval__lte=12), name="series_interval_in_reason"),
            models.CheckConstraint(
                condition=Q(count__isnull=False, until__isnull=True) | Q(count__isnull=True, until__isnull=False),
                name="series_ends_one_way",
                violation_error_message=_("次数和截止日期请只写一个。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def rule(self) -> Recurrence:
        skipped = frozenset(date.fromisoformat(day) for day in self.except_on)
        return Recurrence(self.first_on, self.frequency, self.interval, self.count, self.until, skipped)
