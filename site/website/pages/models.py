from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from website.base.blocks import BodyBlock
from website.base.fields import StreamField
from website.base.models import BasePage


class ContentPage(BasePage):
    """A plain page: about us, privacy, help."""

    body = StreamField(BodyBlock(), verbose_name=_("正文"), blank=True)

    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "pages.ContentPage"]
    subpage_types: ClassVar[list[str]] = ["pages.ContentPage"]
    template = "website/pages/content_page.html"

    content_panels: ClassVar[list] = [*BasePage.content_panels, FieldPanel("body")]
    search_fields: ClassVar[list] = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("普通页面")
