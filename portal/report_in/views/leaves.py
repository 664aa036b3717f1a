"""Asking for leave, and the desk that answers."""

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.members.actions import log_read_once
from portal.organisations.enums import Action
from portal.organisations.permissions import may_somewhere
from portal.report_in import actions, queries
from portal.report_in.actions import Days
from portal.report_in.enums import LeaveKind
from portal.report_in.errors import ReportInError
from portal.report_in.forms.leaves import LeaveAnswerForm, LeaveForm
from portal.report_in.models import Leave
from portal.states import IllegalMoveError
from webui.htmx import MemberRequest
from webui.pagination import page_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: MemberRequest) -> HttpResponse:
    """List one's leaves, and ask for one."""
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        days = Days(data["starts_on"], data["ends_on"])
        try:
            actions.request_leave(person=request.user, kind=LeaveKind(data["kind"]), days=days, reason=data["reason"])
        except ReportInError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("已提交，答复后会告诉您。"))
            return redirect("report_in:leaves")
    context = {"form": form, "page": page_of(request, queries.leaves_of(request.user))}
    return render(request, "portal/report_in/leaves.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def end(request: MemberRequest, pk: int) -> HttpResponse:
    """End one's leave early, or take the request back."""
    leave = get_object_or_404(queries.leaves_of(request.user).select_related("person"), pk=pk)
    try:
        actions.end_leave(leave=leave, by=request.user)
    except IllegalMoveError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已结束。"))
    return redirect("report_in:leaves")


@login_required
@require_safe
def inbox(request: MemberRequest) -> HttpResponse:
    """List the requests that wait for one's answer; why is on the page of each."""
    if not (may_somewhere(request.user, Action.DECIDE_LEAVE) or may_somewhere(request.user, Action.DECIDE_EXEMPTION)):
        raise PermissionDenied
    context = {"page": page_of(request, queries.leaves_to_decide(request.user))}
    return render(request, "portal/report_in/leave_inbox.html", context)


@login_required
@require_safe
def review(request: MemberRequest, pk: int) -> HttpResponse:
    """Show one request to whoever answers."""
    return _review(request, _decided(request, pk))


@login_required
@require_POST
def answer(request: MemberRequest, pk: int) -> HttpResponse:
    """Grant or decline; a no says why."""
    leave = _decided(request, pk)
    form = LeaveAnswerForm(request.POST)
    grants = request.POST.get("grants") == "yes"
    if form.is_valid() and not grants and not form.cleaned_data["answer"].strip():
        form.add_error("answer", _("不同意时请写明原因，本人才知道怎么办。"))
    if not form.is_valid():
        return _review(request, leave, form)
    try:
        actions.answer_leave(leave=leave, grants=grants, by=request.user, answer=form.cleaned_data["answer"])
    except (ReportInError, IllegalMoveError) as error:
        messages.error(request, str(error))
        return redirect("report_in:leave_review", pk=pk)
    messages.success(request, _("已答复，本人会收到消息。"))
    return redirect("report_in:leave_inbox")


def _decided(request: MemberRequest, pk: int) -> Leave:
    leave = get_object_or_404(Leave.objects.select_related("person", "unit", "area"), pk=pk)
    # Asked of the posts alone: the superuser's ``has_perm`` says yes to everything.
    if not rules.has_perm("report_in.decide_leave", request.user, leave):
        raise Http404
    return leave


def _review(request: MemberRequest, leave: Leave, form: LeaveAnswerForm | None = None) -> HttpResponse:
    reads = bool(leave.reason) and rules.has_perm("report_in.read_leave_reason", request.user, leave)
    if reads and request.method == "GET":
        log_read_once(reader=request.user, person=leave.person, what=_("请假原因"), purpose=_("答复请假"))
    context = {"leave": leave, "form": form or LeaveAnswerForm(), "reads_reason": reads}
    return render(request, "portal/report_in/leave_review.html", context, status=422 if form else 200)
