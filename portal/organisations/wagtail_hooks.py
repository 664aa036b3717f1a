"""What the audit log calls each thing that happens to a place or a post."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

LOG_ACTIONS = {
    "organisations.post.appointed": (_("任职"), _("任命了职责")),
    "organisations.post.ended": (_("结束任职"), _("结束了任职")),
    "organisations.post.delegated": (_("委托职责"), _("委托了职责")),
    "organisations.post.revoked": (_("收回委托"), _("收回了委托")),
    "organisations.area.opened": (_("启用区域"), _("启用了区域")),
    "organisations.area.changed": (_("修改区域"), _("修改了区域")),
    "organisations.area.moved": (_("转移区域"), _("把区域转到了别的上级")),
    "organisations.area.ended": (_("停用区域"), _("停用了区域")),
    "organisations.area.imported": (_("导入区域"), _("用表格写入了区域")),
    "organisations.areachange.merged": (_("合并区域"), _("合并了区域")),
    "organisations.areachange.split": (_("拆分区域"), _("拆分了区域")),
    "organisations.unit.opened": (_("启用单位"), _("启用了单位")),
    "organisations.unit.changed": (_("修改单位"), _("修改了单位")),
    "organisations.unit.ended": (_("停用单位"), _("停用了单位")),
    "organisations.unit.imported": (_("导入单位"), _("用表格写入了单位")),
    "organisations.placeimport.handed_in": (_("上传组织表格"), _("上传了组织表格")),
    "organisations.placeimport.confirmed": (_("确认导入组织"), _("确认导入了组织")),
    "organisations.placeimport.dropped": (_("放弃导入组织"), _("放弃了导入组织")),
}


@hooks.register("register_log_actions")
def register_log_actions(registry: LogActionRegistry) -> None:
    for action, (label, message) in LOG_ACTIONS.items():
        registry.register_action(action, label, message)
