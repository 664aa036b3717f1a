"""What a case can prove by numbers."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, TranslatableMixin

from website.case_studies.enums import FigureOrigin


class Figure(TranslatableMixin, Orderable):
    """One number of a case study, with its unit, its year and where it comes from."""

    page = ParentalKey("case_studies.CaseStudyPage", on_delete=models.CASCADE, related_name="figures")
    number = models.DecimalField(_("数值"), max_digits=16, decimal_places=2)
    unit = models.CharField(_("单位"), max_length=20, blank=True, help_text=_("如：人、个、%。"))
    label = models.CharField(
        _("含义"), max_length=80, help_text=_("如：报到党员。同一个意思用同样的说法，城市之间才能比较。")
    )
    year = models.PositiveIntegerField(_("年份"), null=True, blank=True, help_text=_("不填就用案例的年份。"))
    origin = models.CharField(
        _("怎么来的"),
        max_length=12,
        choices=FigureOrigin.choices,
        default=FigureOrigin.STATED,
        help_text=_("来源所述：别人说的，本站没有核对。本站统计：按本站的记录数出来的。"),
    )
    stated_by = models.CharField(_("谁说的"), max_length=80, blank=True, help_text=_("如：市委组织部、小区业委会。"))
    source = models.CharField(
        _("出处"), max_length=300, blank=True, help_text=_("哪份材料、哪一句。“来源所述”的必须填。")
    )

    panels: ClassVar[list] = [
        FieldRowPanel([FieldPanel("number"), FieldPanel("unit")]),
        FieldRowPanel([FieldPanel("label"), FieldPanel("year")]),
        FieldRowPanel([FieldPanel("origin"), FieldPanel("stated_by")]),
        FieldPanel("source"),
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = verbose_name_plural = _("数字")
        constraints = [
            models.CheckConstraint(condition=models.Q(origin__in=FigureOrigin.values), name="figure_origin_known")
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.number:f} {self.unit}"

    @property
    def told_by(self) -> str:
        return " · ".join(part for part in (self.get_origin_display(), self.stated_by, self.source) if part)

    def missing_proof(self) -> dict[str, str]:
        """Return what this number still lacks before it may be shown, a message for each field."""
        missing = {}
        if not self.year:
            missing["year"] = gettext("请填这个数字是哪一年的，或者填上案例的年份。")
        if self.origin == FigureOrigin.STATED and not self.source.strip():
            missing["source"] = gettext("请写明出处：哪份材料、哪一句说的。")
        return missing
