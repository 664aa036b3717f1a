from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.notices.audiences import register_audience


class ReportInConfig(AppConfig):
    name = "portal.report_in"
    verbose_name = _("报到")

    def ready(self) -> None:
        register_audience(import_module("portal.report_in.audiences").COMMUNITY)
        import_module("portal.report_in.receivers")  # connects them; models are not loaded before ready()
