from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CalendarConfig(AppConfig):
    name = "website.calendar"
    label = "calendar"
    verbose_name = _("活动日历")
