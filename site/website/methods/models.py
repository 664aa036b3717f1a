from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from website.base.blocks import BodyBlock
from website.base.fields import StreamField
from website.base.models import BasePage


class MethodIndexPage(BasePage):
    """The glossary of working methods."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["methods.MethodPage"]
    max_count_per_parent = 1
    menu_title = _("工作法")
    template = "website/methods/method_index_page.html"

    class Meta:
        verbose_name = _("工作法列表")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from website.methods import queries  # noqa: PLC0415 -- queries read these models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["methods"] = queries.glossary(locale_id=self.locale_id)
        return context


class MethodPage(BasePage):
    """One formula, explained part by part."""

    body = StreamField(
        BodyBlock(),
        verbose_name=_("正文"),
        blank=True,
        help_text=_("这个工作法从哪里来、怎么用。每一部分的意思写在下面的“组成部分”里。"),
    )

    parent_page_types: ClassVar[list[str]] = ["methods.MethodIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "website/methods/method_page.html"

    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        FieldPanel("body"),
        InlinePanel(
            "parts",
            heading=_("组成部分"),
            label=_("部分"),
            help_text=_("按顺序排好。案例可以勾选用到了哪一部分，读者就能从这里找到案例。"),
        ),
    ]
    search_fields: ClassVar[list] = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("工作法")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from website.methods import queries  # noqa: PLC0415 -- queries read these models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["parts"] = queries.parts_with_cases(self)
        return context

    def structured_data(self) -> dict[str, Any]:
        """Tell machines that this is a set of terms, each with its meaning."""
        url = self.full_url
        terms = [
            {"@type": "DefinedTerm", "name": part.name, "description": part.meaning, "url": f"{url}#{part.anchor}"}
            for part in self.parts.all()
        ]
        return {
            "@context": "https://schema.org",
            "@type": "DefinedTermSet",
            "name": self.title,
            "description": self.summary,
            "url": url,
            "inLanguage": get_language(),
            "hasDefinedTerm": terms,
        }


class MethodPart(TranslatableMixin, Orderable):
    """One part of a formula: what it means, and who does what. Cases say which parts they used."""

    page = ParentalKey(MethodPage, on_delete=models.CASCADE, related_name="parts")
    name = models.CharField(_("名称"), max_length=40, help_text=_("如：网格化。"))
    slug = models.SlugField(_("网址名"), max_length=60, allow_unicode=True, blank=True, editable=False)
    meaning = models.TextField(_("是什么意思"), blank=True, help_text=_("一两句平常话。"))
    tasks = models.TextField(_("谁来做什么"), blank=True, help_text=_("每行一件：谁，做什么。"))

    panels: ClassVar[list] = [FieldPanel("name"), FieldPanel("meaning"), FieldPanel("tasks")]
    override_translatable_fields: ClassVar[list] = [SynchronizedField("slug")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("工作法的一部分")
        verbose_name_plural = _("工作法的组成部分")

    def __str__(self) -> str:
        return self.name

    @property
    def anchor(self) -> str:
        """Return the id of this part on its page; it stays when the part is renamed."""
        return self.slug or slugify(self.name, allow_unicode=True) or "part"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with an anchor no other part of this method has."""
        if not self.slug:
            self.slug = self._free_slug()
        super().save(*args, **kwargs)

    def _free_slug(self) -> str:
        wish = self.anchor[:50]
        taken = set(MethodPart.objects.filter(page=self.page_id).exclude(pk=self.pk).values_list("slug", flat=True))
        return next(slug for number in range(1, len(taken) + 2) if (slug := _numbered(wish, number)) not in taken)


def _numbered(slug: str, number: int) -> str:
    return slug if number == 1 else f"{slug}-{number}"
