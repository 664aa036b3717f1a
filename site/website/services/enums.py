from django.db import models
from django.utils.functional import Promise
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

    @property
    def question(self) -> str:
        """Return its name in an address: ``?channel=home_visit``."""
        return self.name.lower()


class ServiceStatus(models.TextChoices):
    """Whether one can have it today."""

    OPEN = "open", _("正常")
    CHANGED = "changed", _("有变动")
    PAUSED = "paused", _("暂停")
    CLOSED = "closed", _("停办")

    @property
    def sentence(self) -> Promise | str:
        """Return what it means for somebody about to come, where nobody has written more."""
        return _SENTENCES.get(self, "")


_SENTENCES = {
    ServiceStatus.CHANGED: _("这项服务有变动，来之前请先打电话问一问。"),
    ServiceStatus.PAUSED: _("这项服务暂停办理，什么时候恢复请打电话问一问。"),
    ServiceStatus.CLOSED: _("这项服务已经停办。"),
}


# Nobody should be sent there: these come last wherever services are offered.
NOT_OFFERED = frozenset({ServiceStatus.PAUSED, ServiceStatus.CLOSED})
# What is over by itself once its last day has passed; what is closed stays closed.
PASSES = frozenset({ServiceStatus.CHANGED, ServiceStatus.PAUSED})
