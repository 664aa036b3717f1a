"""An objection to a notice: never public, and forgotten some time after it is closed, or after its notice has ended."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from website.notices.enums import ObjectionState
from website.notices.models.pages import NoticePage


class Objection(models.Model):
    """What somebody objects, with a number to ask by. Name and contact only if they want to give them.

    Who holds the code may read the answer; we keep its fingerprint alone.
    """

    notice = models.ForeignKey(NoticePage, verbose_name=_("公示"), on_delete=models.PROTECT, related_name="objections")
    number = models.CharField(_("编号"), max_length=20, unique=True)
    code_hash = models.CharField(max_length=64, editable=False)
    once_hash = models.CharField(max_length=64, unique=True, editable=False)
    text = models.TextField(_("意见内容"))
    name = models.CharField(_("姓名"), max_length=40, blank=True)
    contact = models.CharField(_("联系方式"), max_length=80, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=ObjectionState.choices, default=ObjectionState.RECEIVED)
    received_at = models.DateTimeField(_("收到时间"), default=timezone.now)
    answer = models.TextField(_("答复"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("答复人"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    closed_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    erased_at = models.DateTimeField(_("清除时间"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("公示意见")
        ordering: ClassVar[list[str]] = ["-received_at", "-pk"]
        constraints: ClassVar[list] = [
            models.CheckConstraint(condition=Q(state__in=ObjectionState.values), name="objection_state_known"),
            models.CheckConstraint(
                condition=Q(state=ObjectionState.RECEIVED, closed_at__isnull=True)
                | (~Q(state=ObjectionState.RECEIVED) & Q(closed_at__isnull=False)),
                name="objection_closed_when_settled",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.state == ObjectionState.RECEIVED and self.erased_at is None
