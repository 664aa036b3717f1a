from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.activities.models import SignUp


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
