"""The list on paper: printed with a code, and keyed in by it, in the order of the paper."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.activities.enums import AttendanceState
from portal.activities.errors import ActivityError
from portal.check_in import actions, queries, tokens
from portal.check_in.errors import SheetUnknownError
from portal.check_in.forms import SheetCodeForm
from portal.check_in.models import Sheet
from portal.check_in.views.desk import shift_of
from portal.organisations.enums import Action
from portal.organisations.permissions import may_somewhere
from portal.states import IllegalMoveError
from webui.htmx import MemberRequest
from webui.qr import qr_code

TICKS = (AttendanceState.ARRIVED, AttendanceState.COMPLETED, AttendanceState.ABSENT)


@login_required
@require_POST
def make(request: MemberRequest, pk: int) -> HttpResponse:
    """Make the list as it stands, or find the one that is the same."""
    sheet = actions.make_sheet(shift=shift_of(request, pk), by=request.user)
    return redirect("check_in:print_sheet", tokens.sheet_code(sheet.pk))


@login_required
@require_safe
def print_sheet(request: MemberRequest, code: str) -> HttpResponse:
    sheet = _sheet(request, code)
    address = request.build_absolute_uri(reverse("check_in:sheet", args=[tokens.sheet_code(sheet.pk)]))
    context = _context(request, sheet) | {"qr": qr_code(address)}
    return render(request, "portal/check_in/print_sheet.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: MemberRequest) -> HttpResponse:
    """Lead from the typed code to where the list is keyed in."""
    if not may_somewhere(request.user, Action.RUN_ACTIVITIES):
        raise Http404
    form = SheetCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        sheet = queries.sheet_with(form.cleaned_data["code"], person=request.user)
        if sheet:
            return redirect("check_in:sheet", tokens.sheet_code(sheet.pk))
        form.add_error("code", SheetUnknownError().message)
    return render(request, "portal/check_in/find_sheet.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: MemberRequest, code: str) -> HttpResponse:
    """Key in the ticks of a printed list. Once or twice comes to the same."""
    sheet = _sheet(request, code)
    refusal = ""
    ticked = _ticked(request, sheet) if request.method == "POST" else {}
    if request.method == "POST":
        try:
            changed = actions.enter_sheet(sheet=sheet, by=request.user, ticked=ticked)
        except (ActivityError, IllegalMoveError) as error:
            refusal = str(error)
        else:
            text = ngettext("已录入，%(n)d 人有变动。", "已录入，%(n)d 人有变动。", changed) % {"n": changed}
            messages.success(request, text if changed else _("没有改动。"))
            return redirect("check_in:desk", sheet.shift_id)
    context = _context(request, sheet) | {"refusal": refusal, "ticks": [(one.value, one.label) for one in TICKS]}
    context["choices"] = [(line, ticked.get(line.key, line.state)) for line in context["lines"]]
    return render(request, "portal/check_in/enter_sheet.html", context, status=422 if refusal else 200)


def _sheet(request: MemberRequest, code: str) -> Sheet:
    sheet = queries.sheet_with(code, person=request.user)
    if sheet is None:
        raise Http404
    return sheet


def _ticked(request: MemberRequest, sheet: Sheet) -> dict[int, str]:
    typed = {key: request.POST.get(f"line-{key}", "") for key in sheet.lines}
    return {key: state for key, state in typed.items() if state in TICKS}


def _context(request: MemberRequest, sheet: Sheet) -> dict[str, Any]:
    return {
        "sheet": sheet,
        "shift": sheet.shift,
        "activity": sheet.shift.activity,
        "code": tokens.shown_code(tokens.sheet_code(sheet.pk)),
        "lines": queries.lines_in_order(sheet.lines, sheet.shift, viewer=request.user),
    }
