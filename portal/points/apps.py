from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PointsConfig(AppConfig):
    name = "portal.points"
    verbose_name = _("积分")

    def ready(self) -> None:
        from portal.points import receivers  # noqa: F401, PLC0415 -- importing connects them, once models are loaded
