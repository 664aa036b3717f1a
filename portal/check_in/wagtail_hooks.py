"""What the log calls the moves of this room."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

LOG_ACTIONS = {
    "check_in.checkinevent.applied": _("收到离线登记"),
    "check_in.checkinevent.agreed": _("收到相同的离线登记"),
    "check_in.checkinevent.superseded": _("离线登记被后一次代替"),
    "check_in.checkinevent.refused": _("离线登记不能生效"),
    "check_in.checkinevent.conflict": _("离线登记不一致"),
    "check_in.checkinevent.kept": _("不一致：保留原来的"),
    "check_in.checkinevent.taken": _("不一致：改用离线登记"),
    "check_in.tablet.opened": _("打开现场平板"),
    "check_in.tablet.closed": _("结束现场平板"),
    "check_in.sheet.printed": _("打印现场名单"),
}


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    for action, label in LOG_ACTIONS.items():
        actions.register_action(action, label, label)
