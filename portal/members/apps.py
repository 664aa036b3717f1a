from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal.notices.consent import register_sms_consent


class MembersConfig(AppConfig):
    name = "portal.members"
    verbose_name = _("成员")

    def ready(self) -> None:
        queries = import_module("portal.members.queries.consents")
        register_sms_consent(queries.agreed_to_sms)
        import_module("portal.members.receivers")  # connects them; models are not loaded before ready()
