from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ServiceListsConfig(AppConfig):
    name = "website.service_lists"
    label = "service_lists"
    verbose_name = _("服务清单")

    def ready(self) -> None:
        from website.open_data.datasets import register  # noqa: PLC0415 -- models are not loaded before ready()
        from website.service_lists.datasets import PLACES, SERVICES  # noqa: PLC0415 -- as above

        register(SERVICES)
        register(PLACES)
