from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from website.services.models import ServicePage
from website.services.rules import may_confirm
from website.services.views import confirm_service
from website.services.viewsets import ServicesToReview


class ForEditors(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(PagePermissionPolicy().user_has_any_permission(request.user, {"change", "publish"}))


@hooks.register("register_admin_urls")
def register_review_urls() -> list[URLPattern]:
    return [
        path("reports/services-to-review/", ServicesToReview.as_view(), name="services_to_review"),
        path(
            "reports/services-to-review/results/",
            ServicesToReview.as_view(results_only=True),
            name="services_to_review_results",
        ),
        path("services/<int:pk>/confirm/", confirm_service, name="service_confirm"),
    ]


@hooks.register("register_reports_menu_item")
def register_review_menu_item() -> MenuItem:
    return ForEditors(_("待复核的服务"), reverse("services_to_review"), icon_name="date", order=100)


@hooks.register("register_page_header_buttons")
def confirm_from_the_page(page: Page, user: Any, next_url: str | None = None, **kwargs: Any) -> Iterator[Button]:
    if page.specific_class is ServicePage and page.live and may_confirm(page, user):
        yield Button(_("核对无误"), reverse("service_confirm", args=[page.pk]), icon_name="check", priority=45)


@hooks.register("register_log_actions")
def register_log_actions(registry: LogActionRegistry) -> None:
    registry.register_action("services.service.checked", _("核对无误"), _("核对了服务，内容无误"))
    registry.register_action("services.service.alert_ended", _("提醒到期"), _("变动提醒到期，已经取下"))
