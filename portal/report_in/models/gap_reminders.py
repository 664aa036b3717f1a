"""Who was reminded to report in, and when."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.notices.enums import Channel
from portal.phones import PhoneField


class GapReminder(models.Model):
    """The last reminder to one phone, whichever unit sent it; erased when it no longer keeps the next one back."""

    phone = PhoneField(_("手机号"), unique=True)
    sent_at = models.DateTimeField(_("提醒时间"), null=True, blank=True)
    channel = models.CharField(_("渠道"), max_length=8, choices=Channel.choices, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("提醒人"),
        on_delete=models.SET_NULL,
        related_name="gap_reminders_sent",
        null=True,
        blank=True,
    )
    created_at = models.DateTimeField(_("登记时间"), default=timezone.now)

    class Meta:
        verbose_name = _("报到提醒")
        indexes = [models.Index(fields=["sent_at"], name="gap_reminder_age")]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.pk}"  # no phone: the log keeps this label
