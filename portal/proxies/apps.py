from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProxiesConfig(AppConfig):
    name = "portal.proxies"
    verbose_name = _("代为录入")

    def ready(self) -> None:
        from portal.proxies import queries, receivers  # noqa: F401, PLC0415 -- models are ready only now
        from portal.report_in.queries import register_residents  # noqa: PLC0415 -- as above

        register_residents(queries.open_residencies, queries.kept)
