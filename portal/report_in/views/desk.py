"""The community's desk."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import Count, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.members.actions import log_read_once
from portal.members.enums import PhonePurpose
from portal.members.reveal import Phone, masked_phone_of, reveal_phone
from portal.report_in import actions, queries
from portal.report_in.enums import ReportInState
from portal.report_in.errors import ReportInError
from portal.report_in.forms.desk import AskBackForm
from portal.report_in.models import MemberReportIn
from portal.states import IllegalMoveError
from webui.htmx import MemberRequest
from webui.pagination import page_of

PURPOSES = (PhonePurpose.CHECK, PhonePurpose.COMPLETE, PhonePurpose.INVITE)
DESK_STATES = (ReportInState.SUBMITTED, ReportInState.ASKED_BACK, ReportInState.ACCEPTED)


@login_required
@permission_required("report_in.review_any", raise_exception=True)
@require_safe
def inbox(request: MemberRequest) -> HttpResponse:
    """List the report-ins that reach one's community."""
    wanted = request.GET.get("state", "")
    state = ReportInState(wanted) if wanted in DESK_STATES else ReportInState.SUBMITTED
    reports = queries.reviewable(request.user)
    counts = dict(reports.order_by().values_list("state").annotate(Count("pk")))
    context = {
        "page": page_of(request, reports.filter(state=state)),
        "state": state,
        "tabs": [(tab, tab.label, counts.get(tab, 0)) for tab in DESK_STATES],
    }
    return render(request, "portal/report_in/inbox.html", context)


@login_required
@require_safe
def review(request: MemberRequest, pk: int) -> HttpResponse:
    """Show one report-in to the community; its person can see that somebody looked."""
    report_in = _reviewed(request, pk)
    log_read_once(
        reader=request.user, person=report_in.person, what=_("报到信息"), purpose=_("确认报到"), place=report_in.area
    )
    return _review(request, report_in)


@login_required
@require_POST
def accept(request: MemberRequest, pk: int) -> HttpResponse:
    """Receive the person in the community."""
    try:
        report_in = actions.accept(report_in=_reviewed(request, pk), by=request.user)
    except (IllegalMoveError, ReportInError) as error:
        messages.error(request, str(error))
        return redirect("report_in:review", pk=pk)
    messages.success(request, _("已确认，回执编号 %(number)s。") % {"number": report_in.number})
    return redirect("report_in:inbox")


@login_required
@require_POST
def ask_back(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask the person for more, saying what."""
    report_in = _reviewed(request, pk)
    form = AskBackForm(request.POST)
    if not form.is_valid():
        return _review(request, report_in, ask_back_form=form, status=422)
    try:
        actions.ask_back(report_in=report_in, by=request.user, reason=form.cleaned_data["reason"])
    except (IllegalMoveError, ReportInError) as error:
        messages.error(request, str(error))
        return redirect("report_in:review", pk=pk)
    messages.success(request, _("已请本人补充。"))
    return redirect("report_in:inbox")


@login_required
@require_POST
def show_phone(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the whole number once, in this answer only, and note who saw it and why."""
    report_in = _reviewed(request, pk)
    address = _phone_address(report_in)
    phone = reveal_phone(request, person=report_in.person, address=address, place=report_in.area, purposes=PURPOSES)
    return _review(request, report_in, phone=phone, status=200 if phone.is_whole else 422)


def _reports() -> QuerySet[MemberReportIn]:
    return MemberReportIn.objects.select_related("person", "unit", "area")


def _reviewed(request: MemberRequest, pk: int) -> MemberReportIn:
    report_in = get_object_or_404(_reports(), pk=pk)
    if not request.user.has_perm("report_in.review_report_in", report_in):
        raise Http404
    return report_in


def _phone_address(report_in: MemberReportIn) -> str:
    return reverse("report_in:show_phone", args=[report_in.pk])


def _review(
    request: MemberRequest, report_in: MemberReportIn, *, status: int = 200, phone: Phone | None = None, **shown: object
) -> HttpResponse:
    phone = phone or masked_phone_of(report_in.person, address=_phone_address(report_in), purposes=PURPOSES)
    context = {"report_in": report_in, "ask_back_form": AskBackForm(), "phone": phone, **shown}
    return render(request, "portal/report_in/review.html", context, status=status)
