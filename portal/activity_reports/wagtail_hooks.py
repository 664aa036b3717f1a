"""What the audit log calls each thing that happens to an activity's report."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

LOG_ACTIONS = {
    "activity_reports.activityreport.draft": _("开始写活动总结"),
    "activity_reports.activityreport.edited": _("修改活动总结"),
    "activity_reports.activityreport.submitted": _("完成活动总结"),
    "activity_reports.activityreport.story_begun": _("给编辑起草稿子"),
}


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    for action, label in LOG_ACTIONS.items():
        actions.register_action(action, label, label)
