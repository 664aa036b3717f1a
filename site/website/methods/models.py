from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

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
        context["methods"] = queries.methods(locale_id=self.locale_id)
        return context


class MethodPage(BasePage):
    """One formula, explained part by part."""

    body = StreamField(BodyBlock(), verbose_name=_("正文"), blank=True, help_text=_("每一部分用一个大标题。"))

    parent_page_types: ClassVar[list[str]] = ["methods.MethodIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "website/methods/method_page.html"

    content_panels: ClassVar[list] = [*BasePage.content_panels, FieldPanel("body")]
    search_fields: ClassVar[list] = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("工作法")
