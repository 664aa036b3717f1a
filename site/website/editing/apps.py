from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditingConfig(AppConfig):
    name = "website.editing"
    label = "editing"
    verbose_name = _("编辑台")

    def ready(self) -> None:
        from website.editing import receivers  # noqa: F401, PLC0415 -- models must be ready before signals are heard
