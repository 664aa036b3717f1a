from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CalendarsConfig(AppConfig):
    name = "portal.calendars"
    verbose_name = _("日历订阅")

    def ready(self) -> None:
        import_module("portal.calendars.receivers")  # connects them; models are not loaded before ready()
