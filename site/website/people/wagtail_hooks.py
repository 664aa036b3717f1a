"""Where the editors' desk asks us: before copies and bulk publishing, after a consent changes."""

from collections.abc import Collection, Iterator

from django.contrib import messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from website.base.models import SiteDocument
from website.people import queries
from website.people.actions import WITHDRAWN, record, withdraw
from website.people.errors import BornLive
from website.people.models import Consent, PersonPage
from website.people.views import RightToShowReport
from website.people.viewsets import ConsentRegister, withdraw_buttons

register_snippet(ConsentRegister)


@hooks.register("register_log_actions")
def register_log_actions(registry: LogActionRegistry) -> None:
    registry.register_action(WITHDRAWN, gettext_lazy("撤回同意"), gettext_lazy("撤回了公开同意，页面已经下线"))


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def consent_is_recorded_and_its_withdrawal_done(request: HttpRequest, instance: models.Model) -> None:
    if not isinstance(instance, Consent):
        return
    record(consent=instance, by=request.user)
    if instance.withdrawn_on:
        withdraw(consent=instance, by=request.user, on=instance.withdrawn_on)


@hooks.register("register_snippet_listing_buttons")
def withdraw_from_the_list(snippet: models.Model, user: models.Model, next_url: str | None = None) -> Iterator[Button]:
    if isinstance(snippet, Consent):
        yield from withdraw_buttons(snippet)


@hooks.register("before_edit_page", order=-100)  # before wagtail-localize takes the page over, and tells no reason
def translations_are_not_published_against_the_rules(request: HttpRequest, page: Page) -> HttpResponse | None:
    if request.method != "POST" or request.POST.get("action") != "publish" or not isinstance(page, PersonPage):
        return None
    refused = queries.refused([page.pk], by=request.user)
    for _draft, reason in refused:
        messages.error(request, " ".join(reason.messages))
    return redirect("wagtailadmin_pages:edit", page.pk) if refused else None


@hooks.register("before_copy_page")
def people_are_not_copied_live(request: HttpRequest, page: Page) -> HttpResponse | None:
    if request.method != "POST" or "publish_copies" not in request.POST:
        return None
    with_children = "copy_subpages" in request.POST
    people = PersonPage.objects.descendant_of(page, inclusive=True) if with_children else PersonPage.objects.page(page)
    if not people.exists():
        return None
    messages.error(request, " ".join(BornLive().messages))
    return redirect("wagtailadmin_pages:copy", page.pk)


@hooks.register("before_bulk_action")
def people_are_not_published_in_bulk_against_the_rules(
    request: HttpRequest, action_type: str, objects: Collection[models.Model], action: BulkAction
) -> HttpResponse | None:
    if action_type != "publish" or action.model is not Page:
        return None
    refused = queries.refused(_to_publish(objects, action), by=request.user)
    if not refused:
        return None
    for page, reason in refused:
        messages.error(request, _("%(name)s：%(reason)s") % {"name": page.title, "reason": " ".join(reason.messages)})
    messages.warning(request, _("这次一页也没有发布。"))
    return redirect(action.next_url)


def _to_publish(objects: Collection[models.Model], action: BulkAction) -> set[int]:
    chosen = {page.pk for page in objects}
    if action.cleaned_form.cleaned_data["include_descendants"]:
        for page in objects:
            chosen.update(queries.drafts_below(page))
    return chosen


@hooks.register("before_serve_document", order=1)  # after the folder's own restriction
def scans_are_for_those_who_keep_the_register(document: SiteDocument, request: HttpRequest) -> None:
    """Keep signed papers from everybody else, wherever somebody moves them, and from members who are just logged in."""
    if Consent.objects.filter(scan=document).exists() and not request.user.has_perm("people.view_consent"):
        raise Http404


class PeopleReportItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("people.view_consent")


@hooks.register("register_reports_menu_item")
def report_on_people() -> MenuItem:
    address = reverse("people_report")
    return PeopleReportItem(gettext_lazy("人物公开情况"), address, icon_name="clipboard-list", order=650)


@hooks.register("register_admin_urls")
def report_addresses() -> list[URLPattern]:
    results = RightToShowReport.as_view(results_only=True)
    return [
        path("reports/people/", RightToShowReport.as_view(), name="people_report"),
        path("reports/people/results/", results, name="people_report_results"),
    ]
