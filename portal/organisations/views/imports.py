"""A table handed in: differences first, then all of it or nothing."""

import csv
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.organisations.actions import imports as actions
from portal.organisations.enums import Action, ImportState, PlaceKind
from portal.organisations.errors import OrganisationError
from portal.organisations.forms.imports import ImportForm
from portal.organisations.models import PlaceImport
from portal.organisations.permissions import may_somewhere
from portal.organisations.queries.tables import headings_of
from portal.states import IllegalMoveError
from webui.htmx import MemberRequest
from webui.pagination import page_of
from webui.sheets import SheetRefusedError

TABS = ("errors", "new", "changed")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: MemberRequest) -> HttpResponse:
    """Hand a table in, and see those one handed in before."""
    _refuse_others(request)
    form = ImportForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if form.is_valid():
        kind, file = form.cleaned_data["kind"], form.cleaned_data["file"]
        try:
            run = actions.hand_in(rows=form.rows, kind=kind, file_name=file.name or "", by=request.user)
        except SheetRefusedError as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("organisations:import", pk=run.pk)
    runs = PlaceImport.objects.filter(made_by=request.user).defer("rows", "differences")
    context = {"form": form, "page": page_of(request, runs)}
    return render(request, "portal/organisations/imports.html", context, status=422 if form.is_bound else 200)


@login_required
@require_safe
def show_import(request: MemberRequest, pk: int) -> HttpResponse:
    """Show what an import would do or did: what is wrong, what is new, what changes."""
    return _show(request, _own(request, pk))


@login_required
@require_POST
def confirm_import(request: MemberRequest, pk: int) -> HttpResponse:
    """Write all of it, or nothing."""
    run = _own(request, pk)
    try:
        actions.confirm(run=run, by=request.user)
    except IllegalMoveError as refusal:
        messages.error(request, str(refusal))
    except OrganisationError as refusal:
        messages.error(request, str(refusal))
        actions.look_again(run=run, by=request.user)
    else:
        messages.success(request, _("已全部写入。"))
    return redirect("organisations:import", pk=pk)


@login_required
@require_POST
def drop_import(request: MemberRequest, pk: int) -> HttpResponse:
    """Set an import aside."""
    try:
        actions.drop(run=_own(request, pk), by=request.user)
    except IllegalMoveError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已放弃，什么也没有写入。"))
    return redirect("organisations:imports")


@login_required
@require_safe
def empty_table(request: MemberRequest, kind: str) -> HttpResponse:
    """Give a table with nothing but its headings."""
    _refuse_others(request)
    if kind not in PlaceKind.values:
        raise Http404
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{kind}.csv"'
    csv.writer(response).writerow(headings_of(PlaceKind(kind)))
    return response


def _show(request: MemberRequest, run: PlaceImport) -> HttpResponse:
    found: dict[str, Any] = run.differences
    counts = {tab: len(found[tab]) for tab in TABS}
    labels = {"errors": _("错误"), "new": _("新增"), "changed": _("修改")}
    wanted = request.GET.get("tab", "")
    tab = wanted if wanted in TABS else next((name for name in TABS if counts[name]), "new")
    context = {
        "run": run,
        "tab": tab,
        "tabs": [(name, labels[name], counts[name]) for name in TABS],
        "unchanged": found["unchanged"],
        "page": page_of(request, found[tab], size=50),
        "is_waiting": run.state == ImportState.WAITING,
        "may_confirm": run.state == ImportState.WAITING
        and not counts["errors"]
        and (counts["new"] or counts["changed"]),
    }
    return render(request, "portal/organisations/import.html", context)


def _own(request: MemberRequest, pk: int) -> PlaceImport:
    _refuse_others(request)
    return get_object_or_404(PlaceImport, pk=pk, made_by=request.user)


def _refuse_others(request: MemberRequest) -> None:
    if not may_somewhere(request.user, Action.MANAGE_AREAS) and not may_somewhere(request.user, Action.MANAGE_UNITS):
        raise Http404
