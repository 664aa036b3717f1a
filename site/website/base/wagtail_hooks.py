"""What we add to Wagtail's admin."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("insert_global_admin_js")
def scripts_within_the_policy() -> SafeString:
    return format_html('<script data-takes-nonce src="{}"></script>', static("js/admin-policy.js"))


@hooks.register("register_log_actions")
def register_log_actions(registry: LogActionRegistry) -> None:
    registry.register_action("base.user.phone_changed", _("更换手机号"), _("更换了手机号，须重新验证"))
