"""What the site holds on oneself: to read, and to take away."""

import json
from collections.abc import Iterator

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.members.enums import Purpose
from portal.members.models import User
from portal.members.step_up import stepped_up
from portal.personal_data import actions, queries
from portal.personal_data.consents import asked_for
from portal.personal_data.errors import PersonalDataError
from portal.personal_data.forms import CloseForm
from webui.htmx import MemberRequest


@login_required
@require_safe
def mine(request: MemberRequest) -> HttpResponse:
    """Show what the site holds on oneself, why, how long, and who sees it."""
    return render(request, "portal/personal_data/mine.html", {"sections": queries.held_on(request.user)})


@require_safe
@stepped_up
def export(request: MemberRequest) -> HttpResponseBase:
    """Give the same as a file, written while it is sent and kept nowhere."""
    actions.note_export(person=request.user)
    answer = StreamingHttpResponse(_written(request.user), content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="my-data-{timezone.localdate()}.json"'
    answer["Cache-Control"] = "no-store, private"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@stepped_up
def close(request: MemberRequest) -> HttpResponse:
    """Say what goes, what stays and why; take the wish to close the account, and log out."""
    form = CloseForm(request.POST if request.method == "POST" else None)
    refusal = ""
    try:
        actions.refuse_to_close(request.user)
        if form.is_valid():
            actions.ask_to_close(person=request.user)
            logout(request)
            answer = redirect("personal_data:asked")
            answer["Clear-Site-Data"] = '"storage"'  # as at every log-out
            return answer
    except PersonalDataError as error:
        refusal = str(error)
    context = {
        "form": form,
        "refusal": refusal,
        "posts": queries.posts_in_the_way(request.user),
        "days": queries.waiting_days(),
    }
    return render(request, "portal/personal_data/close.html", context, status=422 if form.is_bound else 200)


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Say what comes next, to who has just left."""
    return render(request, "portal/personal_data/asked.html", {"days": queries.waiting_days()})


@login_required
@require_safe
def consents(request: MemberRequest) -> HttpResponse:
    """Show each purpose with what one said to it and when, and its switch."""
    return render(request, "portal/personal_data/consents.html", {"choices": queries.choices_of(request.user)})


@login_required
@require_POST
def give(request: MemberRequest, purpose: str) -> HttpResponse:
    """Switch a purpose on."""
    try:
        actions.give(person=request.user, purpose=_known(purpose))
    except PersonalDataError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("已同意：%(purpose)s。") % {"purpose": Purpose(purpose).label})
    return redirect("personal_data:consents")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: MemberRequest, purpose: str) -> HttpResponse:
    """Say what ends with a consent, and end it once that is confirmed."""
    known = _known(purpose)
    if request.method != "POST":
        context = {"asked": asked_for(known), "report_ins": queries.report_ins_standing(request.user)}
        return render(request, "portal/personal_data/withdraw.html", context)
    actions.withdraw(person=request.user, purpose=known)
    messages.success(request, _("已撤回：%(purpose)s。") % {"purpose": known.label})
    return redirect("personal_data:consents")


def _known(purpose: str) -> Purpose:
    if asked_for(purpose) is None:
        raise Http404
    return Purpose(purpose)


def _written(person: User) -> Iterator[str]:
    head = {"exported_at": timezone.now(), "person": person.pk}
    yield json.dumps(head, cls=DjangoJSONEncoder)[:-1] + ', "held": ['
    between = ""
    for holding, rows in queries.exported(person):
        about = {
            "kind": holding.key,
            "name": str(holding.subject.name),
            "why": str(holding.subject.why),
            "kept": str(holding.subject.kept),
            "seen_by": str(holding.subject.seen_by),
            "basis": str(holding.subject.basis),
        }
        yield between + json.dumps(about, ensure_ascii=False)[:-1] + ', "rows": ['
        yield from _rows(rows)
        yield "]}"
        between = ","
    yield "]}"


def _rows(rows: Iterator[dict[str, object]]) -> Iterator[str]:
    between = ""
    for row in rows:
        yield between + json.dumps(row, ensure_ascii=False, cls=DjangoJSONEncoder)
        between = ","
