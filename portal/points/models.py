from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.organisations.models import Unit


class RuleSet(models.Model):
    """How minutes become points, from a day until a day."""

    version = models.CharField(_("版本"), max_length=20, unique=True)
    points_per_hour = models.PositiveIntegerField(_("每小时积分"))
    starts_on = models.DateField(_("生效日期"), unique=True)

    class Meta:
        verbose_name = _("积分规则")
        ordering = ["-starts_on"]

    def __str__(self) -> str:
        return self.version

    def points_for(self, minutes: int) -> int:
        """Return the points ``minutes`` earn, half a point rounded up."""
        return (minutes * self.points_per_hour + 30) // 60


class Entry(models.Model):
    """One line of the ledger. Rows are only added: the database refuses UPDATE and DELETE."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("成员"),
        on_delete=models.PROTECT,
        related_name="point_entries",
        null=True,
        blank=True,
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="point_entries", null=True, blank=True
    )
    points = models.IntegerField(_("积分"))
    cause = models.CharField(_("事由"), max_length=60, unique=True)
    title = models.CharField(_("说明"), max_length=120)
    rule_set = models.ForeignKey(RuleSet, verbose_name=_("规则"), on_delete=models.PROTECT, related_name="entries")
    earned_on = models.DateField(_("日期"))
    created_at = models.DateTimeField(_("入账时间"), default=timezone.now)

    class Meta:
        verbose_name = _("积分明细")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["member", "-created_at"], name="point_entry_of_member")]
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False, unit__isnull=True) | Q(member__isnull=True, unit__isnull=False),
                name="point_entry_has_one_account",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.points:+d}"
