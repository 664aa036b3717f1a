"""Patterns that deserve a look, for whoever answers for the place."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.organisations.enums import Action
from portal.organisations.permissions import may_somewhere
from portal.records import actions, queries
from portal.records.enums import HintState
from portal.records.errors import RecordError
from portal.records.forms import HintForm
from portal.states import IllegalMoveError
from webui.htmx import MemberRequest
from webui.pagination import page_of


@login_required
@require_safe
def hints(request: MemberRequest) -> HttpResponse:
    """List what nobody has found fine yet; or, asked for, all."""
    if not may_somewhere(request.user, Action.LOOK_AT_HINTS):
        raise PermissionDenied
    shows_all = request.GET.get("all") == "1"
    page = page_of(request, queries.hints_for(request.user) if shows_all else queries.open_hints(request.user))
    context = {"page": page, "told": queries.sentences(page.object_list), "shows_all": shows_all}
    return render(request, "portal/records/hints.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hint(request: MemberRequest, pk: int) -> HttpResponse:
    """Show one with its facts, and take what somebody sees in it."""
    one = get_object_or_404(queries.hints_for(request.user), pk=pk)
    form = HintForm(request.POST if request.method == "POST" else None, initial={"note": one.note})
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.look_at_hint(hint=one, state=HintState(said["state"]), by=request.user, note=said["note"])
        except (RecordError, IllegalMoveError) as refusal:
            form.add_error("note", str(refusal))
        else:
            messages.success(request, _("已记下。记录没有任何变化。"))
            return redirect("records:hints")
    context = {"hint": one, "sentence": queries.sentences([one])[0][1], "form": form}
    return render(request, "portal/records/hint.html", context, status=422 if form.is_bound else 200)
