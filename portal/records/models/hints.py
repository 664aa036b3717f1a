"""What a person should look at, found by a rule."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.organisations.models import Area
from portal.records.enums import HintRule, HintState


class Hint(models.Model):
    """A pattern in service records that deserves a look by somebody. It changes nothing and is shown to nobody else.

    ``facts`` holds the numbers that a version of the rule found, and no names. ``key`` keeps the same pattern from
    being found twice by one version. It is about the service of ``member``, or about how
    ``recorder`` and ``confirmer`` work.
    """

    rule = models.CharField(_("规则"), max_length=16, choices=HintRule.choices)
    version = models.PositiveSmallIntegerField(_("规则版本"))
    key = models.CharField(_("唯一键"), max_length=80, editable=False)
    area = models.ForeignKey(Area, verbose_name=_("社区"), on_delete=models.PROTECT, related_name="record_hints")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("服务人"),
        on_delete=models.CASCADE,
        related_name="hints_on_service",
        null=True,
        blank=True,
    )
    recorder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("登记人"),
        on_delete=models.CASCADE,
        related_name="hints_on_recording",
        null=True,
        blank=True,
    )
    confirmer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("确认人"),
        on_delete=models.CASCADE,
        related_name="hints_on_confirming",
        null=True,
        blank=True,
    )
    facts = models.JSONField(_("事实"), default=dict)
    state = models.CharField(_("状态"), max_length=12, choices=HintState.choices)
    note = models.CharField(_("备注"), max_length=200, blank=True)
    found_at = models.DateTimeField(_("发现时间"), default=timezone.now)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("查看人"),
        on_delete=models.PROTECT,
        related_name="record_hints_looked_at",
        null=True,
        blank=True,
    )
    looked_at = models.DateTimeField(_("查看时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("服务记录提示")
        ordering = ["-found_at", "-pk"]
        indexes = [models.Index(fields=["area", "state", "-found_at"], name="record_hint_of_area")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=HintState.values), name="record_hint_state_known"),
            models.CheckConstraint(condition=Q(rule__in=HintRule.values), name="record_hint_rule_known"),
            models.UniqueConstraint(fields=["rule", "version", "key"], name="record_hint_found_once"),
            models.CheckConstraint(
                condition=Q(state=HintState.OPEN) | Q(looked_by__isnull=False, looked_at__isnull=False),
                name="record_hint_looked_at_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_rule_display()} #{self.pk}"  # no name: the log keeps this label
