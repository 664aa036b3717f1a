from typing import Any, ClassVar
from urllib.parse import urljoin

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from website.base.models import BasePage
from website.home.queries import news


class HomePage(BasePage):
    """The first page of the site in one language."""

    intro = models.TextField(_("欢迎语"), max_length=300, blank=True, help_text=_("一两句话，说明这个网站能帮什么忙。"))

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = [
        "services.ServiceIndexPage",
        "case_studies.CaseStudyIndexPage",
        "figures.FigureIndexPage",
        "methods.MethodIndexPage",
        "people.PeopleIndexPage",
        "calendar.ActivityCalendarPage",
        "public_notices.NoticeIndexPage",
        "venues.VenueIndexPage",
        "pages.ContentPage",
    ]
    template = "website/home/home_page.html"

    content_panels: ClassVar[list] = [*BasePage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("首页")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["news"] = news(locale_id=self.locale_id)
        return context

    @property
    def feed_url(self) -> str:
        return reverse("news_feed")

    def structured_data(self) -> dict[str, Any]:
        search = urljoin(settings.BASE_URL, reverse("search:search"))
        return {
            "@type": "WebSite",
            "name": self.title,
            "url": self.full_url,
            "description": self.summary,
            "potentialAction": {
                "@type": "SearchAction",
                "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{text}}"},
                "query-input": "required name=text",
            },
        }
