"""What the audit log calls each thing a person does with their data."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

LOG_ACTIONS = {
    "personal_data.user.exported": (_("下载个人信息"), _("下载了自己的个人信息")),
}


@hooks.register("register_log_actions")
def register_log_actions(registry: LogActionRegistry) -> None:
    for action, (label, message) in LOG_ACTIONS.items():
        registry.register_action(action, label, message)
