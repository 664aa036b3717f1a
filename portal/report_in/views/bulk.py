"""Many report-ins received with one click: a few at once, more by the worker, with a page that says how far it is."""

from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from portal.report_in import actions, queries
from portal.report_in.enums import BulkAnswerState
from portal.report_in.models import BulkAnswer
from webui.htmx import MemberRequest

MOST_CHOSEN = 1000


@login_required
@permission_required("report_in.review_any", raise_exception=True)
@require_POST
def accept_many(request: MemberRequest) -> HttpResponse:
    """Receive everybody ticked, and say by name who could not be; many are left to the worker."""
    chosen = [int(pk) for pk in request.POST.getlist("chosen") if pk.isascii() and pk.isdigit()][:MOST_CHOSEN]
    if not chosen:
        messages.error(request, _("还没有勾选。请先勾选要确认的人。"))
        return redirect("report_in:inbox")
    if len(chosen) > settings.ACCEPT_AT_ONCE:
        token = _token(request.POST.get("token", ""))
        return redirect(
            "report_in:bulk_answer", actions.begin_accepting(chosen=chosen, token=token, by=request.user).pk
        )
    outcome = actions.accept_many(report_ins=queries.reviewable(request.user).filter(pk__in=chosen), by=request.user)
    return render(request, "portal/report_in/accepted_many.html", {"outcome": outcome})


@login_required
@require_safe
def bulk_answer(request: MemberRequest, pk: int) -> HttpResponse:
    """Show how far the worker is with what one chose, or what became of it."""
    answer = _own(request, pk)
    context = {"answer": answer, "refusals": queries.refusals_of(answer, by=request.user)}
    return render(request, "portal/report_in/bulk_answer.html", context)


@login_required
@require_safe
def bulk_answer_progress(request: MemberRequest, pk: int) -> HttpResponse:
    """Say how far it is; once it is through, have the page load anew."""
    answer = _own(request, pk)
    if answer.state != BulkAnswerState.RUNNING:
        return HttpResponseClientRefresh()
    return render(request, "portal/report_in/bulk_answer_progress.html", {"answer": answer})


@login_required
@require_POST
def bulk_answer_again(request: MemberRequest, pk: int) -> HttpResponse:
    """Let the worker go on with what failed."""
    actions.go_on_accepting(answer=_own(request, pk), by=request.user)
    return redirect("report_in:bulk_answer", pk)


def _own(request: MemberRequest, pk: int) -> BulkAnswer:
    return get_object_or_404(queries.bulk_answers_of(request.user), pk=pk)


def _token(sent: str) -> UUID:
    try:
        return UUID(sent)
    except ValueError:
        return uuid4()
