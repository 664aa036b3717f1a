"""The points of reference a community keeps."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.organisations.enums import Action
from portal.organisations.models import Area
from portal.organisations.permissions import may
from portal.organisations.queries import communities
from portal.report_in import actions, queries
from portal.report_in.errors import ReportInError
from portal.report_in.forms.stations import StationForm
from webui.htmx import MemberRequest

UNPROCESSABLE = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def stations(request: MemberRequest, code: str) -> HttpResponse:
    """List the stations of a community, and open one more."""
    area = _area(request, code)
    form = StationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.open_station(area=area, by=request.user, **form.cleaned_data)
        except ReportInError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("已添加。来临时报到的人可以选它。"))
            return redirect("report_in:stations", code)
    context = {"area": area, "form": form, "stations": queries.stations_of(area)}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "portal/report_in/stations.html", context, status=status)


@login_required
@require_POST
def end_station(request: MemberRequest, code: str, pk: int) -> HttpResponse:
    """Offer a station no longer."""
    area = _area(request, code)
    actions.end_station(station=get_object_or_404(area.stations, pk=pk), by=request.user)
    messages.success(request, _("已停用。以前选了它的报到不变。"))
    return redirect("report_in:stations", code)


def _area(request: MemberRequest, code: str) -> Area:
    area = get_object_or_404(communities(), code=code)
    if not may(request.user, Action.REVIEW_REPORT_IN, area):
        raise Http404
    return area
