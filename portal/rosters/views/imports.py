"""A file from its upload to its undoing."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from portal.rosters import actions, carrying, copies, kept, queries
from portal.rosters.enums import ImportState
from portal.rosters.errors import RosterError
from portal.rosters.forms import ColumnsForm, ConfirmForm, UploadForm
from portal.rosters.models import RosterImport
from portal.rosters.tasks import counts_of, headings_of
from portal.states import IllegalMoveError
from webui.htmx import MemberRequest

ERRORS_SHOWN = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: MemberRequest, code: str) -> HttpResponse:
    """Take a file; what it would do is shown next."""
    unit = get_object_or_404(queries.units_kept_by(request.user), code=code)
    if unit.ends_on:  # its page says so
        return redirect("rosters:roster", unit.code)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found = actions.begin(unit=unit, file=file.file, size=file.size, file_name=file.name, by=request.user)
        except RosterError as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("rosters:run", found.pk)
    context = {"form": form, "unit": unit}
    return render(request, "portal/rosters/upload.html", context, status=422 if form.is_bound else 200)


@login_required
@require_safe
def run(request: MemberRequest, pk: int) -> HttpResponse:
    """Show how far a file is, what it would do, or what it did."""
    return _shown(request, _run(request, pk))


@login_required
@require_safe
def progress(request: MemberRequest, pk: int) -> HttpResponse:
    """Say how far it is; once it is through, have the page load anew."""
    found = _run(request, pk)
    if not found.is_busy:
        return HttpResponseClientRefresh()
    return render(request, "portal/rosters/progress.html", {"run": found})


@login_required
@require_POST
def columns(request: MemberRequest, pk: int) -> HttpResponse:
    """Check the file with other columns."""
    found = _own(request, pk)
    form = _columns_form(found, request.POST)
    if not form.is_valid():
        return _shown(request, found, columns_form=form, status=422)
    row = form.cleaned_data["heading_row"]
    cells = next((cells for number, cells in kept.kept_rows(found) if number == row), [""] * len(found.headings))
    _try(
        request,
        lambda: actions.check_again(
            run=found, columns=form.columns, heading_row=row, headings=[cell.strip() for cell in cells], by=request.user
        ),
    )
    return redirect("rosters:run", pk)


@login_required
@require_POST
def confirm(request: MemberRequest, pk: int) -> HttpResponse:
    """Have it written."""
    found = _own(request, pk)
    form = _confirm_form(found, request.POST)
    if not form.is_valid():
        return _shown(request, found, confirm_form=form, status=422)
    said = form.cleaned_data
    try:
        actions.confirm(
            run=found,
            shown=said["shown"],
            is_complete=said.get("is_complete", False),
            skips_errors=said.get("skips_errors", False),
            by=request.user,
        )
    except RosterError as refusal:
        form.add_error(None, str(refusal))
        return _shown(request, found, confirm_form=form, status=422)
    return redirect("rosters:run", pk)


@login_required
@require_POST
def discard(request: MemberRequest, pk: int) -> HttpResponse:
    """Give up, and erase the file."""
    found = _own(request, pk)
    if not _try(request, lambda: actions.discard(run=found, by=request.user)):
        return redirect("rosters:run", pk)
    messages.success(request, _("已放弃，文件已删除，名册没有改动。"))
    return redirect("rosters:roster", found.unit.code)


@login_required
@require_POST
def undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Take the whole import back."""
    found = _run(request, pk)
    if _try(request, lambda: actions.undo(run=found, by=request.user)):
        messages.success(request, _("这次导入已经撤销。"))
    return redirect("rosters:run", pk)


@login_required
@require_safe
def errors(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Give the file back, with a column that says what is wrong."""
    found = _own(request, pk)
    if not kept.is_kept(found) or not found.columns:
        raise Http404
    rows = copies.rows_with_errors(found, headings_of(found))
    if found.lines <= copies.MOST_IN_A_WORKBOOK:
        return HttpResponse(copies.as_workbook(rows), content_type=XLSX, headers=_as_file(f"roster-{pk}.xlsx"))
    return StreamingHttpResponse(copies.as_csv(rows), content_type="text/csv", headers=_as_file(f"roster-{pk}.csv"))


def _run(request: MemberRequest, pk: int) -> RosterImport:
    return get_object_or_404(queries.imports_for(request.user), pk=pk)


def _own(request: MemberRequest, pk: int) -> RosterImport:
    return get_object_or_404(queries.imports_for(request.user), pk=pk, started_by=request.user)


def _columns_form(found: RosterImport, data: Any = None) -> ColumnsForm:
    return ColumnsForm(data, run=found, has_branches=not found.unit.is_leaf())


def _confirm_form(found: RosterImport, data: Any = None) -> ConfirmForm:
    counts = counts_of(found)
    initial = {"shown": "-".join(map(str, counts.values()))}
    has_errors = bool(found.number_of_errors)
    return ConfirmForm(data, initial=initial, has_errors=has_errors, has_leavers=bool(counts["leavers"]))


def _try(request: MemberRequest, action: Callable[[], object]) -> bool:
    try:
        action()
    except (RosterError, IllegalMoveError) as refusal:
        messages.error(request, str(refusal))
        return False
    return True


def _as_file(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}


def _shown(request: MemberRequest, found: RosterImport, *, status: int = 200, **forms: Any) -> HttpResponse:
    context: dict[str, Any] = {"run": found, "unit": found.unit}
    if found.is_busy:
        return render(request, "portal/rosters/busy.html", context)
    if found.state == ImportState.READY:
        context |= {
            "columns_form": _columns_form(found),
            "confirm_form": _confirm_form(found),
            "leavers": carrying.leavers(found) if found.report.get("leavers") else [],
            "errors": found.errors[:ERRORS_SHOWN],
            "writes": any(found.report.get(name) for name in ("new", "changed", "leavers")),
            **forms,
        }
        return render(request, "portal/rosters/preview.html", context, status=status)
    context |= {
        "left_alone": queries.left_alone(found),
        "has_file": kept.is_kept(found),
        "is_own": found.started_by_id == request.user.pk,
    }
    return render(request, "portal/rosters/done.html", context, status=status)
