"""One's own account: what opens it, where it is open, and proving once more who one is."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import BaseReauthenticateView
from allauth.core import ratelimit
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as webauthn_views
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_http_methods, require_safe

from portal.members import actions, devices, proofs, queries
from portal.members.errors import MemberError
from portal.members.forms import CodeForm, NewEmailForm, NewPhoneForm
from portal.members.proofs import Proof, ProofOf
from portal.members.social_adapter import doors, wechat_is_shut
from portal.members.step_up import renew_session, stepped_up
from portal.notices.errors import SmsNotSentError
from webui.htmx import MemberRequest


@login_required
@require_safe
def overview(request: MemberRequest) -> HttpResponse:
    """Gather on one page whatever opens the account, and where it is open."""
    factors = list(Authenticator.objects.filter(user=request.user).order_by("pk"))
    of_type = {kind: [factor for factor in factors if factor.type == kind] for kind in Authenticator.Type.values}
    context = {
        "passkeys": [factor.wrap() for factor in of_type[Authenticator.Type.WEBAUTHN]],
        "authenticator": next(iter(of_type[Authenticator.Type.TOTP]), None),
        "codes_left": next((len(one.wrap().get_unused_codes()) for one in of_type["recovery_codes"]), None),
        "lacks_second_factor": queries.lacks_second_factor(request.user),
        "linked": SocialAccount.objects.filter(user=request.user).order_by("pk"),
        "social_doors": doors(request, process="connect"),
        "wechat_is_shut": wechat_is_shut(request),
        "session_count": queries.open_sessions(request.user).count(),
    }
    return render(request, "account/security.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: MemberRequest) -> HttpResponse:
    """List where one is logged in; a POST ends one of them (``session``), or all the others."""
    mine = list(queries.open_sessions(request.user))
    if request.method == "POST":
        chosen = request.POST.get("session", "")
        ended = [one for one in mine if not one.is_current() and chosen in ("others", str(one.pk))]
        if not ended:
            raise Http404
        actions.end_sessions(person=request.user, sessions=ended, by=request.user)
        messages.success(request, _("已结束。那台设备要重新登录才能进来。"))
        return redirect("usersessions_list")
    rows = [
        {"session": one, "device": devices.in_words(one.user_agent), "is_current": one.is_current()} for one in mine
    ]
    rows.sort(key=lambda row: not row["is_current"])
    return render(request, "usersessions/usersession_list.html", {"rows": rows, "has_others": len(rows) > 1})


class AddPasskeyView(webauthn_views.AddWebAuthnView):
    """A passkey that opens the account by itself."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["form"] = kwargs.get("form") or context["form"]  # allauth drops the one with errors
        context["js_data"] = {"creation_options": webauthn.begin_registration(self.request.user, passwordless=True)}
        return context


class RemovePasskeyView(webauthn_views.RemoveWebAuthnView):
    """A passkey goes, unless it is the last factor of somebody who must have one."""

    def form_valid(self, form: Form) -> HttpResponse:
        adapter = get_mfa_adapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            messages.error(self.request, str(adapter.error_messages["cannot_delete_authenticator"]))
            return redirect("account_security")
        response: HttpResponse = super().form_valid(form)
        return response


@method_decorator(login_required, name="dispatch")
class ReauthenticateByCodeView(BaseReauthenticateView):
    """Prove oneself by a code to one's own phone; ``send`` asks for it."""

    form_class = CodeForm
    template_name = "account/reauthenticate_by_code.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "send" in request.POST:
            return self._send()
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def form_valid(self, form: Form) -> HttpResponse:
        if not proofs.accept(self.request, ProofOf.SELF, form.cleaned_data["code"]):
            form.add_error("code", str(get_adapter().error_messages["incorrect_code"]))
            return self.form_invalid(form)
        record_authentication(self.request, self.request.user, method="code", reauthenticated=True)
        response: HttpResponse = super().form_valid(form)
        return response

    def form_invalid(self, form: Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        proof = proofs.under_way(self.request, ProofOf.SELF)
        return super().get_context_data(**kwargs) | {"phone": self.request.user.phone, "is_under_way": bool(proof)}

    def _send(self) -> HttpResponse:
        try:
            actions.send_code(request=self.request, what=ProofOf.SELF, phone=str(self.request.user.phone))
        except SmsNotSentError as error:
            messages.error(self.request, str(error))
        return HttpResponseRedirect(self.passthrough_next_url(self.request.path))


add_passkey = AddPasskeyView.as_view()
remove_passkey = RemovePasskeyView.as_view()
reauthenticate_by_code = ReauthenticateByCodeView.as_view()


class ChangeView(View):
    """Another phone or mailbox in two steps: say which, then type the code that came there."""

    request: MemberRequest
    what: ProofOf
    form_class: type[Form]
    template_name = "account/change_contact.html"

    def get(self, request: MemberRequest) -> HttpResponse:
        proof = proofs.under_way(request, self.what)
        return self._page(CodeForm() if proof else self.form_class(), proof)

    def post(self, request: MemberRequest) -> HttpResponse:
        if "again" in request.POST:
            proofs.forget(request, self.what)
            return redirect(request.path)
        proof = proofs.under_way(request, self.what)
        form = CodeForm(request.POST) if proof else self.form_class(request.POST)
        if not form.is_valid():
            return self._page(form, proof)
        return self._confirm(form, proof) if proof else self._ask(form)

    def ask(self, to: str) -> None:
        raise NotImplementedError

    def change(self, to: str) -> str:
        raise NotImplementedError

    def _ask(self, form: Form) -> HttpResponse:
        try:
            self.ask(form.cleaned_data["to"])
        except SmsNotSentError as error:
            proofs.forget(self.request, self.what)
            form.add_error(None, str(error))
            return self._page(form, None)
        return redirect(self.request.path)

    def _confirm(self, form: Form, proof: Proof) -> HttpResponse:
        to = proofs.accept(self.request, self.what, form.cleaned_data["code"])
        if to is None:
            form.add_error("code", str(get_adapter().error_messages["incorrect_code"]))
            return self._page(form, proof)
        try:
            messages.success(self.request, self.change(to))
        except MemberError as error:
            messages.error(self.request, str(error))
        return redirect("account_security")

    def _page(self, form: Form, proof: Proof | None) -> HttpResponse:
        context = {"form": form, "sent_to": proof.sent_to if proof else "", "what": self.what}
        return render(self.request, self.template_name, context, status=422 if form.is_bound else 200)


class ChangePhoneView(ChangeView):
    """Another phone."""

    what = ProofOf.PHONE
    form_class = NewPhoneForm

    def ask(self, to: str) -> None:
        actions.ask_new_phone(request=self.request, person=self.request.user, phone=to)

    def change(self, to: str) -> str:
        actions.change_phone(person=self.request.user, phone=to, session_key=str(self.request.session.session_key))
        renew_session(self.request)
        return _("手机号已更换，以后用新的号码登录。其他设备上的登录已经结束。")


class ChangeEmailView(ChangeView):
    """Another mailbox."""

    what = ProofOf.EMAIL
    form_class = NewEmailForm

    def ask(self, to: str) -> None:
        by_person = ratelimit.consume(self.request, action="prove", user=self.request.user)
        if not by_person or not ratelimit.consume(self.request, action="prove_email", key=to.casefold()):
            raise SmsNotSentError
        actions.ask_new_email(request=self.request, email=to)

    def change(self, to: str) -> str:
        actions.change_email(person=self.request.user, email=to)
        return _("邮箱已更换。")


change_phone = stepped_up(ChangePhoneView.as_view())
change_email = stepped_up(ChangeEmailView.as_view())
