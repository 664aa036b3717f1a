"""What proves a report-in: to its person, the community and the unit; and, by number and code, to anybody."""

import rules
from allauth.core.internal import ratelimit  # the outer one never counts a GET
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.report_in.forms.members import VerifyForm
from portal.report_in.models import MemberReportIn
from portal.report_in.queries import history_of, receipt_code, verified_receipt
from webui.htmx import MemberRequest
from webui.pagination import page_of
from webui.qr import qr_code

TOO_MANY = 429


@login_required
@require_safe
def receipt(request: MemberRequest, number: str) -> HttpResponse:
    """Show the receipt to its person, the community and the unit; to nobody else."""
    reports = MemberReportIn.objects.select_related("person", "unit", "area", "moves_from__area")
    report_in = get_object_or_404(reports, number=number)
    if not rules.has_perm("report_in.view_receipt", request.user, report_in):
        raise Http404
    code = receipt_code(number)
    address = request.build_absolute_uri(reverse("report_in:verify", args=[number, code]))
    context = {"report_in": report_in, "code": code, "qr": qr_code(address)}
    return render(request, "portal/report_in/receipt.html", context)


@login_required
@require_safe
def history(request: MemberRequest) -> HttpResponse:
    """Show every report-in one ever sent, with its days."""
    return render(request, "portal/report_in/history.html", {"page": page_of(request, history_of(request.user))})


@never_cache
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Take number and code as typed from paper."""
    form = VerifyForm(request.GET or None)
    if form.is_bound and form.is_valid():
        return redirect("report_in:verify", form.cleaned_data["number"], form.cleaned_data["code"])
    return _public(request, {"form": form}, status=422 if form.is_bound else 200)


@never_cache
@require_safe
def verify(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Say whether a receipt is genuine and stands, and nothing of its person but a masked name."""
    if not ratelimit.consume(request, app="allauth.account", action="verify_receipt", limit_get=True):
        return _public(request, {"problem": _("查得太频繁了，请过一会儿再试。")}, status=TOO_MANY)
    found = verified_receipt(number, code)
    if found is None:
        problem = _("查不到：编号和校验码不符。请照着回执再核对一遍。")
        return _public(request, {"problem": problem, "form": VerifyForm()}, status=404)
    return _public(request, {"receipt": found}, status=200)


def _public(request: HttpRequest, context: dict[str, object], *, status: int) -> HttpResponse:
    response = render(request, "portal/report_in/verify.html", context, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
