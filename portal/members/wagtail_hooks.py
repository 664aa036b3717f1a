"""What the audit log calls each thing that happens to a person."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

LOG_ACTIONS = {
    "members.user.opened": (_("开户"), _("开通了账户")),
    "members.user.named": (_("登记姓名"), _("登记了姓名")),
    "members.rosterentry.met": (_("名册对上本人"), _("名册条目与本人对上")),
    "members.homemembership.opened": (_("登记所属单位"), _("登记了所属单位")),
    "members.consent.given": (_("同意"), _("给出同意")),
    "members.consent.withdrawn": (_("撤回同意"), _("撤回了同意")),
}


@hooks.register("register_log_actions")
def register_log_actions(registry: LogActionRegistry) -> None:
    for action, (label, message) in LOG_ACTIONS.items():
        registry.register_action(action, label, message)
