"""What the audit log calls each thing that happens to a report, and where administrators open a year."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import LogActionRegistry

from portal.annual_reports.models import ReportingYear

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


class ReportingYearViewSet(ModelViewSet):
    model = ReportingYear
    name = "reporting_years"
    icon = "calendar"
    menu_label = _("报告年度")
    add_to_settings_menu = True
    form_fields = ("year", "opens_on", "closes_on")
    list_display = ("year", "opens_on", "closes_on")
    inspect_view_enabled = True


@hooks.register("register_admin_viewset")
def register_viewset() -> ModelViewSet:
    return ReportingYearViewSet("reporting_years")
