from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "portal.members"
    verbose_name = _("成员")

    def ready(self) -> None:
        import_module("portal.members.receivers")  # connects them; models are not loaded before ready()
