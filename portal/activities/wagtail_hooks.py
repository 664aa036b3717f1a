"""What the log calls the moves of this room."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

LOG_ACTIONS = {
    "activities.activity.created": _("新建活动"),
    "activities.activity.edited": _("修改活动"),
    "activities.activity.published": _("发布活动"),
    "activities.activity.cancelled": _("取消活动"),
    "activities.activity.followed": _("转到承接社区"),
    "activities.activity.shift_removed": _("删除班次"),
    "activities.activitytemplate.created": _("存为模板"),
    "activities.activitytemplate.ended": _("停用模板"),
    "activities.activitytemplate.followed": _("转到承接社区"),
    "activities.activity.scheduled": _("定时发布"),
    "activities.activity.audience_set": _("设定参加范围"),
    "activities.agedeclaration.made": _("声明年龄"),
    "activities.qualification.granted": _("登记培训和资格"),
    "activities.qualification.ended": _("结束培训和资格"),
    "activities.series.started": _("新建系列活动"),
    "activities.series.extended": _("加长系列活动"),
    "activities.series.followed": _("转到承接社区"),
    "activities.shift.added": _("添加班次"),
    "activities.shift.changed": _("修改班次"),
    "activities.shift.called_off": _("取消班次"),
    "activities.shift.position_removed": _("删除岗位"),
    "activities.position.added": _("添加岗位"),
    "activities.position.changed": _("修改岗位"),
    "activities.signup.requested": _("申请参加"),
    "activities.signup.refused": _("申请没有通过"),
    "activities.signup.confirmed": _("报名成功"),
    "activities.signup.waiting": _("开始排队"),
    "activities.signup.fewer": _("排队的人少要名额"),
    "activities.signup.offered": _("排到空位"),
    "activities.signup.withdrawn": _("退出报名"),
    "activities.materialchange.made": _("通知重要改动"),
    "activities.signup.reconfirmed": _("改动后再次确认"),
    "activities.signup.lapsed": _("空位过期"),
    "activities.signup.called_off": _("班次取消，报名结束"),
    "activities.draw.drawn": _("抽签"),
    "activities.invitation.sent": _("邀请参加活动"),
    "activities.groupplaces.held": _("单位留名额"),
    "activities.groupplaces.released": _("单位名额结束"),
    "activities.coverrequest.open": _("请人接替"),
    "activities.coverrequest.taken": _("有人接替"),
    "activities.coverrequest.ended": _("不再找人"),
    "activities.coverrequest.asked_more": _("再多问几个人"),
    "activities.attendance.expected": _("撤销到场登记"),
    "activities.attendance.arrived": _("登记到场"),
    "activities.attendance.completed": _("登记完成"),
    "activities.attendance.absent": _("登记未到"),
    "activities.attendance.excused": _("登记请假"),
    "activities.attendance.left": _("本人登记离开"),
    "activities.attendance.explained": _("说明未到的原因"),
    "activities.attendance.corrected": _("更正时长"),
    "activities.attendance.closed": _("核定时长"),
    "activities.attendance.reopened": _("重新打开时长"),
}


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    for action, label in LOG_ACTIONS.items():
        actions.register_action(action, label, label)
