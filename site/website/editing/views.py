"""The pages of the desk that are ours: what waits, pile by pile, and the how-tos."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.base import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from website.editing.how_tos import found, how_to
from website.editing.piles import PILES

AT_ONCE = 50


class PileView(WagtailAdminTemplateMixin, TemplateView):
    """One pile of what waits, line by line."""

    template_name = "website/editing/pile.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        key = self.kwargs["key"]
        pile = next((each for each in PILES if each.key == key and each.is_for(self.request.user)), None)
        if pile is None:
            raise Http404
        self.page_title, self.header_icon = pile.title, pile.icon
        rows = Paginator(pile.rows(self.request.user), AT_ONCE).get_page(self.request.GET.get("p"))
        lines = [pile.line(row) for row in rows]
        return super().get_context_data(pile=pile, lines=lines, rows=rows, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]


class HelpView(WagtailAdminTemplateMixin, TemplateView):
    """The list of how-tos, and a search in them."""

    template_name = "website/editing/help.html"
    page_title = gettext_lazy("使用说明")
    header_icon = "help"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        question = self.request.GET.get("q", "")[:60]
        return super().get_context_data(question=question, how_tos=found(question), **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]


class HowToView(WagtailAdminTemplateMixin, TemplateView):
    """One how-to."""

    template_name = "website/editing/how_to.html"
    header_icon = "help"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = how_to(self.kwargs["slug"])
        if chosen is None:
            raise Http404
        self.page_title = chosen.title
        return super().get_context_data(how_to=chosen, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        to_list = {"url": reverse("editing:help"), "label": _("使用说明")}
        return [*super().get_breadcrumbs_items(), to_list, {"url": "", "label": self.page_title}]
