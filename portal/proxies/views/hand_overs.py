"""An account the community kept goes to its person: at the counter by a code, or after they log in themselves."""

import time
from collections.abc import Callable

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.members import proofs
from portal.members.actions import send_code
from portal.members.forms import CodeForm
from portal.members.models import User
from portal.members.proofs import ProofOf
from portal.members.step_up import stepped_up
from portal.notices.errors import SmsNotSentError
from portal.personal_data.actions import refuse_to_merge
from portal.personal_data.errors import PersonalDataError
from portal.personal_data.queries import merge_preview
from portal.proxies import actions, queries
from portal.proxies.actions import Mandate
from portal.proxies.enums import ConsentKind
from portal.proxies.errors import ProxyError
from portal.proxies.forms import AgreeForm, HandOverForm
from portal.proxies.models import HandOver
from portal.states import IllegalMoveError
from webui.htmx import MemberRequest

PROVED = "proved_at_counter"
PROOF_LASTS = 600  # seconds
REFUSALS = (ProxyError, PersonalDataError, IllegalMoveError)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: MemberRequest, pk: int) -> HttpResponse:
    """Take the person's phone, send a code there, and take the code they tell; or take the number back."""
    someone = _person(request, pk)
    waiting = queries.open_hand_over(someone)
    if request.method != "POST":
        return _page(request, someone, waiting)
    if waiting and "back" in request.POST:
        actions.withdraw_hand_over(hand_over=waiting, by=request.user)
        proofs.forget(request, ProofOf.HAND_OVER)
        return redirect("proxies:hand_over", pk)
    if waiting and "again" in request.POST:
        return _send(request, waiting)
    return _take_code(request, waiting) if waiting else _ask(request, someone)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def put_together(request: MemberRequest, pk: int) -> HttpResponse:
    """Show at the counter what two accounts would become, and take the person's yes."""
    someone = _person(request, pk)
    waiting = queries.open_hand_over(someone)
    own = queries.account_with(_proved(request, waiting))
    if waiting is None or own is None or own.pk == someone.pk:
        return redirect("proxies:hand_over", pk)

    def finish() -> HandOver:
        return actions.finish_at_counter(hand_over=waiting, proved=str(own.phone), by=request.user, agreed=True)

    form = AgreeForm(request.POST if request.method == "POST" else None, at_counter=True)
    if form.is_valid() and _done(form, finish):
        messages.success(request, _("两个账户已经合成一个，由本人管理。"))
        return redirect("proxies:handed_over", waiting.pk)
    return _preview(request, waiting, own, form, at_counter=True)


@login_required
@require_safe
def handed_over(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the community what became of a hand-over, with what two accounts had served at the same time."""
    one = get_object_or_404(queries.hand_overs_in(request.user), pk=pk)
    context = {"hand_over": one, "served_twice": queries.served_twice_in(one)}
    return render(request, "portal/proxies/handed_over.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Show a person the account that was kept for them, and what comes with it; take their yes."""
    return _offer(request, waiting=get_object_or_404(queries.offers_to(request.user), pk=pk))


@stepped_up
def _offer(request: MemberRequest, waiting: HandOver) -> HttpResponse:
    def finish() -> HandOver:
        return actions.agree_to_hand_over(hand_over=waiting, by=request.user)

    form = AgreeForm(request.POST if request.method == "POST" else None, at_counter=False)
    if form.is_valid() and _done(form, finish):
        messages.success(request, _("已经合成一个账户，以前替您办的事都在这里了。"))
        return redirect("proxies:mine")
    return _preview(request, waiting, request.user, form, at_counter=False)


@login_required
@require_POST
def decline(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that it is somebody else's."""
    try:
        actions.decline_hand_over(hand_over=get_object_or_404(queries.offers_to(request.user), pk=pk), by=request.user)
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已告诉社区：这个账户不是您的。"))
    return redirect("proxies:mine")


def _ask(request: MemberRequest, someone: User) -> HttpResponse:
    form, area = HandOverForm(request.POST), queries.community_of(someone)
    if not form.is_valid() or area is None:
        return _page(request, someone, None, form)
    mandate = Mandate(by=request.user, area=area, consent=ConsentKind(form.cleaned_data["consent"]))
    try:
        asked = actions.ask_hand_over(person=someone, phone=form.cleaned_data["phone"], mandate=mandate)
    except REFUSALS as refusal:
        form.add_error(None, str(refusal))
        return _page(request, someone, None, form)
    return _send(request, asked)


def _send(request: MemberRequest, waiting: HandOver) -> HttpResponse:
    if not ratelimit.consume(request, action="prove", user=request.user):
        messages.error(request, str(SmsNotSentError()))
        return redirect("proxies:hand_over", waiting.person_id)
    try:
        send_code(request=request, what=ProofOf.HAND_OVER, phone=str(waiting.phone))
    except SmsNotSentError as error:
        messages.error(request, str(error))
    return redirect("proxies:hand_over", waiting.person_id)


def _take_code(request: MemberRequest, waiting: HandOver) -> HttpResponse:
    form = CodeForm(request.POST)
    proved = proofs.accept(request, ProofOf.HAND_OVER, form.cleaned_data["code"]) if form.is_valid() else None
    if proved is None:
        if form.is_valid():
            form.add_error("code", str(get_adapter().error_messages["incorrect_code"]))
        return _page(request, waiting.person, waiting, form)
    request.session[PROVED] = {"hand_over": waiting.pk, "phone": proved, "at": time.time()}
    own = queries.account_with(proved)
    if own and own.pk != waiting.person_id:
        return redirect("proxies:put_together", waiting.person_id)

    def finish() -> HandOver:
        return actions.finish_at_counter(hand_over=waiting, proved=proved, by=request.user)

    if not _done(form, finish):
        return _page(request, waiting.person, waiting, form)
    messages.success(request, _("账户已经交给本人，以后用这个手机号登录。"))
    return redirect("proxies:handed_over", waiting.pk)


def _done(form: forms.Form, finish: Callable[[], HandOver]) -> bool:
    try:
        finish()
    except REFUSALS as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _person(request: MemberRequest, pk: int) -> User:
    someone = get_object_or_404(queries.people_entered_for(request.user), pk=pk)
    if not queries.is_managed(someone):
        raise Http404
    return someone


def _proved(request: MemberRequest, waiting: HandOver | None) -> str:
    """Return the phone whose code was told here a moment ago, for this very hand-over."""
    proof = request.session.get(PROVED) or {}
    is_fresh = waiting and proof.get("hand_over") == waiting.pk and time.time() - proof["at"] < PROOF_LASTS
    return str(proof["phone"]) if is_fresh else ""


def _page(
    request: MemberRequest, someone: User, waiting: HandOver | None, form: forms.Form | None = None
) -> HttpResponse:
    proof = proofs.under_way(request, ProofOf.HAND_OVER)
    is_sent = bool(waiting and proof and proof.sent_to == str(waiting.phone))
    form = form or (CodeForm() if waiting else HandOverForm())
    context = {"someone": someone, "hand_over": waiting, "form": form, "is_sent": is_sent}
    return render(request, "portal/proxies/hand_over.html", context, status=422 if form.errors else 200)


def _preview(
    request: MemberRequest, waiting: HandOver, own: User, form: AgreeForm, *, at_counter: bool
) -> HttpResponse:
    try:
        refuse_to_merge(gone=waiting.person, kept=own)
        refusal = ""
    except PersonalDataError as error:
        refusal = str(error)
    context = {
        "hand_over": waiting,
        "preview": merge_preview(gone=waiting.person, kept=own),
        "form": form,
        "refusal": refusal,
        "at_counter": at_counter,
    }
    return render(request, "portal/proxies/put_together.html", context, status=422 if form.errors else 200)
