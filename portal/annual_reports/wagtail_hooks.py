"""What the audit log calls each thing that happens to a report."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

LOG_ACTIONS = {
    "annual_reports.annualreport.drafted": (_("起草年度报告"), _("起草了年度报告")),
    "annual_reports.annualreport.edited": (_("修改年度报告"), _("修改了年度报告")),
    "annual_reports.annualreport.redrafted": (_("按记录重写年度报告"), _("按记录重写了年度报告")),
    "annual_reports.annualreport.sent": (_("提交年度报告"), _("提交了年度报告")),
    "annual_reports.annualreport.answered": (_("双方回复年度报告"), _("社区和单位都回复了年度报告")),
    "annual_reports.receipt.delivered": (_("送达年度报告"), _("送达了年度报告")),
    "annual_reports.receipt.acknowledged": (_("回复年度报告"), _("回复了年度报告")),
}


@hooks.register("register_log_actions")
def register_log_actions(registry: LogActionRegistry) -> None:
    for action, (label, message) in LOG_ACTIONS.items():
        registry.register_action(action, label, message)
