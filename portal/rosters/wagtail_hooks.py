"""What the audit log calls each thing that happens to a roster's file."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

LOG_ACTIONS = {
    "rosters.rosterimport.begun": (_("上传名册"), _("上传了名册文件")),
    "rosters.rosterimport.checking": (_("重新核对名册"), _("重新核对了名册文件")),
    "rosters.rosterimport.ready": (_("名册核对完"), _("名册文件核对完毕")),
    "rosters.rosterimport.writing": (_("确认导入名册"), _("确认了导入名册")),
    "rosters.rosterimport.done": (_("导入名册"), _("导入了名册")),
    "rosters.rosterimport.undone": (_("撤销导入名册"), _("撤销了名册导入")),
    "rosters.rosterimport.failed": (_("导入名册没有完成"), _("名册导入没有完成")),
    "rosters.rosterimport.discarded": (_("放弃导入名册"), _("放弃了名册导入")),
}


@hooks.register("register_log_actions")
def register_log_actions(registry: LogActionRegistry) -> None:
    for action, (label, message) in LOG_ACTIONS.items():
        registry.register_action(action, label, message)
