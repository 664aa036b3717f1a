from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from website.base.models import BasePage


class FigureIndexPage(RoutablePageMixin, BasePage):
    """All figures of the published cases: to search, to narrow, to compare between cities, to take away."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    menu_title = _("数说")
    questions: ClassVar[frozenset[str]] = frozenset(
        {"page", "q", "measure", "unit", "city", "year", "origin", "topic", "part"}
    )
    template = "website/figures/figure_index_page.html"

    class Meta:
        verbose_name = _("数说")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from website.figures import queries  # noqa: PLC0415 -- as in every room: pages assemble, queries read

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | queries.overview(request, locale_id=self.locale_id)

    def structured_data(self) -> dict[str, Any]:
        """Tell machines that this is a dataset, and where to download it."""
        url = self.full_url or ""
        files = (("csv", "text/csv"), ("json", "application/json"))
        return {
            "@context": "https://schema.org",
            "@type": "Dataset",
            "name": self.title,
            "description": self.summary or self.title,
            "url": url,
            "isAccessibleForFree": True,
            "distribution": [
                {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": f"{url}{route}/"}
                for route, kind in files
            ],
        }

    @path("csv/", name="csv")
    def as_csv(self, request: HttpRequest) -> HttpResponse:
        """Give the figures that are shown as a table for a spreadsheet."""
        return self._download(request, kind="csv")

    @path("json/", name="json")
    def as_json(self, request: HttpRequest) -> HttpResponse:
        """Give the figures that are shown to other people's programs."""
        return self._download(request, kind="json")

    def _download(self, request: HttpRequest, *, kind: str) -> HttpResponse:
        from website.figures import queries  # noqa: PLC0415 -- as above
        from website.figures.datasets import download  # noqa: PLC0415 -- as above

        records = queries.selection(request, locale_id=self.locale_id).things()
        return download(records, kind=kind, name=self.slug)
