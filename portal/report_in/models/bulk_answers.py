"""Many report-ins answered with one click."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.report_in.enums import BulkAnswerState


class BulkAnswer(models.Model):
    """Report-ins somebody chose to receive at once, and how far the worker is with them.

    ``token`` is given to the page they are chosen on: sent twice, it is one. ``broke_at`` is the ``progress`` at which
    an error stopped the worker.
    """

    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("谁"), on_delete=models.PROTECT, related_name="bulk_answers"
    )
    token = models.UUIDField(_("唯一键"), default=uuid.uuid4, editable=False)
    state = models.CharField(_("状态"), max_length=8, choices=BulkAnswerState.choices, default=BulkAnswerState.RUNNING)
    chosen = models.JSONField(
        _("勾选的"), default=list, blank=True
    )  # keys of report-ins, in the order they are answered
    progress = models.PositiveIntegerField(_("已处理"), default=0)
    broke_at = models.PositiveIntegerField(_("出故障时已处理"), null=True, blank=True, editable=False)
    accepted = models.PositiveIntegerField(_("已确认"), default=0)
    refused = models.JSONField(_("没有确认成的"), default=dict, blank=True)  # the reason → keys of report-ins
    started_at = models.DateTimeField(_("开始时间"), default=timezone.now)
    worked_on_at = models.DateTimeField(_("最近处理时间"), default=timezone.now)

    class Meta:
        verbose_name = _("批量确认")
        ordering = ["-started_at", "-pk"]
        indexes = [
            models.Index(fields=["asker", "state"], name="bulk_answer_of_asker"),
            models.Index(
                fields=["worked_on_at"], condition=Q(state=BulkAnswerState.RUNNING), name="bulk_answer_running"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["asker", "token"], name="bulk_answer_once"),
            models.CheckConstraint(condition=Q(state__in=BulkAnswerState.values), name="bulk_answer_state_known"),
            models.CheckConstraint(condition=Q(accepted__lte=F("progress")), name="bulk_answer_accepted_of_progress"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.pk}"

    @property
    def total(self) -> int:
        return len(self.chosen)
