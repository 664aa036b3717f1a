"""What the audit log calls each thing that happens to a team."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

LOG_ACTIONS = {
    "teams.team.created": _("新建团队"),
    "teams.team.edited": _("修改团队"),
    "teams.team.ended": _("结束团队"),
    "teams.team.moved": _("团队转到承接的社区"),
    "teams.teammembership.requested": _("申请加入团队"),
    "teams.teammembership.invited": _("邀请加入团队"),
    "teams.teammembership.joined": _("加入团队"),
    "teams.teammembership.left": _("离开团队"),
    "teams.teammembership.refused": _("没有通过加入申请"),
    "teams.teammembership.withdrawn": _("收回申请或谢绝邀请"),
    "teams.teammembership.appointed": _("成为队长"),
    "teams.teammembership.stepped_down": _("不再是队长"),
}


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    for action, label in LOG_ACTIONS.items():
        actions.register_action(action, label, label)
