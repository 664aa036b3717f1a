"""What the audit log calls each thing that happens to a post."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

LOG_ACTIONS = {
    "organisations.post.appointed": (_("任职"), _("任命了职责")),
    "organisations.post.ended": (_("结束任职"), _("结束了任职")),
}


@hooks.register("register_log_actions")
def register_log_actions(registry: LogActionRegistry) -> None:
    for action, (label, message) in LOG_ACTIONS.items():
        registry.register_action(action, label, message)
