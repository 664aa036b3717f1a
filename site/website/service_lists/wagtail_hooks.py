from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from website.service_lists import queries, urls


class ServiceListMenuItem(MenuItem):
    """Shown to whoever may use it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return queries.may_import(request.user)


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLResolver]:
    return [path("service-lists/", include(urls))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> Any:
    return ServiceListMenuItem(_("服务清单"), reverse("service_lists:index"), icon_name="table", order=250)


@hooks.register("register_log_actions")
def register_log_actions(registry: LogActionRegistry) -> None:
    registry.register_action("service_lists.import", _("导入服务清单"), _("用表格导入了服务清单"))
    registry.register_action("service_lists.undo", _("撤销导入"), _("撤销了一次服务清单导入"))
