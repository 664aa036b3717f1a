"""Whom an activity is for, and what people have learnt or say of themselves."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.activities.enums import RuleKind, Training
from portal.activities.models.activities import Activity
from portal.organisations.models import Area, Unit
from portal.teams.models import Team

# Which field says what a rule of each kind asks for; every other one is empty.
SAID_BY = {
    RuleKind.AREA: "area",
    RuleKind.UNIT: "unit",
    RuleKind.TEAM: "team",
    RuleKind.MIN_AGE: "age",
    RuleKind.MAX_AGE: "age",
    RuleKind.TRAINING: "training",
}


class EntryRule(models.Model):
    """One thing an activity asks of those who sign up. An area or unit means its whole subtree."""

    activity = models.ForeignKey(Activity, verbose_name=_("活动"), on_delete=models.CASCADE, related_name="entry_rules")
    kind = models.CharField(_("要求"), max_length=12, choices=RuleKind.choices)
    area = models.ForeignKey(
        Area, verbose_name=_("区域"), on_delete=models.PROTECT, related_name="entry_rules", null=True, blank=True
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="entry_rules", null=True, blank=True
    )
    team = models.ForeignKey(
        Team, verbose_name=_("团队"), on_delete=models.PROTECT, related_name="entry_rules", null=True, blank=True
    )
    age = models.PositiveSmallIntegerField(_("周岁"), null=True, blank=True)
    training = models.CharField(_("培训或资格"), max_length=12, choices=Training.choices, blank=True)

    class Meta:
        verbose_name = _("参加要求")
        ordering: ClassVar = ["kind", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=RuleKind.values), name="entry_rule_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=RuleKind.AREA, area__isnull=False)
                | Q(kind=RuleKind.UNIT, unit__isnull=False)
                | Q(kind=RuleKind.TEAM, team__isnull=False)
                | Q(kind__in=[RuleKind.MIN_AGE, RuleKind.MAX_AGE], age__isnull=False)
                | Q(kind=RuleKind.TRAINING, training__in=Training.values),
                name="entry_rule_says_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.said}"

    @property
    def said(self) -> str:
        """What the rule asks for, in words."""
        if self.kind == RuleKind.TRAINING:
            return self.get_training_display()
        return str(getattr(self, SAID_BY[RuleKind(self.kind)]))


class Qualification(models.Model):
    """Something a person has learnt or is certified in, as an organiser granted it, from a day until a day."""

    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("持有人"), on_delete=models.PROTECT, related_name="qualifications"
    )
    training = models.CharField(_("培训或资格"), max_length=12, choices=Training.choices)
    area = models.ForeignKey(
        Area, verbose_name=_("登记的社区"), on_delete=models.PROTECT, related_name="qualifications"
    )
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("登记人"),
        on_delete=models.PROTECT,
        related_name="qualifications_granted",
    )
    starts_on = models.DateField(_("从哪天起"), default=timezone.localdate)
    ends_on = models.DateField(_("到哪天为止"), null=True, blank=True)

    class Meta:
        verbose_name = _("培训和资格")
        ordering: ClassVar = ["-starts_on", "-pk"]
        indexes: ClassVar = [models.Index(fields=["holder", "training"], name="qualification_holder")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(training__in=Training.values), name="qualification_training_known"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="qualification_ends_after_start",
                violation_error_message=_("结束日期要不早于开始日期。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_training_display()} #{self.pk}"  # no name: the log keeps this label


class AgeDeclaration(models.Model):
    """That a person says they are at least, or at most, so old. Never a birth date."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("本人"), on_delete=models.CASCADE, related_name="age_declarations"
    )
    kind = models.CharField(_("声明"), max_length=12, choices=RuleKind.choices)
    age = models.PositiveSmallIntegerField(_("周岁"))
    declared_at = models.DateTimeField(_("声明时间"), default=timezone.now)

    class Meta:
        verbose_name = _("年龄声明")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=[RuleKind.MIN_AGE, RuleKind.MAX_AGE]), name="age_declaration_kind_known"
            ),
            models.UniqueConstraint(fields=["person", "kind", "age"], name="age_declared_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.age}"
