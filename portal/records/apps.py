from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    name = "portal.records"
    verbose_name = _("服务记录")

    def ready(self) -> None:
        from portal.records.queries import quiet  # noqa: F401, PLC0415 -- it offers its filter, and needs the models
