"""The lot that decides who gets a place, so that anybody can check it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.activities.models.activities import Activity


class Draw(models.Model):
    """A secret fixed beforehand by its hash, and shown once it has decided.

    ``commitment`` is the SHA-256 of ``seed`` and public from the start; ``seed`` is public from ``drawn_at`` on.
    ``result`` lists for each queue the sign-up numbers in the order they were drawn.
    """

    activity = models.OneToOneField(Activity, verbose_name=_("活动"), on_delete=models.CASCADE, related_name="draw")
    seed = models.CharField(_("种子"), max_length=64, editable=False)
    commitment = models.CharField(_("种子的指纹"), max_length=64, editable=False)
    committed_at = models.DateTimeField(_("定下种子的时间"), default=timezone.now)
    drawn_at = models.DateTimeField(_("抽签时间"), null=True, blank=True)
    result = models.JSONField(_("结果"), default=list, blank=True)

    class Meta:
        verbose_name = _("抽签")
        constraints = [
            models.CheckConstraint(condition=~Q(seed="") & ~Q(commitment=""), name="draw_is_committed"),
        ]

    def __str__(self) -> str:
        return str(self.activity)
