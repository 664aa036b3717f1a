from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from website.base.blocks import BodyBlock
from website.base.fields import StreamField
from website.base.models import BasePage
from website.venues.enums import VenueKind


class VenueIndexPage(BasePage):
    """The list of places open to everybody."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["venues.VenuePage"]
    max_count_per_parent = 1
    menu_title = _("阵地")
    template = "website/venues/venue_index_page.html"

    class Meta:
        verbose_name = _("阵地列表")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from website.venues import queries  # noqa: PLC0415 -- queries read these models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["venues"] = queries.venues(locale_id=self.locale_id)
        return context


class VenuePage(BasePage):
    """A place people come to: what it has, when it is open, where it is."""

    kind = models.CharField(_("类型"), max_length=20, choices=VenueKind.choices, default=VenueKind.SERVICE_CENTRE)
    address = models.CharField(_("地址"), max_length=160, blank=True)
    hours = models.CharField(_("开放时间"), max_length=160, blank=True)
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    facilities = models.TextField(_("设施"), blank=True, help_text=_("每行一项。"))
    body = StreamField(BodyBlock(), verbose_name=_("介绍"), blank=True)

    parent_page_types: ClassVar[list[str]] = ["venues.VenueIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "website/venues/venue_page.html"

    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("phone")]),
        FieldRowPanel([FieldPanel("address"), FieldPanel("hours")]),
        FieldPanel("facilities"),
        FieldPanel("body"),
    ]
    search_fields: ClassVar[list] = [
        *BasePage.search_fields,
        index.SearchField("facilities"),
        index.SearchField("address"),
        index.FilterField("kind"),
    ]
    override_translatable_fields: ClassVar[list] = [SynchronizedField("phone")]

    class Meta:
        verbose_name = _("阵地")
