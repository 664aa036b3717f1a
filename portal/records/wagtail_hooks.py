"""What the log calls the moves of this room."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

LOG_ACTIONS = {
    "records.servicerecord.recorded": _("登记服务记录"),
    "records.servicerecord.confirmed": _("确认服务记录"),
    "records.servicerecord.posted": _("服务记录入账"),
    "records.servicerecord.reversed": _("冲销服务记录"),
}


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    for action, label in LOG_ACTIONS.items():
        actions.register_action(action, label, label)
