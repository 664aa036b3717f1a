from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PersonalDataConfig(AppConfig):
    name = "portal.personal_data"
    verbose_name = _("个人信息")

    def ready(self) -> None:
        import_module("portal.personal_data.receivers")  # connects them; models are not loaded before ready()
