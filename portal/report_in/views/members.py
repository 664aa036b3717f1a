"""Where one's report-ins stand, and what one can do with them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.report_in import actions, queries
from portal.report_in.enums import ReportInKind, ReportInState
from portal.report_in.errors import ReportInError
from portal.report_in.forms.members import AnswerForm, GridForm, LongerForm, grid_form
from portal.report_in.models import MemberReportIn
from portal.report_in.views import choosing
from portal.states import IllegalMoveError
from webui.htmx import MemberRequest

UNPROCESSABLE = 422


@login_required
@require_safe
def start(request: MemberRequest) -> HttpResponse:
    """Show where one's report-ins stand, or the communities to choose from."""
    own = queries.open_report_ins(request.user)
    return _status(request, own) if own else choosing.choose(request)


@login_required
@require_POST
def send_again(request: MemberRequest, pk: int) -> HttpResponse:
    """Send again what the community asked back."""
    own = queries.open_report_ins(request.user)
    report_in = _one(own, pk)
    form = _answer_form(report_in, request.POST)
    if not form.is_valid() and report_in.state == ReportInState.ASKED_BACK:
        return _status(request, own, bound={pk: form})
    try:
        actions.resubmit(report_in=report_in, by=request.user, note=form.cleaned_data.get("note", report_in.note or ""))
    except IllegalMoveError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已经再次发给%(area)s。") % {"area": report_in.area})
    return redirect("report_in:start")


@login_required
@require_POST
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Take one's report-in back while it waits."""
    report_in = _one(queries.open_report_ins(request.user), pk)
    try:
        actions.withdraw(report_in=report_in, by=request.user)
    except IllegalMoveError as error:
        messages.error(request, str(error))
    else:
        is_move = report_in.kind == ReportInKind.MOVE
        messages.success(request, _("已撤回，原来的报到不变。") if is_move else _("已撤回。您可以重新选择社区。"))
    return redirect("report_in:start")


@login_required
@require_POST
def end(request: MemberRequest, pk: int) -> HttpResponse:
    """End one's report-in in a community that had accepted it."""
    report_in = _one(queries.open_report_ins(request.user), pk)
    try:
        actions.end_own(report_in=report_in, by=request.user)
    except IllegalMoveError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已结束在%(area)s的报到，社区和单位会知道。") % {"area": report_in.area})
    return redirect("report_in:start")


@login_required
@require_POST
def longer(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask once for a later last day of a temporary report-in."""
    own = queries.open_report_ins(request.user)
    form = _longer_form(_one(own, pk), request.POST)
    if not form.is_valid():
        return _status(request, own, bound={pk: form})
    try:
        actions.ask_for_longer(report_in=_one(own, pk), by=request.user, until=form.cleaned_data["until"])
    except ReportInError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("延长申请已经发给社区，答复后会告诉您。"))
    return redirect("report_in:start")


@login_required
@require_POST
def grid(request: MemberRequest, pk: int) -> HttpResponse:
    """Say which grid of the community one lives in."""
    own = queries.open_report_ins(request.user)
    report_in = _one(own, pk)
    form = grid_form(report_in, request.POST)
    if not form.is_valid():
        return _status(request, own, refused=form, of=pk)
    try:
        actions.say_grid(report_in=report_in, grid=form.cleaned_data["grid"], by=request.user)
    except (IllegalMoveError, ReportInError) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已记下您的网格。"))
    return redirect("report_in:start")


def _one(own: list[MemberReportIn], pk: int) -> MemberReportIn:
    for report_in in own:
        if report_in.pk == pk:
            return report_in
    raise Http404


def _answer_form(report_in: MemberReportIn, data: QueryDict | None = None) -> AnswerForm:
    return AnswerForm(data, initial={"note": report_in.note}, auto_id=f"note-{report_in.pk}-%s")


def _longer_form(report_in: MemberReportIn, data: QueryDict | None = None) -> LongerForm:
    return LongerForm(data, auto_id=f"longer-{report_in.pk}-%s")


def _form_of(report_in: MemberReportIn) -> AnswerForm | LongerForm | None:
    if report_in.state == ReportInState.ASKED_BACK:
        return _answer_form(report_in)
    return _longer_form(report_in) if report_in.may_ask_for_longer else None


def _status(
    request: MemberRequest,
    own: list[MemberReportIn],
    *,
    bound: dict[int, AnswerForm | LongerForm] | None = None,
    refused: GridForm | None = None,
    of: int | None = None,
) -> HttpResponse:
    forms = bound or {}
    is_refused = bool(forms or refused)
    kinds = {report_in.kind for report_in in own}
    residence = next((report_in for report_in in own if report_in.kind == ReportInKind.RESIDENCE), None)
    is_settled = residence is not None and residence.state == ReportInState.ACCEPTED
    context = {
        "cards": [
            (
                report_in,
                forms.get(report_in.pk) or _form_of(report_in),
                refused if refused and report_in.pk == of else grid_form(report_in),
            )
            for report_in in own
        ],
        "has_errors": is_refused,
        "may_report_in": not kinds & {ReportInKind.RESIDENCE, ReportInKind.MOVE},
        "may_move": is_settled and ReportInKind.MOVE not in kinds,
    }
    return render(request, "portal/report_in/status.html", context, status=UNPROCESSABLE if is_refused else 200)
