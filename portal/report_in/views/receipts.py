"""What proves a report-in."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal.report_in.models import MemberReportIn
from portal.report_in.queries import history_of
from webui.htmx import MemberRequest
from webui.pagination import page_of


@login_required
@require_safe
def receipt(request: MemberRequest, number: str) -> HttpResponse:
    """Show the receipt to its person, the community and the unit; to nobody else."""
    report_in = get_object_or_404(MemberReportIn.objects.select_related("person", "unit", "area"), number=number)
    if not request.user.has_perm("report_in.view_receipt", report_in):
        raise Http404
    return render(request, "portal/report_in/receipt.html", {"report_in": report_in})


@login_required
@require_safe
def history(request: MemberRequest) -> HttpResponse:
    """Show every report-in one ever sent, with its days."""
    return render(request, "portal/report_in/history.html", {"page": page_of(request, history_of(request.user))})
