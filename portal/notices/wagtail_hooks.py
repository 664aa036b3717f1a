"""What the log calls the moves of this room."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

LOG_ACTIONS = {
    "notices.mailing.queued": _("群发消息"),
    "notices.mailing.sent": _("群发消息已送进收件箱"),
    "notices.mailing.stopped": _("群发消息没有发完"),
    "notices.preference.set": _("修改提醒设置"),
}


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    for action, label in LOG_ACTIONS.items():
        actions.register_action(action, label, label)
