from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from website.base.fields import StreamField
from website.base.models import BasePage
from website.case_studies.blocks import CaseBodyBlock, SourceBlock
from website.case_studies.enums import Level
from website.case_studies.forms import CaseStudyPageForm
from website.case_studies.models.topics import Topic
from website.case_studies.panels import CASE_PANELS

if TYPE_CHECKING:
    from website.methods.models import MethodPart

ONE_PER_LINE = _("每行一条。")


class CaseStudyIndexPage(BasePage):
    """The library of case studies."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["case_studies.CaseStudyPage"]
    max_count_per_parent = 1
    menu_title = _("案例")
    show_in_menus_default = True
    questions: ClassVar[frozenset[str]] = frozenset({"page", "city", "district", "year", "level", "topic", "part"})
    template = "website/case_studies/case_study_index_page.html"

    class Meta:
        verbose_name = _("案例库")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from website.case_studies import queries  # noqa: PLC0415 -- queries read these models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | queries.library(request, locale_id=self.locale_id)


class CaseStudyPage(RoutablePageMixin, BasePage):
    """What somebody did: background, practice, results, lessons, and the numbers as data."""

    city = models.CharField(_("城市"), max_length=40, blank=True)
    district = models.CharField(_("区（县、市）"), max_length=40, blank=True)
    year = models.PositiveIntegerField(_("年份"), null=True, blank=True)
    level = models.CharField(
        _("示范层级"), max_length=12, choices=Level.choices, blank=True, help_text=_("这个做法在哪一级作示范。")
    )
    topics = ParentalManyToManyField(Topic, verbose_name=_("主题"), related_name="case_studies", blank=True)
    parts = ParentalManyToManyField(
        "methods.MethodPart",
        verbose_name=_("用到的工作法"),
        related_name="case_studies",
        blank=True,
        help_text=_("勾选这个案例真正用到的部分。"),
    )
    problems = models.TextField(_("要解决的问题"), blank=True, help_text=_("每行一个，用居民的话说。"))
    body = StreamField(
        CaseBodyBlock(), verbose_name=_("正文"), blank=True, help_text=_("建议用四个大标题：背景、做法、成效、启示。")
    )
    open_questions = models.TextField(
        _("待解问题"), blank=True, help_text=_("每行一个：还没有答案的、没有数字的、没有做到的。")
    )
    source_list = StreamField([("source", SourceBlock())], verbose_name=_("来源"), blank=True)
    sources = models.TextField(
        _("来源说明"), blank=True, help_text=_("列不进上面各条的：材料有没有缺字，数字怎么核对的。每行一条。")
    )
    lost_characters = models.PositiveIntegerField(
        _("缺失字数"), default=0, help_text=_("来源中已经读不出来的字，正文里用 ▢ 标出。")
    )

    parent_page_types: ClassVar[list[str]] = ["case_studies.CaseStudyIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "website/case_studies/case_study_page.html"
    base_form_class = CaseStudyPageForm

    content_panels: ClassVar[list] = [*BasePage.content_panels, *CASE_PANELS]
    search_fields: ClassVar[list] = [
        *BasePage.search_fields,
        index.SearchField("problems"),
        index.SearchField("body"),
        index.SearchField("open_questions"),
        index.FilterField("city"),
        index.FilterField("district"),
        index.FilterField("year"),
        index.FilterField("level"),
    ]
    override_translatable_fields: ClassVar[list] = [SynchronizedField("topics"), SynchronizedField("parts")]

    class Meta:
        verbose_name = _("案例")

    @property
    def where_and_when(self) -> str:
        """Return place, year and level in one line, leaving out what is not known."""
        year = gettext("%(year)d 年") % {"year": self.year} if self.year else ""
        return " · ".join(part for part in (f"{self.city}{self.district}", year, self.get_level_display()) if part)

    @cached_property
    def topic_list(self) -> list[Topic]:
        return list(self.topics.all())

    @cached_property
    def part_list(self) -> list["MethodPart"]:
        """Return the parts this case used that everybody may read about, method by method."""
        from website.case_studies import queries  # noqa: PLC0415 -- queries read these models

        return queries.shown_parts(self)

    @property
    def cited(self) -> list[Mapping[str, Any]]:
        """Return the sources, each with name, publisher, year and url."""
        return [block.value for block in self.source_list]

    def save(self, clean: bool = True, **kwargs: Any) -> Any:
        """Save, unless this would show a number that does not say where it comes from.

        Raises:
            django.core.exceptions.ValidationError: a figure lacks its year or its source.
        """
        if clean and self.live and any(figure.missing_proof() for figure in self.figures.all()):
            raise ValidationError(_("有的数字没有写年份或出处，不能发布。请在“数字”一栏补上。"))
        return super().save(clean=clean, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from website.case_studies import queries  # noqa: PLC0415 -- queries read these models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | queries.story(self)

    def related_pages(self) -> list[BasePage]:
        from website.case_studies import queries  # noqa: PLC0415 -- queries read these models

        return list(queries.similar(self))

    def structured_data(self) -> dict[str, Any]:
        """Tell machines what was done, where, when, and from which sources we know."""
        from website.case_studies import structured  # noqa: PLC0415 -- reads these models

        return structured.article(self)

    @path("csv/", name="csv")
    def figures_as_csv(self, request: HttpRequest) -> HttpResponse:
        """Give the numbers of this case as a table for a spreadsheet."""
        from website.figures.datasets import csv_of_case  # noqa: PLC0415 -- reads these models

        return csv_of_case(self)
