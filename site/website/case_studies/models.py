from typing import Any, ClassVar

from django import forms
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index
from wagtail.snippets.models import register_snippet
from wagtail_localize.fields import SynchronizedField

from website.base.blocks import BodyBlock
from website.base.fields import StreamField
from website.base.models import BasePage
from website.case_studies.enums import FigureOrigin, Level
from webui.pagination import page_of


@register_snippet
class Topic(TranslatableMixin, models.Model):
    """What a case study is about: meals for the elderly, parking, mediation."""

    name = models.CharField(_("名称"), max_length=40)
    slug = models.SlugField(_("网址名"), max_length=40, allow_unicode=True)

    class Meta(TranslatableMixin.Meta):
        verbose_name = verbose_name_plural = _("主题")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class CaseStudyIndexPage(BasePage):
    """The library of case studies."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["case_studies.CaseStudyPage"]
    max_count_per_parent = 1
    menu_title = _("案例")
    show_in_menus_default = True
    template = "website/case_studies/case_study_index_page.html"

    class Meta:
        verbose_name = _("案例库")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from website.case_studies import queries  # noqa: PLC0415 -- queries read these models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["cases"] = page_of(request, queries.case_studies(locale_id=self.locale_id))
        return context


class CaseStudyPage(BasePage):
    """What somebody did: background, practice, results, lessons, and the numbers as data."""

    city = models.CharField(_("城市"), max_length=40, blank=True)
    district = models.CharField(_("区（县、市）"), max_length=40, blank=True)
    year = models.PositiveIntegerField(_("年份"), null=True, blank=True)
    level = models.CharField(_("层级"), max_length=12, choices=Level.choices, blank=True)
    topics = ParentalManyToManyField(Topic, verbose_name=_("主题"), related_name="case_studies", blank=True)
    body = StreamField(
        BodyBlock(), verbose_name=_("正文"), blank=True, help_text=_("建议用四个大标题：背景、做法、成效、启示。")
    )
    sources = models.TextField(_("来源"), blank=True, help_text=_("每行一条：名称、发布者、日期。"))
    lost_characters = models.PositiveIntegerField(
        _("缺失字数"), default=0, help_text=_("来源中已经读不出来的字，正文里用 ▢ 标出。")
    )

    parent_page_types: ClassVar[list[str]] = ["case_studies.CaseStudyIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "website/case_studies/case_study_page.html"

    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("city"), FieldPanel("district")]),
                FieldRowPanel([FieldPanel("year"), FieldPanel("level")]),
                FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
            ],
            _("何时何地"),
        ),
        FieldPanel("body"),
        InlinePanel("figures", heading=_("数字"), label=_("数字")),
        MultiFieldPanel([FieldPanel("sources"), FieldPanel("lost_characters")], _("来源")),
    ]
    search_fields: ClassVar[list] = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.FilterField("city"),
        index.FilterField("district"),
        index.FilterField("year"),
        index.FilterField("level"),
    ]
    override_translatable_fields: ClassVar[list] = [SynchronizedField("topics")]

    class Meta:
        verbose_name = _("案例")

    @property
    def where_and_when(self) -> str:
        """Return place, year and level in one line, leaving out what is not known."""
        year = gettext("%(year)d 年") % {"year": self.year} if self.year else ""
        return " · ".join(part for part in (f"{self.city}{self.district}", year, self.get_level_display()) if part)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["figures"] = figures = list(self.figures.all())
        years = {str(figure.year or "") for figure in figures}
        context["year_of_all"] = years.pop() if len(years) == 1 else ""
        context["topics"] = self.topics.all()
        return context


class Figure(TranslatableMixin, Orderable):
    """One number of a case study, with its unit, its year and where it comes from."""

    page = ParentalKey(CaseStudyPage, on_delete=models.CASCADE, related_name="figures")
    number = models.DecimalField(_("数值"), max_digits=16, decimal_places=2)
    unit = models.CharField(_("单位"), max_length=20, blank=True, help_text=_("如：人、个、%。"))
    label = models.CharField(_("含义"), max_length=80, help_text=_("如：报到党员。"))
    year = models.PositiveIntegerField(_("年份"), null=True, blank=True)
    source = models.CharField(_("来源"), max_length=300, blank=True)
    origin = models.CharField(_("谁说的"), max_length=12, choices=FigureOrigin.choices, default=FigureOrigin.STATED)

    panels: ClassVar[list] = [
        FieldRowPanel([FieldPanel("number"), FieldPanel("unit")]),
        FieldRowPanel([FieldPanel("label"), FieldPanel("year")]),
        FieldRowPanel([FieldPanel("source"), FieldPanel("origin")]),
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
        return " · ".join(part for part in (self.get_origin_display(), self.source) if part)
