from typing import ClassVar

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
    template = "website/methods/method_index_page.html"

    class Meta:
        verbose_name = _("工作法列表")


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
