"""What the audit log calls each thing that happens in this room."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

LOG_ACTIONS = {
    "members.user.corrected": (_("代为更正资料"), _("代为更正了资料")),
    "proxies.managedperson.taken_up": (_("登记由社区代管的人"), _("登记了由社区代管的人")),
    "proxies.managedperson.handed_over": (_("账户交给本人"), _("把代管的账户交给了本人")),
    "proxies.handover.asked": (_("登记账户交接"), _("登记了账户交接，等本人证明手机号")),
    "proxies.handover.done": (_("办结账户交接"), _("本人证明了手机号，账户已由本人接管")),
    "proxies.handover.declined": (_("本人否认账户"), _("本人说代管的账户不是自己的")),
    "proxies.handover.withdrawn": (_("收回账户交接"), _("收回了账户交接")),
    "proxies.handover.followed": (_("转到承接社区"), _("随社区变动转到承接的社区")),
    "proxies.managedperson.followed": (_("转到承接社区"), _("随社区变动转到承接的社区")),
    "proxies.managedperson.left": (_("不再代管"), _("已搬走，不再由社区代管")),
    "proxies.managedperson.claimed": (_("本人接管账户"), _("第一次登录，接管了账户")),
    "proxies.residentvolunteer.joined": (_("成为居民志愿者"), _("成为社区的居民志愿者")),
    "proxies.residentvolunteer.followed": (_("转到承接社区"), _("随社区变动转到承接的社区")),
    "proxies.residentvolunteer.left": (_("不再是居民志愿者"), _("不再是社区的居民志愿者")),
    "proxies.proxyentry.entered": (_("代为录入"), _("代为录入")),
    "proxies.proxyentry.undone": (_("撤销代为录入"), _("撤销了代为录入的内容")),
    "proxies.proxyentry.objected": (_("对代为录入提出异议"), _("对代为录入的内容提出异议")),
    "proxies.proxyentry.answered": (_("答复异议"), _("答复了对代为录入的异议")),
    "proxies.paperform.issued": (_("打印表格"), _("打印了表格")),
    "proxies.paperform.used": (_("录入表格"), _("录入了表格")),
    "proxies.invitation.issued": (_("发出邀请"), _("发出了邀请")),
    "proxies.invitation.followed": (_("转到承接社区"), _("随社区变动转到承接的社区")),
    "proxies.invitation.revoked": (_("收回邀请"), _("收回了邀请")),
    "proxies.joining.waiting": (_("凭邀请加入单位"), _("凭邀请加入单位，等待确认")),
    "proxies.joining.joined": (_("凭邀请加入"), _("凭邀请加入")),
    "proxies.joining.declined": (_("未确认加入"), _("没有确认凭邀请加入的人")),
}


@hooks.register("register_log_actions")
def register_log_actions(registry: LogActionRegistry) -> None:
    for action, (label, message) in LOG_ACTIONS.items():
        registry.register_action(action, label, message)
