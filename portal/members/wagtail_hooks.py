"""What the audit log calls each thing that happens to a person; a fresh proof before the desk changes somebody."""

from collections.abc import Iterable

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from portal.members.models import User
from portal.members.step_up import ask_for_proof

LOG_ACTIONS = {
    "members.user.opened": (_("开户"), _("开通了账户")),
    "members.user.named": (_("登记姓名"), _("登记了姓名")),
    "members.user.renamed": (_("更正姓名"), _("随名册更正了姓名")),
    "members.user.factor_added": (_("添加验证方式"), _("添加了一种登录验证方式")),
    "members.user.factor_removed": (_("移除验证方式"), _("移除了一种登录验证方式")),
    "members.user.factor_reset": (_("更新恢复码"), _("更新了恢复码")),
    "members.user.password_changed": (_("修改密码"), _("修改了密码")),
    "members.user.sessions_ended": (_("结束登录"), _("结束了其他设备上的登录")),
    "members.user.phone_changed": (_("更换手机号"), _("更换了手机号")),
    "members.user.merged": (_("合并账户"), _("把社区代管的账户并入了本人的账户")),
    "members.user.email_changed": (_("更换邮箱"), _("更换了邮箱")),
    "members.user.login_linked": (_("绑定外部登录"), _("绑定了一种外部登录")),
    "members.user.login_unlinked": (_("解除外部登录"), _("解除了一种外部登录")),
    "members.rosterentry.met": (_("名册对上本人"), _("名册条目与本人对上")),
    "members.rosterentry.asked": (_("凭邀请加入名册"), _("凭邀请加入了名册，等联络员确认")),
    "members.rosterentry.confirmed": (_("确认名册条目"), _("确认了凭邀请加入的人")),
    "members.rosterentry.declined": (_("未确认名册条目"), _("没有确认凭邀请加入的人")),
    "members.homemembership.opened": (_("登记所属单位"), _("登记了所属单位")),
    "members.homemembership.ended": (_("结束隶属关系"), _("结束了隶属关系")),
    "members.homemembership.resumed": (_("恢复隶属关系"), _("恢复了隶属关系")),
    "members.rosterentry.added": (_("列入名册"), _("列入了名册")),
    "members.rosterentry.exempted": (_("免予报到"), _("改了免予报到的日期")),
    "members.rosterentry.corrected": (_("更正名册"), _("更正了名册条目")),
    "members.rosterentry.followed": (_("名册跟着换手机号"), _("本人换了手机号，名册条目跟着改了")),
    "members.rosterentry.left": (_("移出名册"), _("移出了名册")),
    "members.profile.edited": (_("修改个人资料"), _("修改了个人资料")),
    "members.unitmove.proposed": (_("询问调动"), _("询问本人有没有调动")),
    "members.unitmove.confirmed": (_("确认调动"), _("本人确认了调动")),
    "members.unitmove.completed": (_("完成调动"), _("调动已生效")),
    "members.unitmove.declined": (_("表示没有调动"), _("本人表示没有调动")),
    "members.unitmove.withdrawn": (_("撤回调动"), _("新单位撤回了调动")),
    "members.unitmove.raised": (_("调动报上一级"), _("调动没有答复，报上一级")),
    "members.consent.given": (_("同意"), _("给出同意")),
    "members.consent.withdrawn": (_("撤回同意"), _("撤回了同意")),
}


@hooks.register("register_log_actions")
def register_log_actions(registry: LogActionRegistry) -> None:
    for action, (label, message) in LOG_ACTIONS.items():
        registry.register_action(action, label, message)


@hooks.register("before_create_user")
@hooks.register("before_edit_user")
def proved_anew(request: HttpRequest, person: User | None = None) -> HttpResponse | None:
    """Ask whoever is about to open or change an account who they are, before the form and when it comes back."""
    return ask_for_proof(request)


@hooks.register("before_bulk_action")
def proved_anew_for_many(
    request: HttpRequest, action_type: str, objects: Iterable[models.Model], action: object
) -> HttpResponse | None:
    return ask_for_proof(request) if any(isinstance(row, User) for row in objects) else None
