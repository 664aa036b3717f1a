"""Taking a consent back, and the report on who is shown with what right."""

from datetime import date
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from website.people.actions import withdraw
from website.people.forms import WithdrawalForm
from website.people.models import Consent, PersonPage


@require_http_methods(["GET", "HEAD", "POST"])
def consent_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask when and how, say what will go, and take it all down."""
    if not request.user.has_perm("people.change_consent"):
        raise PermissionDenied
    consent = get_object_or_404(Consent, pk=pk)
    form = WithdrawalForm(request.POST or None, given_on=consent.given_on)
    if request.method == "POST" and form.is_valid():
        taken = withdraw(consent=consent, by=request.user, **form.cleaned_data)
        messages.success(request, _taken_down(consent, len(taken)))
        return redirect("wagtailsnippets_people_consent:list")
    context = {"consent": consent, "form": form, "pages": PersonPage.objects.filter(consent=consent)}
    return TemplateResponse(request, "website/people/consent_withdraw.html", context)


def _taken_down(consent: Consent, number: int) -> str:
    message = ngettext(
        "%(name)s 的同意已经撤回，%(number)d 个页面已经下线。",
        "%(name)s 的同意已经撤回，%(number)d 个页面已经下线。",
        number,
    )
    return message % {"name": consent.name, "number": number}


class RightToShowReport(ReportView):
    """Every person's page with the right it stands on: a consent and its scope, or a source."""

    model = PersonPage
    page_title = gettext_lazy("人物公开情况")
    verbose_name_plural = gettext_lazy("典型人物")
    header_icon = "clipboard-list"
    index_url_name = "people_report"
    index_results_url_name = "people_report_results"
    results_template_name = "wagtailadmin/reports/base_report_results.html"
    permission_policy = ModelPermissionPolicy(Consent)  # it is about the register, whatever pages one may edit
    permission_required = "view"
    list_export: ClassVar[list[str]] = [
        "title",
        "live",
        "is_living",
        "consent",
        "consent.text",
        "consent.purposes_text",
        "consent.withdrawn_on",
        "sources",
        "get_kin_position_display",
        "checked_on",
    ]
    export_headings: ClassVar[dict] = {
        "title": gettext_lazy("人物页"),
        "live": gettext_lazy("已发布"),
        "consent.text": gettext_lazy("同意书版本"),
        "consent.purposes_text": gettext_lazy("公开的内容"),
        "consent.withdrawn_on": gettext_lazy("撤回日期"),
        "get_kin_position_display": gettext_lazy("近亲属的意见"),
    }

    @cached_property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("title", label=_("人物页"), url_name="wagtailadmin_pages:edit"),
            Column("live", label=_("已发布"), accessor=lambda page: yes_or_no(page.live)),
            Column("is_living", label=_("健在"), accessor=lambda page: yes_or_no(page.is_living)),
            Column("consent", label=_("公开同意书"), accessor=lambda page: page.consent or "–"),
            Column("purposes", label=_("公开的内容"), accessor=_purposes),
            Column("may_be_shown", label=_("有权公开"), accessor=lambda page: yes_or_no(page.may_be_shown)),
            Column("checked_on", label=_("核对日期"), accessor=lambda page: day_of(page.checked_on)),
        ]

    def get_queryset(self) -> QuerySet[PersonPage]:
        pages = PersonPage.objects.select_related("consent__text").prefetch_related("consent__purposes")
        return pages.order_by("title", "pk")


def yes_or_no(is_so: bool) -> str:
    """Return the word: Wagtail's own column shows a picture, and says True or False to those who cannot see it."""
    return _("是") if is_so else _("否")


def day_of(day: date | None) -> str:
    """Show a day of a register: as a day, not as so long ago."""
    return date_format(day) if day else "–"


def _purposes(page: Any) -> str:
    return str(page.consent.purposes_text) if page.consent else ""
