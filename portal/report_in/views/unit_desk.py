"""The community's desk for units."""

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.report_in import actions, queries
from portal.report_in.enums import UnitReportInState
from portal.report_in.errors import ReportInError
from portal.report_in.forms.desk import AskBackForm, UnitEndForm
from portal.report_in.models import UnitReportIn
from portal.states import IllegalMoveError
from webui.htmx import MemberRequest
from webui.pagination import page_of

DESK_STATES = (UnitReportInState.SUBMITTED, UnitReportInState.ASKED_BACK, UnitReportInState.ACCEPTED)


@login_required
@permission_required("report_in.review_units", raise_exception=True)
@require_safe
def inbox(request: MemberRequest) -> HttpResponse:
    """List the units' report-ins that reach one's community."""
    wanted = request.GET.get("state", "")
    state = UnitReportInState(wanted) if wanted in DESK_STATES else UnitReportInState.SUBMITTED
    reports = queries.reviewable_units(request.user)
    counts = dict(reports.order_by().values_list("state").annotate(Count("pk")))
    context = {
        "page": page_of(request, reports.filter(state=state)),
        "state": state,
        "tabs": [(tab, tab.label, counts.get(tab, 0)) for tab in DESK_STATES],
    }
    return render(request, "portal/report_in/unit_inbox.html", context)


@login_required
@require_safe
def review(request: MemberRequest, pk: int) -> HttpResponse:
    """Show one unit's report-in to the community."""
    return _review(request, _reviewed(request, pk))


@login_required
@require_POST
def accept(request: MemberRequest, pk: int) -> HttpResponse:
    """Receive the unit in the community."""
    try:
        report_in = actions.accept_unit(report_in=_reviewed(request, pk), by=request.user)
    except (IllegalMoveError, ReportInError) as error:
        messages.error(request, str(error))
        return redirect("report_in:unit_review", pk=pk)
    messages.success(request, _("已确认，回执编号 %(number)s。") % {"number": report_in.number})
    return redirect("report_in:unit_inbox")


@login_required
@require_POST
def ask_back(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask the unit for more, saying what."""
    report_in = _reviewed(request, pk)
    form = AskBackForm(request.POST)
    if not form.is_valid():
        return _review(request, report_in, form)
    try:
        actions.ask_unit_back(report_in=report_in, by=request.user, reason=form.cleaned_data["reason"])
    except (IllegalMoveError, ReportInError) as error:
        messages.error(request, str(error))
        return redirect("report_in:unit_review", pk=pk)
    messages.success(request, _("已请单位补充。"))
    return redirect("report_in:unit_inbox")


@login_required
@require_POST
def end(request: MemberRequest, pk: int) -> HttpResponse:
    """End the unit's report-in for the community, with a reason the unit is shown."""
    report_in = _reviewed(request, pk)
    form = UnitEndForm(request.POST, auto_id="end_%s")
    if not form.is_valid():
        return _review(request, report_in, end_form=form)
    try:
        actions.end_unit_for_community(report_in=report_in, by=request.user, reason=form.cleaned_data["reason"])
    except (IllegalMoveError, ReportInError) as error:
        messages.error(request, str(error))
        return redirect("report_in:unit_review", pk=pk)
    messages.success(request, _("已结束，单位会知道原因。"))
    return redirect("report_in:unit_inbox")


def _reviewed(request: MemberRequest, pk: int) -> UnitReportIn:
    report_in = get_object_or_404(UnitReportIn.objects.select_related("unit", "area"), pk=pk)
    # Asked of the posts alone: the superuser's ``has_perm`` says yes to everything.
    if not rules.has_perm("report_in.review_unit", request.user, report_in):
        raise Http404
    return report_in


def _review(
    request: MemberRequest,
    report_in: UnitReportIn,
    form: AskBackForm | None = None,
    end_form: UnitEndForm | None = None,
) -> HttpResponse:
    context = {
        "report_in": report_in,
        "ask_back_form": form or AskBackForm(),
        "end_form": end_form or UnitEndForm(auto_id="end_%s"),
    }
    return render(request, "portal/report_in/unit_review.html", context, status=422 if form or end_form else 200)
