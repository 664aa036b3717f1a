from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BaseConfig(AppConfig):
    name = "website.base"
    label = "base"
    verbose_name = _("公共部分")

    def ready(self) -> None:
        from website.base import receivers  # noqa: F401, PLC0415 -- receivers need loaded models
