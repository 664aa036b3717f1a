from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.activities.models import Activity, SignUp
from portal.calendars.enums import DayState
from portal.organisations.models import Area


class CalendarAddress(models.Model):
    """The secret address of a person's calendar. The address itself is nowhere but with the person: here its digest."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("本人"), on_delete=models.CASCADE, related_name="calendar_address"
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("生成时间"), default=timezone.now)

    class Meta:
        verbose_name = _("日历订阅地址")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.pk}"  # no name: the log keeps this label


class SentEvent(models.Model):
    """What a calendar was last told of a sign-up, so that a change is told with a higher number."""

    sign_up = models.OneToOneField(
        SignUp, verbose_name=_("报名"), on_delete=models.CASCADE, related_name="calendar_event"
    )
    digest = models.CharField(max_length=32, editable=False)
    sequence = models.PositiveIntegerField(_("第几次改动"), default=0)
    changed_at = models.DateTimeField(_("改动时间"), default=timezone.now)

    class Meta:
        verbose_name = _("日历里的报名")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.pk}"


class ServiceDay(models.Model):
    """A day on which a city, a district or a street serves together (社区志愿服务日).

    What is on there on that day belongs to it by itself; ``added`` are activities of other days that organisers put in.
    """

    area = models.ForeignKey(Area, verbose_name=_("范围"), on_delete=models.PROTECT, related_name="service_days")
    day = models.DateField(_("日期"))
    name = models.CharField(_("名称"), max_length=60)
    text = models.TextField(_("说明"), max_length=1000, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=DayState.choices)
    added = models.ManyToManyField(Activity, verbose_name=_("另外加入的活动"), related_name="service_days", blank=True)

    class Meta:
        verbose_name = _("社区志愿服务日")
        ordering = ["day", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DayState.values), name="service_day_state_known"),
            models.UniqueConstraint(
                fields=["area", "day"], condition=Q(state=DayState.CALLED), name="service_day_one_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_called_off(self) -> bool:
        return self.state == DayState.CALLED_OFF
