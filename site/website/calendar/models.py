from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from website.base.models import BasePage


class ActivityCalendarPage(BasePage):
    """The portal's public activities, by day."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    template = "website/calendar/activity_calendar_page.html"

    class Meta:
        verbose_name = _("活动日历")
