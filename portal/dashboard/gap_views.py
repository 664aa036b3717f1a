"""Whom a unit's contact may still help to report in, and the reminder."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.dashboard.forms import GapForm, RemindForm
from portal.dashboard.queries.duties import duties_of
from portal.members.models import RosterEntry
from portal.organisations.enums import Action
from portal.organisations.models import Unit
from portal.organisations.permissions import may_somewhere
from portal.organisations.queries import posts_read_once
from portal.report_in import queries
from portal.report_in.actions import remind_gap
from portal.report_in.errors import ReportInError
from webui.htmx import MemberRequest
from webui.keyset import keyset_page

MANY_BRANCHES = 2  # with fewer there is nothing to choose


@dataclass(frozen=True)
class Gap:
    """The list as the request narrows it."""

    form: GapForm
    branches: list[Unit]
    rows: "QuerySet[RosterEntry]"

    @property
    def has_branches(self) -> bool:
        return len(self.branches) >= MANY_BRANCHES

    @property
    def is_narrowed(self) -> bool:
        return bool(self.form.cleaned_data.get("q") or self.form.cleaned_data.get("branch"))


@login_required
@require_safe
@posts_read_once
def to_report_in(request: MemberRequest) -> HttpResponse:
    """Show a unit's contact whom they may still help to report in."""
    gap = _gap(request)
    context = {
        "duties": duties_of(request.user),
        "gap": gap,
        "form": gap.form,
        "page": keyset_page(request, gap.rows, order=queries.GAP_ORDER),
        "total": queries.counted(gap.rows),
    }
    return render(request, "portal/dashboard/to_report_in.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remind(request: MemberRequest) -> HttpResponse:
    """Say whom a reminder would reach and by which way, and send it."""
    gap, now = _gap(request), timezone.now()
    form = RemindForm(request.POST if request.method == "POST" else None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            done = remind_gap(
                rows=gap.rows, unit=gap.branches[0], by=request.user, most_sms=form.cleaned_data["sms"], now=now
            )
        except ReportInError as error:
            refusal = str(error)
        else:
            numbers = {"in_app": done.in_app, "sms": done.sms}
            messages.success(request, _("已提醒：站内消息 %(in_app)s 人，短信 %(sms)s 人。") % numbers)
            return redirect(f"{reverse('dashboard:to_report_in')}?{request.GET.urlencode()}")
    context = {
        "duties": duties_of(request.user),
        "plan": queries.reminder_plan(gap.rows, now=now),
        "gap": gap,
        "refusal": refusal,
        "days": settings.GAP_REMINDER_DAYS,
        "most": settings.GAP_REMINDER_SMS_MAX,
    }
    return render(request, "portal/dashboard/remind.html", context, status=422 if form.is_bound else 200)


def _gap(request: MemberRequest) -> Gap:
    if not may_somewhere(request.user, Action.SEE_GAP_LIST):
        raise PermissionDenied
    branches = list(queries.gap_branches(request.user))
    if not branches:
        raise PermissionDenied
    form = GapForm(request.GET, branches=branches)
    form.is_valid()
    branch, name = form.cleaned_data.get("branch"), form.cleaned_data.get("q") or ""
    return Gap(form, branches, queries.gap_list(request.user, branch=branch, name=name))
