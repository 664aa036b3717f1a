"""Where the desk meets Wagtail's admin."""

from collections.abc import Collection, Iterator
from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from website.editing import queries, urls
from website.editing.content_checker import with_our_checker
from website.editing.publishing import hold_back, tell_remarks
from website.editing.start_page import WaitingPanel

# Wagtail's own items of the help menu that lead to a foreign host, in English.
FOREIGN = ("whats-new-in-wagtail", "editor-guide")
BEGUN_BY_COPY = frozenset({"case_studies.casestudypage", "services.servicepage", "public_notices.noticepage"})


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern | URLResolver]:
    return [path("desk/", include(urls))]


@hooks.register("insert_global_admin_css")
def desk_style() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/editing.css"))


@hooks.register("insert_editor_js")
def desk_script() -> SafeString:
    return format_html('<script src="{}" defer></script>', static("js/editing/remarks.js"))


@hooks.register("construct_homepage_panels")
def what_waits(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(WaitingPanel())


@hooks.register("construct_wagtail_userbar")
def our_content_checker(request: HttpRequest, items: list[Any], page: Page | None) -> None:
    items[:] = with_our_checker(items)


@hooks.register("construct_help_menu")
def no_foreign_help(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    menu_items[:] = [item for item in menu_items if not str(item.name).startswith(FOREIGN)]


@hooks.register("register_help_menu_item")
def how_tos_in_the_menu() -> MenuItem:
    return MenuItem(_("使用说明"), reverse("editing:help"), name="how-tos", icon_name="help", order=100)


@hooks.register("register_page_listing_buttons")
def copy_button(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Offer to begin from a page that exists."""
    kind = page.specific_class
    is_begun_by_copy = kind is not None and kind._meta.label_lower in BEGUN_BY_COPY
    if is_begun_by_copy and page.get_parent().permissions_for_user(user).can_add_subpage():
        url = reverse("wagtailadmin_pages:copy", args=[page.pk])
        yield Button(_("复制一份"), url, priority=40)


@hooks.register("before_create_page")
def refused_is_a_draft(request: HttpRequest, parent_page: Page, page_class: type[Page]) -> None:
    page = page_class(owner=request.user, locale=parent_page.locale)
    hold_back(request, page=page, parent=parent_page)


@hooks.register("before_edit_page")
def refused_stays_a_draft(request: HttpRequest, page: Page) -> None:
    if request.method == "POST":
        fresh = page.specific_class.objects.get(pk=page.pk).get_latest_revision_as_object()
        hold_back(request, page=fresh, parent=page.get_parent())


@hooks.register("after_publish_page")
def remarks_after_publishing(request: HttpRequest, page: Page) -> None:
    tell_remarks(request, page=page)


@hooks.register("before_bulk_action")
def nothing_refused_goes_out_in_bulk(
    request: HttpRequest, action_type: str, objects: Collection[models.Model], action: BulkAction
) -> HttpResponse | None:
    if action_type != "publish" or action.model is not Page:
        return None
    refused = queries.refused_drafts(
        page_ids=[page.pk for page in objects],
        with_those_below=action.cleaned_form.cleaned_data.get("include_descendants", False),
    )
    if not refused:
        return None
    names = "、".join(page.title for page in refused)
    messages.error(request, gettext("%(names)s：里面有身份证号，不能发布。这次一页也没有发布。") % {"names": names})
    return redirect(action.next_url)
