from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from website.base.models import BasePage
from website.services.models.groups import ServiceCategory

if TYPE_CHECKING:  # it reads these models
    from website.services.finding import Catalogue


class ServiceIndexPage(RoutablePageMixin, BasePage):
    """The list of services: whole, by category, as a reader asked, and as one sheet for a stairwell."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["services.ServicePage"]
    max_count_per_parent = 1
    menu_title = _("服务")
    show_in_menus_default = True
    questions: ClassVar[frozenset[str]] = frozenset({"q", "audience", "category", "community", "channel"})
    template = "website/services/service_index_page.html"

    class Meta:
        verbose_name = _("便民服务清单")

    def get_context(
        self, request: HttpRequest, *args: Any, catalogue: "Catalogue | None" = None, **kwargs: Any
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"catalogue": catalogue or self._catalogue(request)}

    @path("c/<str:slug>/", name="category")
    def category(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the services of one category; everything else may be asked there, too."""
        category = get_object_or_404(ServiceCategory, locale_id=self.locale_id, slug=slug)
        return self.render(
            request,
            catalogue=self._catalogue(request, category=slug),
            context_overrides={"category": category},
            template="website/services/service_category.html",
        )

    @path("print/", name="print")
    def sheet(self, request: HttpRequest) -> HttpResponse:
        """Show one A4 page for a stairwell: name, phone, where and when, in large type."""
        from website.services.sheet import sheet_of  # noqa: PLC0415 -- it reads these models

        catalogue = self._catalogue(request)
        return self.render(
            request,
            catalogue=catalogue,
            context_overrides={
                "sheet": sheet_of(catalogue, address=urljoin(settings.BASE_URL, request.path.removesuffix("print/")))
            },
            template="website/services/sheet.html",
        )

    def _catalogue(self, request: HttpRequest, **fixed: str) -> "Catalogue":
        from website.services.finding import Catalogue  # noqa: PLC0415 -- it reads these models

        return Catalogue(request.GET.dict() | fixed, locale_id=self.locale_id)
