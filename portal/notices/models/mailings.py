import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.notices.enums import MailingState


class Mailing(models.Model):
    """What an organiser wrote to an audience. ``token`` is given to the page it is written on: sent twice, it is one.

    ``last_person`` is how far the worker has come; whoever takes over goes on from there.
    """

    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("发信人"), on_delete=models.PROTECT, related_name="mailings"
    )
    audience = models.CharField(_("写给谁"), max_length=40)
    target = models.CharField(_("对象"), max_length=40)
    label = models.CharField(_("对象名称"), max_length=160)
    title = models.CharField(_("标题"), max_length=60)
    body = models.TextField(_("内容"), max_length=1000)
    token = models.UUIDField(_("唯一键"), default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(_("状态"), max_length=12, choices=MailingState.choices)
    last_person = models.BigIntegerField(default=0, editable=False)
    reached = models.PositiveIntegerField(_("送到人数"), default=0)
    created_at = models.DateTimeField(_("发送时间"), default=timezone.now)
    worked_on_at = models.DateTimeField(_("处理时间"), default=timezone.now)

    class Meta:
        verbose_name = _("群发消息")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["worked_on_at"], condition=Q(state=MailingState.QUEUED), name="mailing_unfinished")
        ]
        constraints = [models.CheckConstraint(condition=Q(state__in=MailingState.values), name="mailing_state_known")]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.pk}"  # no title: the log keeps this label
