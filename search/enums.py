from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What a reader may look for, in the order the filters are shown."""

    SERVICE = "service", _("便民服务")
    ACTIVITY = "activity", _("活动")
    CASE = "case", _("案例")
    PERSON = "person", _("典型人物")
    NOTICE = "notice", _("公示通知")
    VENUE = "venue", _("阵地")
    METHOD = "method", _("工作法")
    PAGE = "page", _("其他页面")
