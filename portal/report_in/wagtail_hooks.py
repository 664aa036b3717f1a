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
    "report_in.memberreportin.redirected": (_("转到承接社区"), _("随社区变动转到承接的社区")),
    "report_in.memberreportin.ended": (_("结束报到"), _("结束了报到")),
    "report_in.memberreportin.escalated": (_("超时上报"), _("社区没有按时答复，已请上一级处理")),
    "report_in.memberreportin.stands_alone": (_("改为直接报到"), _("原来的报到已结束，迁居报到改为直接报到")),
    "report_in.memberreportin.reminded": (_("提醒到期"), _("提醒了临时报到即将到期")),
    "report_in.memberreportin.longer_asked": (_("申请延长"), _("申请延长临时报到")),
    "report_in.memberreportin.longer_granted": (_("同意延长"), _("同意延长临时报到")),
    "report_in.memberreportin.longer_declined": (_("不同意延长"), _("没有同意延长临时报到")),
    "report_in.memberreportin.grid_said": (_("登记网格"), _("登记了所在的网格")),
    "report_in.addressname.changed": (_("修改小区名和路名"), _("修改了社区的小区名和路名")),
    "report_in.station.opened": (_("添加流动党员之家"), _("添加了流动党员之家")),
    "report_in.station.moved": (_("流动党员之家转到承接社区"), _("随社区变动转到承接的社区")),
    "report_in.station.ended": (_("停用流动党员之家"), _("停用了流动党员之家")),
    "report_in.unitreportin.submitted": (_("提交单位报到"), _("提交了单位报到")),
    "report_in.unitreportin.accepted": (_("确认单位报到"), _("确认了单位报到")),
    "report_in.unitreportin.asked_back": (_("退回单位报到"), _("请单位补充报到信息")),
    "report_in.unitreportin.withdrawn": (_("撤回单位报到"), _("撤回了单位报到")),
    "report_in.unitreportin.redirected": (_("单位报到转到承接社区"), _("单位报到随社区变动转到承接的社区")),
    "report_in.unitreportin.escalated": (_("单位报到超时上报"), _("社区没有按时答复单位报到，已请上一级处理")),
    "report_in.unitreportin.ended": (_("结束单位报到"), _("结束了单位报到")),
    "report_in.leave.requested": (_("申请请假"), _("申请了请假")),
    "report_in.leave.granted": (_("同意请假"), _("同意了请假")),
    "report_in.leave.declined": (_("没有同意请假"), _("没有同意请假")),
    "report_in.leave.redirected": (_("请假转到承接社区"), _("随社区变动转到承接的社区")),
    "report_in.leave.ended": (_("结束请假"), _("请假已结束")),
    "report_in.bulkanswer.begun": (_("批量确认报到"), _("开始批量确认报到")),
    "report_in.bulkanswer.running": (_("继续批量确认"), _("继续批量确认报到")),
    "report_in.bulkanswer.done": (_("办完批量确认"), _("办完了批量确认报到")),
    "report_in.bulkanswer.failed": (_("批量确认没有办完"), _("批量确认报到没有办完")),
    "report_in.gap.reminded": (_("提醒报到"), _("提醒了还没有报到的人")),
}


@hooks.register("register_log_actions")
def register_log_actions(registry: LogActionRegistry) -> None:
    for action, (label, message) in LOG_ACTIONS.items():
        registry.register_action(action, label, message)
