from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportInConfig(AppConfig):
    name = "portal.report_in"
    verbose_name = _("报到")
