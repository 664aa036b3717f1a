"""What somebody says against a record while it is shown for objection."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedTextField

from portal.records.enums import ObjectionState
from portal.records.models.records import ServiceRecord


class Objection(models.Model):
    """One person's objection to one record. While it is open the record's period stands still.

    Its words and the answer's may speak of health or family, and rest encrypted.
    """

    record = models.ForeignKey(
        ServiceRecord, verbose_name=_("服务记录"), on_delete=models.PROTECT, related_name="objections"
    )
    objector = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("提出人"), on_delete=models.PROTECT, related_name="record_objections"
    )
    reason = EncryptedTextField(_("理由"))
    state = models.CharField(_("状态"), max_length=12, choices=ObjectionState.choices, default=ObjectionState.OPEN)
    answer = EncryptedTextField(_("答复"), blank=True, null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("答复人"),
        on_delete=models.PROTECT,
        related_name="record_objections_answered",
        null=True,
        blank=True,
    )
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    created_at = models.DateTimeField(_("提出时间"), default=timezone.now)

    class Meta:
        verbose_name = _("对服务记录的异议")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ObjectionState.values), name="record_objection_state_known"),
            models.UniqueConstraint(
                fields=["record", "objector"], condition=Q(state=ObjectionState.OPEN), name="record_objection_open_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ObjectionState.UPHELD, ObjectionState.REJECTED])
                | (
                    Q(answered_by__isnull=False, answered_at__isnull=False, answer__isnull=False)
                    & ~Q(answered_by=F("objector"))
                ),
                name="record_objection_answered_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"  # no name and no reason: the log keeps this label
