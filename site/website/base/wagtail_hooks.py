"""What we add to Wagtail's admin."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_js")
def scripts_within_the_policy() -> SafeString:
    return format_html('<script data-takes-nonce src="{}"></script>', static("js/admin-policy.js"))
