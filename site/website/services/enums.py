from django.db import models
from django.utils.translation import gettext_lazy as _


class ProviderKind(models.TextChoices):
    """Who gives the service."""

    GOVERNMENT = "government", _("政府部门")
    COMMUNITY = "community", _("社区")
    UNIT = "unit", _("共建单位")
    BUSINESS = "business", _("商户")
    VOLUNTEERS = "volunteers", _("志愿队伍")


class Channel(models.TextChoices):
    """How one gets it. Each value is also the name of a field of the service."""

    COUNTER = "by_counter", _("到窗口")
    PHONE = "by_phone", _("打电话")
    ONLINE = "by_internet", _("网上办")
    HOME_VISIT = "by_home_visit", _("上门")
