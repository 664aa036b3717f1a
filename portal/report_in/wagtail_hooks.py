"""What the audit log calls each thing that happens to a report-in."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

LOG_ACTIONS = {
    "report_in.memberreportin.submitted": (_("提交报到"), _("提交了报到")),
    "report_in.memberreportin.accepted": (_("确认报到"), _("确认了报到")),
    "report_in.memberreportin.asked_back": (_("退回补充"), _("请本人补充报到信息")),
    "report_in.memberreportin.withdrawn": (_("撤回报到"), _("撤回了报到")),
    "report_in.memberreportin.moved": (_("迁出"), _("迁往别的社区")),
    "report_in.memberreportin.ended": (_("结束报到"), _("结束了报到")),
}


@hooks.register("register_log_actions")
def register_log_actions(registry: LogActionRegistry) -> None:
    for action, (label, message) in LOG_ACTIONS.items():
        registry.register_action(action, label, message)
