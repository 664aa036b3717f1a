"""The member's way in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.members.queries import home_unit, units_on_offer
from portal.organisations.models import Area
from portal.organisations.queries import communities
from portal.report_in import actions, queries
from portal.report_in.enums import ReportInState
from portal.report_in.errors import ReportInError
from portal.report_in.forms.members import AnswerForm, PlaceSearchForm, ReportInForm
from portal.report_in.models import MemberReportIn
from portal.states import IllegalMoveError
from webui.htmx import MemberRequest
from webui.pagination import page_of

COMMUNITIES_ON_A_PAGE = 40


@login_required
@require_safe
def start(request: MemberRequest) -> HttpResponse:
    """Show where one's report-in stands, or the communities to choose from."""
    report_in = queries.open_residence(request.user)
    if report_in:
        return _status(request, report_in, _answer_form(report_in))
    if units_on_offer(request.user).exists():
        return redirect("members:choose_unit")
    unit = home_unit(request.user)
    if unit is None:
        return render(request, "portal/report_in/no_unit.html")
    form = PlaceSearchForm(request.GET)
    page = page_of(request, _places(form), size=COMMUNITIES_ON_A_PAGE)
    context = {
        "unit": unit,
        "form": form,
        "page": page,
        "neighbourhoods": queries.neighbourhoods(page),
        "districts": queries.districts(),
        "district": form.cleaned_data.get("district"),
    }
    return render(request, "portal/report_in/start.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: MemberRequest, code: str) -> HttpResponse:
    """Say what the community will be told, take the consent, and send."""
    area = get_object_or_404(communities(), code=code)
    unit = home_unit(request.user)
    if unit is None or queries.open_residence(request.user):
        return redirect("report_in:start")
    form = ReportInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.submit_report_in(person=request.user, area=area, note=form.cleaned_data["note"])
        except ReportInError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("已经发给%(area)s，确认后会告诉您。") % {"area": area})
        return redirect("report_in:start")
    context = {"form": form, "area": area, "unit": unit}
    return render(request, "portal/report_in/send.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def send_again(request: MemberRequest) -> HttpResponse:
    """Send again what the community asked back."""
    report_in = _own(request)
    form = _answer_form(report_in, request.POST)
    if not form.is_valid() and report_in.state == ReportInState.ASKED_BACK:
        return _status(request, report_in, form, status=422)
    try:
        actions.resubmit(report_in=report_in, by=request.user, note=form.cleaned_data.get("note", report_in.note))
    except IllegalMoveError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已经再次发给%(area)s。") % {"area": report_in.area})
    return redirect("report_in:start")


@login_required
@require_POST
def withdraw(request: MemberRequest) -> HttpResponse:
    """Take one's report-in back while it waits."""
    try:
        actions.withdraw(report_in=_own(request), by=request.user)
    except IllegalMoveError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已撤回。您可以重新选择社区。"))
    return redirect("report_in:start")


def _places(form: PlaceSearchForm) -> QuerySet[Area]:
    form.is_valid()
    if text := form.cleaned_data.get("q"):
        return queries.communities_named(text)
    if code := form.cleaned_data.get("district"):
        return queries.communities_in(get_object_or_404(queries.districts(), code=code))
    return communities()


def _own(request: MemberRequest) -> MemberReportIn:
    report_in = queries.open_residence(request.user)
    if report_in is None:
        raise Http404
    return report_in


def _answer_form(report_in: MemberReportIn, data: QueryDict | None = None) -> AnswerForm:
    return AnswerForm(data, initial={"note": report_in.note})


def _status(request: MemberRequest, report_in: MemberReportIn, form: AnswerForm, *, status: int = 200) -> HttpResponse:
    return render(request, "portal/report_in/status.html", {"report_in": report_in, "form": form}, status=status)
