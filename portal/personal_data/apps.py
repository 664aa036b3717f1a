from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PersonalDataConfig(AppConfig):
    name = "portal.personal_data"
    verbose_name = _("个人信息")
