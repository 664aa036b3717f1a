from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.annual_reports import actions, queries
from portal.annual_reports.errors import ReportError
from portal.annual_reports.forms import ReplyForm, ReportForm
from portal.annual_reports.models import AnnualReport, Receipt, ReportingYear
from portal.members.actions import log_read_once
from portal.members.queries import is_vouched_for, units_on_offer
from webui.htmx import MemberRequest
from webui.pagination import page_of


@login_required
@require_safe
def mine(request: MemberRequest) -> HttpResponse:
    can_report, years = is_vouched_for(request.user), queries.years_of(request.user)
    context = {
        "can_report": can_report,
        "years": [(year, report) for year, report in years if can_report or report],
    }
    return render(request, "portal/annual_reports/mine.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, year: int) -> HttpResponse:
    """Show the member's report on ``year``: a form while it is a draft, afterwards who has it and what they replied.

    Looking writes nothing; the first save makes the draft.
    """
    reporting_year = get_object_or_404(queries.reporting_years(), year=year)
    report = queries.report_on(reporting_year, member=request.user)
    if not report.is_draft:
        return _sent(request, report)
    form = ReportForm(request.POST if request.method == "POST" else None, instance=report)
    if form.is_valid():
        return _keep(request, reporting_year, form)
    context = {"report": report, "form": form, "figures": queries.figures_in(report)}
    return render(request, "portal/annual_reports/edit.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def redraft(request: MemberRequest, year: int) -> HttpResponse:
    report = _own_report(request, year)
    try:
        actions.redraft_report(report=report, by=request.user)
    except ReportError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已按现在的服务记录重新写好。"))
    return redirect("annual_reports:edit", year)


@login_required
@require_safe
def preview(request: MemberRequest, year: int) -> HttpResponse:
    report = _own_report(request, year)
    if not report.is_draft:
        return redirect("annual_reports:edit", year)
    recipients = queries.recipients_of(request.user)
    context = {
        "report": report,
        "figures": queries.figures_in(report),
        "recipients": recipients,
        "can_choose_unit": units_on_offer(request.user).exists(),
        "can_send": report.year.is_open and all(recipients),
    }
    return render(request, "portal/annual_reports/preview.html", context)


@login_required
@require_POST
def send(request: MemberRequest, year: int) -> HttpResponse:
    report = _own_report(request, year)
    if not request.user.has_perm("annual_reports.send_report", report):
        raise PermissionDenied
    try:
        actions.send_report(report=report, by=request.user)
    except ReportError as refusal:
        messages.error(request, str(refusal))
        return redirect("annual_reports:preview", year)
    return redirect("annual_reports:edit", year)


@login_required
@require_safe
def print_report(request: MemberRequest, year: int) -> HttpResponse:
    report = _own_report(request, year)
    context = {"report": report, "figures": queries.figures_in(report)}
    return render(request, "portal/annual_reports/print.html", context)


@login_required
@require_safe
def received(request: MemberRequest) -> HttpResponse:
    waiting, answered = queries.waiting_receipts(request.user), queries.answered_receipts(request.user)
    shows_answered = request.GET.get("state") == "answered"
    context = {
        "page": page_of(request, answered if shows_answered else waiting),
        "shows_answered": shows_answered,
        "waiting_count": waiting.count(),
    }
    return render(request, "portal/annual_reports/received.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a report to one who answers for its community or unit; the member can see that it was read."""
    receipt = get_object_or_404(queries.receipts_reaching(request.user), pk=pk)
    if not request.user.has_perm("annual_reports.answer_receipt", receipt):
        raise PermissionDenied
    form = ReplyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _reply(request, receipt, form)
    report = receipt.report
    log_read_once(
        reader=request.user,
        person=report.member,
        what=_("%(year)s 年度报告") % {"year": report.year},
        purpose=_("阅读并回复年度报告"),
        place=receipt.recipient,
    )
    context = {"receipt": receipt, "report": report, "form": form, "figures": queries.figures_in(report)}
    return render(request, "portal/annual_reports/answer.html", context, status=422 if form.is_bound else 200)


def _own_report(request: MemberRequest, year: int) -> AnnualReport:
    return get_object_or_404(queries.reports_of(request.user), year__year=year)


def _sent(request: MemberRequest, report: AnnualReport) -> HttpResponse:
    if request.method == "POST":
        messages.error(request, _("这份报告已经提交，刚才的修改没有保存。"))
        return redirect("annual_reports:edit", report.year.year)
    return render(request, "portal/annual_reports/sent.html", {"report": report, "figures": queries.figures_in(report)})


def _keep(request: MemberRequest, year: ReportingYear, form: ReportForm) -> HttpResponse:
    try:
        report = actions.draft_report(member=request.user, year=year)
        actions.edit_report(report=report, by=request.user, **form.cleaned_data)
    except ReportError as refusal:
        messages.error(request, str(refusal))
        return redirect("annual_reports:edit", year.year)
    if "preview" in request.POST:
        return redirect("annual_reports:preview", year.year)
    messages.success(request, _("已保存。"))
    return redirect("annual_reports:edit", year.year)


def _reply(request: MemberRequest, receipt: Receipt, form: ReplyForm) -> HttpResponse:
    try:
        actions.acknowledge(receipt=receipt, by=request.user, reply=form.cleaned_data["reply"])
    except ReportError as refusal:
        messages.error(request, str(refusal))
        return redirect("annual_reports:answer", receipt.pk)
    reply = Truncator(form.cleaned_data["reply"]).chars(60)
    messages.success(request, _("已回复：“%(reply)s”报告人会收到消息。") % {"reply": reply})
    return redirect("annual_reports:received")
