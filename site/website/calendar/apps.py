from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CalendarConfig(AppConfig):
    name = "website.calendar"
    label = "calendar"
    verbose_name = _("活动日历")

    def ready(self) -> None:
        from website.calendar.datasets import ACTIVITIES  # noqa: PLC0415 -- models are not loaded before ready()
        from website.calendar.feeds import community_feed  # noqa: PLC0415 -- as above
        from website.open_data.datasets import register  # noqa: PLC0415 -- as above
        from webui.providers import register_community_feeds  # noqa: PLC0415 -- as above

        register(ACTIVITIES)
        register_community_feeds(community_feed)
