from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """How far the example reaches."""

    CITY = "city", _("市级")
    DISTRICT = "district", _("区级")
    STREET = "street", _("街道")
    COMMUNITY = "community", _("社区")
    UNIT = "unit", _("单位")


class FigureOrigin(models.TextChoices):
    """Whether a number was told to us or counted by this site."""

    STATED = "stated", _("来源所述")
    COUNTED = "counted", _("本站统计")
