from django.db import models
from django.utils.translation import gettext_lazy as _


class Span(models.TextChoices):
    """How much of the calendar one looks at."""

    AHEAD = "", _("近期")
    DAY = "day", _("今天")
    WEEK = "week", _("本周")
    WEEKEND = "weekend", _("周末")
    SEVEN_DAYS = "7days", _("7 天内")
    THIRTY_DAYS = "30days", _("30 天内")
    MONTH = "month", _("本月")
