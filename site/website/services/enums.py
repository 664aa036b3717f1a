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


class ServiceStatus(models.TextChoices):
    """Whether one can have it today."""

    OPEN = "open", _("正常")
    CHANGED = "changed", _("有变动")
    PAUSED = "paused", _("暂停")
    CLOSED = "closed", _("停办")


# Nobody should be sent there: these come last wherever services are offered.
NOT_OFFERED = frozenset({ServiceStatus.PAUSED, ServiceStatus.CLOSED})
# What is over by itself once its last day has passed; what is closed stays closed.
PASSES = frozenset({ServiceStatus.CHANGED, ServiceStatus.PAUSED})
