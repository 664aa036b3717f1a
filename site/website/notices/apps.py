from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "website.notices"
    label = "public_notices"
    verbose_name = _("公示通知")
