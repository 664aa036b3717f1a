"""The service list at the editors' desk: hand in a sheet, look at the differences, confirm, undo; download it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from website.service_lists import actions, queries
from website.service_lists.enums import RunState
from website.service_lists.errors import IndexMissingError
from website.service_lists.forms import UploadForm, WishesForm
from website.service_lists.models import ImportRun
from website.service_lists.presentation import shown, shown_of_run
from website.service_lists.writing import CSV_TYPE, WORKBOOK_TYPE, as_csv, as_workbook, with_errors
from webui.sheets.errors import SheetRefusedError
from webui.sheets.reading import Sheet

RUNS_ON_A_PAGE = 20
_EXPORTS = {"xlsx": (as_workbook, WORKBOOK_TYPE), "csv": (as_csv, CSV_TYPE)}

View = Callable[..., HttpResponse]


def for_list_editors(view: View) -> View:
    """Let in whoever may add, change and publish services; the others are told they may not."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not queries.may_import(request.user):
            return render(request, "403.html", status=403)
        return view(request, *args, **kwargs)

    return wrapped


@for_list_editors
def index(request: HttpRequest) -> HttpResponse:
    """Show the form and what was handed in before; take a file and show its differences."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        try:
            run, _differences = actions.begin(
                form.sheets,
                file_name=form.cleaned_data["file"].name,
                by=request.user,
                creates_categories=form.cleaned_data["creates_categories"],
                closes_gone=form.cleaned_data["closes_gone"],
            )
        except SheetRefusedError as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("service_lists:run", run.pk)
    runs = Paginator(queries.runs(), RUNS_ON_A_PAGE).get_page(request.GET.get("p"))
    waiting = queries.waiting_runs(request.user)
    return _page(request, "index", _("服务清单"), {"form": form, "runs": runs, "waiting": waiting})


@require_safe
@for_list_editors
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what an import would do, or what it did."""
    found = get_object_or_404(queries.runs_for(request.user).select_related("started_by", "undone_by"), pk=pk)
    if found.state == RunState.PREVIEWED:
        return _preview(request, found)
    context = shown_of_run(found) | {"run": found, "changes": found.changes.select_related("page")}
    return _page(request, "done", _("导入结果"), context)


@require_POST
@for_list_editors
def check_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the differences for other wishes."""
    found, form = get_object_or_404(queries.runs_for(request.user), pk=pk), WishesForm(request.POST)
    if form.is_valid():
        _try(request, lambda: actions.check_again(found, **form.cleaned_data))
    return redirect("service_lists:run", pk)


@require_POST
@for_list_editors
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Do what was shown; done twice, it is done once."""
    found = get_object_or_404(queries.runs_for(request.user), pk=pk)
    fingerprint = request.POST.get("fingerprint", "")
    if _try(request, lambda: actions.confirm(found, fingerprint=fingerprint, by=request.user)):
        messages.success(request, _("清单已经导入。"))
    return redirect("service_lists:run", pk)


@require_POST
@for_list_editors
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up what nobody confirmed."""
    found = get_object_or_404(queries.runs_for(request.user), pk=pk)
    if not _try(request, lambda: actions.discard(found)):
        return redirect("service_lists:run", pk)
    messages.success(request, _("这次导入已经放弃，网站没有任何改动。"))
    return redirect("service_lists:index")


@for_list_editors
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what undoing would do, and do it when asked to."""
    found = get_object_or_404(ImportRun, pk=pk, state=RunState.DONE)
    if request.method == "POST":
        left: list[Any] = []
        if _try(request, lambda: left.extend(actions.undo(found, by=request.user))):
            messages.success(request, _("这次导入已经撤销。"))
        if left:
            names = "、".join(change.title for change in left)
            messages.warning(request, _("这些页面在导入之后改过，没有动：%(names)s。") % {"names": names})
        return redirect("service_lists:run", pk)
    changes = list(found.changes.select_related("page"))
    left = [change for change in changes if not actions.can_be_undone(change)]
    context = {"run": found, "left": left, "back": [change for change in changes if change not in left]}
    return _page(request, "undo", _("撤销导入"), context)


@require_safe
@for_list_editors
def errors(request: HttpRequest, pk: int) -> HttpResponse:
    """Give back the sheet that was handed in, with a column that says what is wrong."""
    found = get_object_or_404(queries.runs_for(request.user), pk=pk, state=RunState.PREVIEWED)
    sheets = [Sheet(**sheet) for sheet in found.sheets]
    content = with_errors(sheets, actions.differences_of(found).problems)
    return _file(content, WORKBOOK_TYPE, name=f"service-list-errors-{pk}.xlsx")


@require_safe
@for_list_editors
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """Give the list as it is now, to change and hand in again."""
    page = queries.index_page()
    if kind not in _EXPORTS or page is None:
        raise Http404
    write, content_type = _EXPORTS[kind]
    try:
        content = write(queries.published(queries.site_list(index=page)).values())
    except SheetRefusedError as refusal:
        messages.error(request, str(refusal))
        return redirect("service_lists:index")
    return _file(content, content_type, name=f"service-list-{localdate():%Y-%m-%d}.{kind}")


def _preview(request: HttpRequest, found: ImportRun) -> HttpResponse:
    try:
        differences = actions.differences_of(found)
    except IndexMissingError as refusal:
        messages.error(request, str(refusal))
        return redirect("service_lists:index")
    wishes = WishesForm(initial={"creates_categories": found.creates_categories, "closes_gone": found.closes_gone})
    context = shown(differences) | {
        "run": found,
        "wishes": wishes,
        "does_something": differences.does_something(found.closes_gone),
        "offers_categories": any(problem.is_offer for problem in differences.problems),
    }
    return _page(request, "preview", _("看看差异"), context)


def _try(request: HttpRequest, action: Callable[[], Any]) -> bool:
    """Do ``action``; if it is refused, tell why."""
    try:
        action()
    except SheetRefusedError as refusal:
        messages.error(request, str(refusal))
        return False
    return True


def _file(content: bytes, content_type: str, *, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=content_type, headers=headers)


def _page(request: HttpRequest, name: str, title: str, context: dict[str, Any]) -> HttpResponse:
    way = [{"url": reverse("wagtailadmin_home"), "label": _("首页")}]
    if name != "index":
        way.append({"url": reverse("service_lists:index"), "label": _("服务清单")})
    furniture = {
        "header_title": title,
        "page_title": title,
        "header_icon": "table",
        "breadcrumbs_items": [*way, {"url": "", "label": title}],
    }
    return render(request, f"website/service_lists/{name}.html", furniture | context)
