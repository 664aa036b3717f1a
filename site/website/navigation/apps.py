from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NavigationConfig(AppConfig):
    name = "website.navigation"
    label = "navigation"
    verbose_name = _("导航")

    def ready(self) -> None:
        from website.navigation import receivers  # noqa: F401, PLC0415 -- receivers need loaded models
