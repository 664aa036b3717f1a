"""What the audit log calls each thing a person does with their data."""

from collections.abc import Iterable

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from portal.members.models import User
from portal.personal_data.viewsets import LegalHoldViewSet

register_snippet(LegalHoldViewSet)

LOG_ACTIONS = {
    "personal_data.user.exported": (_("下载个人信息"), _("下载了自己的个人信息")),
    "personal_data.user.erased": (_("清除个人信息"), _("账户已注销，姓名和联系方式已清除")),
    "personal_data.accountclosing.waiting": (_("申请注销账户"), _("申请了注销账户")),
    "personal_data.accountclosing.cancelled": (_("取消注销账户"), _("取消了注销账户")),
    "personal_data.accountclosing.done": (_("注销账户"), _("注销了账户")),
}


@hooks.register("register_log_actions")
def register_log_actions(registry: LogActionRegistry) -> None:
    for action, (label, message) in LOG_ACTIONS.items():
        registry.register_action(action, label, message)


@hooks.register("before_delete_user")
def nobody_is_deleted_at_the_desk(request: HttpRequest, person: User) -> HttpResponse:
    return _refused(request)


@hooks.register("before_bulk_action")
def nobody_is_deleted_in_bulk(
    request: HttpRequest, action_type: str, objects: Iterable[models.Model], action: object
) -> HttpResponse | None:
    return _refused(request) if action_type == "delete" and any(isinstance(row, User) for row in objects) else None


def _refused(request: HttpRequest) -> HttpResponse:
    # A row deleted here would take the proof of others' hours with it; closing forgets the name and keeps the sums.
    messages.error(request, _("用户不能在这里删除。可以停用登录；要清除信息，由本人登录后在“我的个人信息”里注销账户。"))
    return redirect("wagtailusers_users:index")
