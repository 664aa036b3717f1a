"""The importer's place at the editors' desk."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permissions import policy_registry


class ImportMenuItem(MenuItem):
    """Shown to those who may put a page somewhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(policy_registry.get_by_type(Page).user_has_permission(request.user, "add"))


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLResolver]:
    return [path("imports/", include("website.imports.urls"))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    return ImportMenuItem(
        _("导入文档"), reverse("imports:upload"), name="imports", icon_name="doc-full-inverse", order=250
    )
