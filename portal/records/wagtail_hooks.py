"""What the log calls the moves of this room."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

LOG_ACTIONS = {
    "records.servicerecord.recorded": _("登记服务记录"),
    "records.servicerecord.confirmed": _("确认服务记录"),
    "records.servicerecord.posted": _("服务记录入账"),
    "records.servicerecord.reversed": _("冲销服务记录"),
    "records.servicerecord.paused": _("服务记录公示暂停"),
    "records.servicerecord.resumed": _("服务记录公示继续"),
    "records.ownservice.draft": _("登记自己的服务（草稿）"),
    "records.ownservice.changed": _("修改自己登记的服务"),
    "records.ownservice.submitted": _("提交自己登记的服务"),
    "records.ownservice.asked_back": _("退回自己登记的服务"),
    "records.ownservice.confirmed": _("确认自己登记的服务"),
    "records.ownservice.withdrawn": _("撤回自己登记的服务"),
    "records.hint.fine": _("看过服务记录提示，没有问题"),
    "records.hint.closer": _("服务记录提示还要再了解"),
    "records.objection.open": _("对服务记录提出异议"),
    "records.objection.upheld": _("异议有道理，记录已更正"),
    "records.objection.rejected": _("异议已答复，记录不变"),
    "records.objection.withdrawn": _("收回异议"),
}


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    for action, label in LOG_ACTIONS.items():
        actions.register_action(action, label, label)
