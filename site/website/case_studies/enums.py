from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """How far the example reaches, the widest first."""

    NATIONAL = "national", _("国家级")
    PROVINCIAL = "provincial", _("省级")
    CITY = "city", _("市级")
    DISTRICT = "district", _("区县级")
    STREET = "street", _("街道")
    COMMUNITY = "community", _("社区")
    UNIT = "unit", _("单位")


class FigureOrigin(models.TextChoices):
    """Whether a number was told to us or counted by this site."""

    STATED = "stated", _("来源所述")
    COUNTED = "counted", _("本站统计")


class ChartKind(models.TextChoices):
    """How a block of data in a text is drawn. The table beneath is always there."""

    AUTO = "auto", _("自动")
    BARS = "bars", _("横条：比大小")
    COLUMNS = "columns", _("竖柱：看年份变化")
    TABLE = "table", _("只要表格")
