from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConfigConfig(AppConfig):
    """The wiring of the project: no domain, only what joins the halves."""

    name = "config"
    verbose_name = _("项目配置")

    def ready(self) -> None:
        from config import checks, providers, receivers  # noqa: PLC0415 -- models are not loaded before ready()

        checks.register_all()
        providers.register()
        receivers.connect()
