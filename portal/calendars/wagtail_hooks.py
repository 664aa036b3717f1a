"""What the audit log calls each thing that happens to a calendar's address or a service day."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

LOG_ACTIONS = {
    "calendars.calendaraddress.made": _("生成日历订阅地址"),
    "calendars.calendaraddress.renewed": _("更换日历订阅地址"),
    "calendars.calendaraddress.withdrawn": _("停用日历订阅地址"),
    "calendars.serviceday.called": _("发起服务日"),
    "calendars.serviceday.edited": _("修改服务日"),
    "calendars.serviceday.followed": _("转到承接的区域"),
    "calendars.serviceday.called_off": _("取消服务日"),
    "calendars.serviceday.added": _("把活动加入服务日"),
    "calendars.serviceday.taken_out": _("把活动移出服务日"),
}


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    for action, label in LOG_ACTIONS.items():
        actions.register_action(action, label, label)
