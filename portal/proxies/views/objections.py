"""What was entered: for the person to undo or object to, for the community to answer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.activities.errors import ActivityError
from portal.proxies import actions, queries
from portal.proxies.errors import ProxyError
from portal.proxies.forms import WordsForm
from portal.proxies.models import ProxyEntry
from portal.report_in.errors import ReportInError
from portal.states import IllegalMoveError
from webui.htmx import MemberRequest
from webui.pagination import page_of


@login_required
@require_safe
def mine(request: MemberRequest) -> HttpResponse:
    """Show a person what was entered for them, by whom and with which consent."""
    return _mine(request)


@login_required
@require_POST
def undo(request: MemberRequest, pk: int) -> HttpResponse:
    try:
        actions.undo(entry=_own(request, pk), by=request.user)
    except (ProxyError, ReportInError, ActivityError, IllegalMoveError) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已撤销。"))
    return redirect("proxies:mine")


@login_required
@require_POST
def leave_community(request: MemberRequest) -> HttpResponse:
    """End one's residency; where one is none already, nothing is left to say."""
    if area := actions.leave_community(person=request.user):
        messages.success(request, _("您已离开%(area)s，不再是那里的居民志愿者。") % {"area": area})
    return redirect("report_in:start")


@login_required
@require_POST
def object_to(request: MemberRequest, pk: int) -> HttpResponse:
    entry = _own(request, pk)
    form = WordsForm(request.POST, label=_("哪里不对"), prefix=str(pk))
    if not form.is_valid():
        return _mine(request, refused=(entry.pk, form), status=422)
    try:
        actions.object_to(entry=entry, by=request.user, reason=form.cleaned_data["words"])
    except (ProxyError, IllegalMoveError) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已经告诉社区，他们会答复您。"))
    return redirect("proxies:mine")


@login_required
@permission_required("proxies.enter_for_person", raise_exception=True)
@require_safe
def entries(request: MemberRequest) -> HttpResponse:
    """Show the community what was entered, open objections first."""
    return _entries(request)


@login_required
@require_POST
def answer(request: MemberRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(queries.entries_in(request.user), pk=pk)
    form = WordsForm(request.POST, label=_("答复"), prefix=str(pk))
    if not form.is_valid():
        return _entries(request, refused=(entry.pk, form), status=422)
    try:
        actions.answer(entry=entry, by=request.user, text=form.cleaned_data["words"])
    except (ProxyError, IllegalMoveError) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已答复。"))
    return redirect("proxies:entries")


def _own(request: MemberRequest, pk: int) -> ProxyEntry:
    return get_object_or_404(queries.entries_of(request.user), pk=pk)


def _mine(request: MemberRequest, *, refused: tuple[int, WordsForm] | None = None, status: int = 200) -> HttpResponse:
    page = page_of(request, queries.entries_of(request.user))
    lines = [(entry, _words(entry, _("哪里不对"), refused)) for entry in page]
    context = {"page": page, "lines": lines, "offers": queries.offers_to(request.user)}
    return render(request, "portal/proxies/mine.html", context, status=status)


def _entries(
    request: MemberRequest, *, refused: tuple[int, WordsForm] | None = None, status: int = 200
) -> HttpResponse:
    page = page_of(request, queries.entries_in(request.user))
    objections = [(entry, _words(entry, _("答复"), refused)) for entry in queries.objections_to_answer(request.user)]
    context = {"page": page, "objections": objections}
    return render(request, "portal/proxies/entries.html", context, status=status)


def _words(entry: ProxyEntry, label: str, refused: tuple[int, WordsForm] | None) -> WordsForm:
    if refused and refused[0] == entry.pk:
        return refused[1]
    return WordsForm(label=label, prefix=str(entry.pk))
