"""What we add to Wagtail's admin."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from website.base.managing import check_bulk_action
from website.base.models import SiteImage
from website.base.private_pictures import mark_private


@hooks.register("insert_global_admin_js")
def scripts_within_the_policy() -> SafeString:
    return format_html('<script data-takes-nonce src="{}"></script>', static("js/admin-policy.js"))


@hooks.register("register_log_actions")
def register_log_actions(registry: LogActionRegistry) -> None:
    registry.register_action("base.user.phone_changed", _("更换手机号"), _("更换了手机号，须重新验证"))


@hooks.register("before_bulk_action")
def nobody_is_given_more_than_ones_own(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> None:
    if issubclass(action.model, AbstractBaseUser):
        check_bulk_action(request, objects, action)


@hooks.register("after_bulk_action")
def private_pictures_are_marked(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> None:
    if issubclass(action.model, SiteImage):  # many are moved at once, without a signal
        mark_private()
