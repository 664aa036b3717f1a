from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.notices.enums import Channel, MessageKind


class Message(models.Model):
    """One line in a person's inbox, which is what was told; mails and text messages only repeat it.

    ``once`` is the key that keeps the same thing from being told twice. ``number`` is how often it happened, where a
    day's events are told as one. What is muted stands in the inbox and calls for nobody.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("收件人"), on_delete=models.CASCADE, related_name="inbox_messages"
    )
    kind = models.CharField(_("类别"), max_length=12, choices=MessageKind.choices, default=MessageKind.NOTICE)
    title = models.CharField(_("标题"), max_length=120)
    body = models.TextField(_("内容"), blank=True)
    url = models.CharField(_("链接"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("时间"), default=timezone.now)
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)
    is_muted = models.BooleanField(_("不提醒"), default=False)
    once = models.CharField(_("唯一键"), max_length=120, blank=True)
    mailing = models.ForeignKey(
        "Mailing", verbose_name=_("群发消息"), on_delete=models.PROTECT, related_name="messages", null=True, blank=True
    )
    number = models.PositiveIntegerField(_("次数"), default=1)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["recipient", "-created_at"], name="message_inbox")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MessageKind.values), name="message_kind_known"),
            models.UniqueConstraint(fields=["recipient", "once"], condition=~Q(once=""), name="message_told_once"),
        ]

    def __str__(self) -> str:
        return self.title


class MailboxEntry(models.Model):
    """What a demo would have sent by SMS or e-mail; shown on the demo's mailbox page, never used on a real site.

    ``key`` is what a repetition is known by; the same comes to the same recipient once.
    """

    channel = models.CharField(_("渠道"), max_length=8, choices=Channel.choices)
    recipient = models.CharField(_("收件人"), max_length=254)
    subject = models.CharField(_("主题"), max_length=200, blank=True)
    body = models.TextField(_("内容"))
    key = models.CharField(_("发送编号"), max_length=200, blank=True, editable=False)
    created_at = models.DateTimeField(_("时间"), default=timezone.now)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["key", "recipient"], condition=~Q(key=""), name="mailbox_key_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.recipient}"
