from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.notices.audiences import register_audience


class TeamsConfig(AppConfig):
    name = "portal.teams"
    verbose_name = _("团队")

    def ready(self) -> None:
        import_module("portal.teams.receivers")  # connects them; models are not loaded before ready()
        register_audience(import_module("portal.teams.audiences").TEAM)
