"""The community's desk."""

from uuid import uuid4

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.members.actions import log_read_once
from portal.members.enums import OF_THE_COMMUNITY
from portal.members.queries import VisibleProfile, visible_profiles
from portal.members.reveal import Phone, masked_phone_of, reveal_phone
from portal.organisations.enums import Action
from portal.organisations.permissions import may
from portal.report_in import actions, queries
from portal.report_in.enums import OPEN, ReportInState
from portal.report_in.errors import ReportInError
from portal.report_in.forms.desk import AskBackForm, EndForm
from portal.report_in.forms.members import grid_form
from portal.report_in.models import MemberReportIn
from portal.report_in.views.bulk import MOST_CHOSEN
from portal.states import IllegalMoveError
from webui.htmx import MemberRequest
from webui.keyset import keyset_page

DESK_STATES = (ReportInState.SUBMITTED, ReportInState.ASKED_BACK, ReportInState.ACCEPTED)
OVERDUE, LONGER = "overdue", "longer"
PAGE_SIZES = (20, 200, MOST_CHOSEN)
ORDER = ("submitted_at", "pk")


@login_required
@permission_required("report_in.review_any", raise_exception=True)
@require_safe
def inbox(request: MemberRequest) -> HttpResponse:
    """List the report-ins that reach one's community, or that a community has let lie."""
    reports, size = queries.reviewable(request.user), request.GET.get("size", "")
    state = _tab_of(request.GET.get("state", ""))
    counts = queries.pending_counts(reports)
    context = {
        "page": keyset_page(request, reports.filter(_on_tab(state)), order=ORDER, size=_size_of(size)),
        "state": state,
        "tabs": [(tab, label, counts.get(tab)) for tab, label in _tabs(counts)],
        "may_accept_many": state in (ReportInState.SUBMITTED, OVERDUE),
        "is_all_chosen": "all" in request.GET,
        "sizes": PAGE_SIZES,
        "size": _size_of(size),
        "token": uuid4(),
        "unfinished": queries.unfinished_bulk_answers(request.user),
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
    form = AskBackForm(request.POST, auto_id="ask_back_%s")
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
def end(request: MemberRequest, pk: int) -> HttpResponse:
    """End a report-in for the community, with a reason the person is shown."""
    report_in = _reviewed(request, pk, right="report_in.end_report_in")
    form = EndForm(request.POST, auto_id="end_%s")
    if not form.is_valid():
        return _review(request, report_in, end_form=form, status=422)
    try:
        actions.end(report_in=report_in, by=request.user, reason=form.cleaned_data["reason"])
    except (IllegalMoveError, ReportInError) as error:
        messages.error(request, str(error))
        return redirect("report_in:review", pk=pk)
    messages.success(request, _("已结束，本人和单位会知道。"))
    return redirect("report_in:inbox")


@login_required
@require_POST
def grid(request: MemberRequest, pk: int) -> HttpResponse:
    """Note which grid the person lives in."""
    report_in = _reviewed(request, pk)
    form = grid_form(report_in, request.POST)
    if not form.is_valid():
        return _review(request, report_in, grid_form=form, status=422)
    try:
        actions.say_grid(report_in=report_in, grid=form.cleaned_data["grid"], by=request.user)
    except (IllegalMoveError, ReportInError) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已记下网格。"))
    return redirect("report_in:review", pk=pk)


@login_required
@require_POST
def answer_longer(request: MemberRequest, pk: int) -> HttpResponse:
    """Grant or decline a longer stay."""
    report_in = _reviewed(request, pk, right="report_in.end_report_in")
    is_granted = request.POST.get("answer") == "grant"
    try:
        actions.answer_longer(report_in=report_in, by=request.user, is_granted=is_granted)
    except ReportInError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已同意延长，本人会收到消息。") if is_granted else _("已答复本人：到期结束。"))
    return redirect("report_in:review", pk=pk)


@login_required
@require_POST
def show_phone(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the whole number once, in this answer only, and note who saw it and why."""
    report_in = _reviewed(request, pk)
    phone = reveal_phone(
        request,
        whose=report_in.person,
        address=_phone_address(report_in),
        place=report_in.area,
        purposes=OF_THE_COMMUNITY,
    )
    return _review(request, report_in, phone=phone, status=200 if phone.is_whole else 422)


def _tab_of(wanted: str) -> str:
    known = (ReportInState.SUBMITTED, OVERDUE, LONGER, ReportInState.ASKED_BACK, ReportInState.ACCEPTED)
    return wanted if wanted in known else ReportInState.SUBMITTED


def _on_tab(tab: str) -> Q:
    if tab == OVERDUE:
        return Q(state=ReportInState.SUBMITTED, escalated_at__isnull=False)
    return queries.ASKS_FOR_LONGER if tab == LONGER else Q(state=tab)


def _tabs(counts: dict[str, int]) -> list[tuple[str, str]]:
    # What there is none of, and what is no state, needs no tab.
    seldom = [(OVERDUE, _("已超时")), (LONGER, _("申请延长"))]
    states = [(state, str(state.label)) for state in DESK_STATES]
    return states[:1] + [(tab, label) for tab, label in seldom if counts.get(tab)] + states[1:]


def _size_of(wanted: str) -> int:
    return int(wanted) if wanted in {str(size) for size in PAGE_SIZES} else PAGE_SIZES[0]


def _reports() -> QuerySet[MemberReportIn]:
    return MemberReportIn.objects.select_related("person", "unit", "area", "grid", "moves_from__area")


def _reviewed(request: MemberRequest, pk: int, *, right: str = "report_in.review_report_in") -> MemberReportIn:
    report_in = get_object_or_404(_reports(), pk=pk)
    # Asked of the posts alone: ``has_perm`` would let a superuser read anybody's.
    if not rules.has_perm(right, request.user, report_in):
        raise Http404
    return report_in


def _phone_address(report_in: MemberReportIn) -> str:
    return reverse("report_in:show_phone", args=[report_in.pk])


def _review(
    request: MemberRequest, report_in: MemberReportIn, *, status: int = 200, phone: Phone | None = None, **shown: object
) -> HttpResponse:
    phone = phone or masked_phone_of(report_in.person, address=_phone_address(report_in), purposes=OF_THE_COMMUNITY)
    context = {
        "report_in": report_in,
        "ask_back_form": AskBackForm(auto_id="ask_back_%s"),
        "end_form": EndForm(auto_id="end_%s"),
        "may_end": rules.has_perm("report_in.end_report_in", request.user, report_in),
        "grid_form": grid_form(report_in),
        "phone": phone,
        "profile": _profile(request, report_in),
        **shown,
    }
    return render(request, "portal/report_in/review.html", context, status=status)


def _profile(request: MemberRequest, report_in: MemberReportIn) -> VisibleProfile | None:
    """Return what the person lets the organisers of their community see, while it is or may become theirs."""
    if report_in.state not in OPEN or not may(request.user, Action.VIEW_AREA_MEMBERS, report_in.area):
        return None
    return visible_profiles([report_in.person]).get(report_in.person.pk)
