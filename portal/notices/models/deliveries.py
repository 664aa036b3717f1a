import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.notices.enums import Channel, DeliveryState, MessageKind
from portal.notices.models.messages import Message

LONGEST_TEXT = 300


class Delivery(models.Model):
    """A message on its way out of the house by one channel. The row is the queue: no job is needed to find it again.

    Of a ``message`` to somebody with an account, or a ``text`` to a bare ``phone``, which is forgotten once the row
    is closed. ``key`` is what a gateway knows a repetition by. ``useless_after`` is when nobody needs it any more.
    """

    message = models.ForeignKey(
        Message, verbose_name=_("消息"), on_delete=models.CASCADE, related_name="deliveries", null=True, blank=True
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("收件人"),
        on_delete=models.CASCADE,
        related_name="deliveries",
        null=True,
        blank=True,
    )
    phone = models.CharField(_("手机号"), max_length=32, blank=True)
    text = models.CharField(_("短信内容"), max_length=LONGEST_TEXT, blank=True)
    kind = models.CharField(_("类别"), max_length=12, choices=MessageKind.choices)
    channel = models.CharField(_("渠道"), max_length=8, choices=Channel.choices)
    state = models.CharField(_("状态"), max_length=12, choices=DeliveryState.choices, default=DeliveryState.QUEUED)
    key = models.UUIDField(_("发送编号"), default=uuid.uuid4, unique=True, editable=False)
    once = models.CharField(_("唯一键"), max_length=120, blank=True)
    waits_for_digest = models.BooleanField(_("等着合在一封里"), default=False)
    digest = models.ForeignKey(
        "self", verbose_name=_("合在哪一封"), on_delete=models.SET_NULL, related_name="parts", null=True, blank=True
    )
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    created_at = models.DateTimeField(_("排队时间"), default=timezone.now)
    next_attempt_at = models.DateTimeField(_("下次尝试"), default=timezone.now)
    handed_out_at = models.DateTimeField(_("交给后台的时间"), null=True, blank=True)
    leased_until = models.DateTimeField(_("占用至"), null=True, blank=True)
    useless_after = models.DateTimeField(_("过了就不用发"), null=True, blank=True)
    sent_at = models.DateTimeField(_("发出时间"), null=True, blank=True)
    error = models.CharField(_("原因"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("发送")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(state__in=[DeliveryState.QUEUED, DeliveryState.FAILED, DeliveryState.SENDING]),
                name="delivery_open",
            ),
            models.Index(fields=["phone"], condition=~Q(phone=""), name="delivery_phone"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DeliveryState.values), name="delivery_state_known"),
            models.CheckConstraint(condition=Q(kind__in=MessageKind.values), name="delivery_kind_known"),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.SENDING) | Q(leased_until__isnull=False), name="delivery_sending_ends"
            ),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.SENT) | Q(sent_at__isnull=False), name="delivery_sent_has_time"
            ),
            models.UniqueConstraint(fields=["once"], condition=~Q(once=""), name="delivery_once"),
            models.UniqueConstraint(
                fields=["message", "channel"],
                condition=Q(message__isnull=False),
                name="delivery_one_a_message_and_channel",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} #{self.pk}"  # no phone: this may stand in a log
