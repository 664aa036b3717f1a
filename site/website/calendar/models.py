from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from website.base.models import BasePage
from website.calendar.queries import activities_from
from webui.providers import activity_communities


class ActivityCalendarPage(BasePage):
    """The portal's public activities, by day."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    menu_title = _("活动")
    show_in_menus_default = True
    questions: ClassVar[frozenset[str]] = frozenset({"community", "from"})
    template = "website/calendar/activity_calendar_page.html"

    class Meta:
        verbose_name = _("活动日历")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        community = request.GET.get("community", "")
        context["community"] = community
        context["communities"] = activity_communities()
        context["activities"], context["next_day"] = activities_from(request.GET.get("from", ""), community=community)
        return context
