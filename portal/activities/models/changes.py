"""What was changed after people had signed up."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.activities.enums import OnSilence
from portal.activities.models.activities import Activity


class MaterialChange(models.Model):
    """A change people must know of before they come: its time, or what ``queries.MATERIAL`` names.

    ``items`` holds for each thing changed its ``label``, ``before`` and ``after`` as people were told them.
    """

    activity = models.ForeignKey(Activity, verbose_name=_("活动"), on_delete=models.CASCADE, related_name="changes")
    items = models.JSONField(_("改动"))
    reconfirm_by = models.DateTimeField(_("请在这之前确认"))
    on_silence = models.CharField(_("没有回答的人"), max_length=8, choices=OnSilence.choices, default=OnSilence.KEEP)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("修改人"), on_delete=models.PROTECT, related_name="changes_made"
    )
    made_at = models.DateTimeField(_("修改时间"), default=timezone.now)

    class Meta:
        verbose_name = _("重要改动")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(on_silence__in=OnSilence.values), name="change_on_silence_known")
        ]

    def __str__(self) -> str:
        return f"{self.activity} #{self.pk}"
