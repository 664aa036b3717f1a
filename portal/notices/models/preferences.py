from datetime import datetime, time

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.notices.enums import EVENING_HOURS, MUST, WAYS, Channel, Digest, Lead, MessageKind
from portal.notices.hours import quiet_by_default, reminder_moments


class Preference(models.Model):
    """How a person wants to be told. Where there is no row, or a kind is not named in it, the house's own rule holds.

    ``choices`` says for a kind ``{"email": bool, "sms": bool, "muted": bool}``. Quiet hours are local; the same time
    twice means none, and none chosen means the house's.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("本人"),
        on_delete=models.CASCADE,
        related_name="notice_preference",
    )
    choices = models.JSONField(_("各类消息"), default=dict, blank=True)
    quiet_from = models.TimeField(_("从几点起不打扰"), null=True, blank=True)
    quiet_until = models.TimeField(_("到几点为止"), null=True, blank=True)
    lead = models.CharField(_("活动前提醒"), max_length=12, choices=Lead.choices, default=Lead.EVENING_BEFORE)
    evening_hour = models.PositiveSmallIntegerField(_("前一天几点提醒"), default=18)
    digest = models.CharField(_("不急的邮件"), max_length=12, choices=Digest.choices, default=Digest.DAILY)
    digest_hour = models.PositiveSmallIntegerField(_("几点发"), default=18)
    tallies = models.BooleanField(_("单位成员报到的消息每天合成一条"), default=True)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    class Meta:
        verbose_name = _("提醒设置")
        constraints = [
            models.CheckConstraint(condition=Q(lead__in=Lead.values), name="preference_lead_known"),
            models.CheckConstraint(condition=Q(digest__in=Digest.values), name="preference_digest_known"),
            models.CheckConstraint(condition=Q(digest_hour__lt=24), name="preference_hour_of_a_day"),
            models.CheckConstraint(condition=Q(evening_hour__in=EVENING_HOURS), name="preference_hour_of_an_evening"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.pk}"

    def moments_before(self, begins: datetime) -> tuple[datetime, ...]:
        """Return when its person is to be reminded of what ``begins`` then (``hours.reminder_moments``)."""
        quiet_from, quiet_until = self.quiet_hours
        return reminder_moments(
            begins, lead=self.lead, hour=self.evening_hour, quiet_from=quiet_from, quiet_until=quiet_until
        )

    @property
    def quiet_hours(self) -> tuple[time, time]:
        if self.quiet_from is None or self.quiet_until is None:
            return quiet_by_default()
        return self.quiet_from, self.quiet_until

    def is_muted(self, kind: MessageKind) -> bool:
        return kind not in MUST and bool(self.choices.get(kind, {}).get("muted", False))

    def wants(self, kind: MessageKind, channel: Channel) -> bool:
        """Return whether ``kind`` may reach its person by ``channel``; consent to text messages is another question."""
        ways = WAYS[kind]
        if channel not in ways or self.is_muted(kind):
            return False
        if kind in MUST:
            return True
        return bool(self.choices.get(kind, {}).get(channel, ways[channel]))
