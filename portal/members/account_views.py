"""Logging in and signing up, where our way differs from allauth's."""

import math
import time
from typing import Any

from allauth.account import views as allauth_views
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.stagekit import get_pending_stage
from allauth.account.stages import LoginByCodeStage, LoginStage
from allauth.core import ratelimit
from allauth.mfa.webauthn import views as webauthn_views
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from phonenumber_field.phonenumber import PhoneNumber

from portal.members import actions, proofs
from portal.members.forms import ConfirmCodeForm, LogInForm, SignUpForm
from portal.members.models import User
from portal.members.social_adapter import doors, wechat_is_shut
from portal.notices.errors import SmsNotSentError

SENT_AGAIN_AFTER = 60  # seconds, the "1/m/key" of ACCOUNT_RATE_LIMITS
TRIED = "tried_log_in"  # the session's key to what was typed at step one


class DoorsStayOpenMixin:
    """A code under way closes no other door: one may still turn to another phone, the password, or sign up."""

    request: HttpRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]  # the view's
        return context | {
            "social_doors": doors(self.request, process="login"),
            "wechat_is_shut": wechat_is_shut(self.request),
        }

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: LoginStage) -> None:
        return None


class LogInView(DoorsStayOpenMixin, allauth_views.LoginView):
    """Log in by phone and password."""

    form_class = LogInForm


class RequestCodeView(DoorsStayOpenMixin, allauth_views.RequestLoginCodeView):
    """Step one: the phone. Sending the form twice leads to the code that is under way."""

    door = "login"

    def get_initial(self) -> dict[str, Any]:
        tried: dict[str, Any] = self.request.session.get(TRIED, {})
        return super().get_initial() | tried

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self._is_under_way(request):
            return HttpResponseRedirect(self.get_success_url())
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def form_valid(self, form: Form) -> HttpResponse:
        person, phone = self.person_of(form), form.cleaned_data["phone"]
        try:
            process = LoginCodeVerificationProcess.initiate(request=self.request, user=person, phone=phone)
        except SmsNotSentError as error:
            form.add_error(None, str(error))
            return self.render_to_response(self.get_context_data(form=form))
        process.state |= {"door": self.door, "name": form.cleaned_data.get("name", "")}
        process.persist()
        self.request.session.pop(TRIED, None)
        return HttpResponseRedirect(self.get_success_url())

    def person_of(self, form: Any) -> User | None:
        person: User | None = form._user
        return person

    def _is_under_way(self, request: HttpRequest) -> bool:
        stage = get_pending_stage(request)
        if not isinstance(stage, LoginByCodeStage) or not LoginCodeVerificationProcess.resume(stage):
            return False
        try:
            phone = get_adapter().phone_form_field(required=True).clean(request.POST.get("phone"))
        except ValidationError:
            return False
        return (stage.state.get("door"), stage.state["phone"]) == (self.door, phone)


class SignUpView(RequestCodeView):
    """A resident's first visit. Whoever has an account already is simply logged in by the code."""

    door = "signup"
    template_name = "account/signup.html"

    def get_form_class(self) -> type[Form]:
        return SignUpForm

    def person_of(self, form: Any) -> User:
        return actions.sign_up(phone=form.cleaned_data["phone"])


class ConfirmCodeView(allauth_views.ConfirmLoginCodeView):
    """Step two: the code."""

    form_class = ConfirmCodeForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        if getattr(self, "_process", True) is None:
            messages.error(request, _("验证码已经过期，请重新获取。"))
        return response

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()
        if "code" in kwargs:  # a form without one only sends again
            kwargs["may_try"] = self._may_try
        return kwargs

    def form_invalid(self, form: Form) -> HttpResponse:
        # A slip of the finger is no try.
        if form.has_error("code", "incorrect_code") and not self._process.record_invalid_attempt():
            return self._back_to_the_phone()
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        phone = PhoneNumber.from_string(self._process.state["phone"])
        return super().get_context_data(**kwargs) | {"shown_phone": phone.as_national, "wait": self._seconds_to_wait()}

    def _verify_form_valid(self, form: Form) -> HttpResponse:
        name, person = self._process.state.get("name"), self._process.user
        response: HttpResponse = super()._verify_form_valid(form)
        if name:
            actions.give_name(person=person, name=name)
        return response

    def _resend_form_valid(self, form: Form) -> HttpResponse:
        if ratelimit.consume(self.request, action="request_login_code", key=self._process.state["phone"]):
            self._send_new_code()
        else:
            messages.error(self.request, self._why_not_yet())
        return HttpResponseRedirect(self.passthrough_next_url(self.request.path))

    def _may_try(self) -> bool:
        state = self._process.state
        return proofs.may_try(self.request, sent_to=state["phone"], sent_at=state["at"])

    def _back_to_the_phone(self) -> HttpResponse:
        state = self._process.state
        phone = PhoneNumber.from_string(state["phone"]).as_national
        self.request.session[TRIED] = {"phone": phone, "name": state.get("name", "")}
        messages.error(self.request, _("验证码错了三次，请重新获取。"))
        door = "account_signup" if state.get("door") == SignUpView.door else "account_request_login_code"
        return HttpResponseRedirect(self.passthrough_next_url(reverse(door)))

    def _seconds_to_wait(self) -> int:
        return max(0, math.ceil(self._process.state["at"] + SENT_AGAIN_AFTER - time.time()))

    def _why_not_yet(self) -> str:
        if wait := self._seconds_to_wait():
            return _("请再等 %(seconds)s 秒，就可以重新发送。") % {"seconds": wait}
        return str(get_adapter().error_messages["rate_limited"])

    def _send_new_code(self) -> None:
        # Not allauth's resend(): it needs an account, which would tell a known phone from an unknown one.
        try:
            self._process.send()
        except SmsNotSentError as error:
            messages.error(self.request, str(error))
            return
        self._process.state |= {"at": time.time(), "failed_attempts": 0}
        self._process.record_resend()
        self._process.persist()
        messages.success(self.request, _("新的验证码已发送，之前的不再有效。"))


class PasskeyLogInView(DoorsStayOpenMixin, webauthn_views.LoginWebAuthnView):
    """Log in by a passkey alone: what one has, and a finger, a face or a PIN."""


log_in = LogInView.as_view()
log_in_by_passkey = PasskeyLogInView.as_view()
request_code = RequestCodeView.as_view()
confirm_code = ConfirmCodeView.as_view()
sign_up = SignUpView.as_view()


def log_out(request: HttpRequest) -> HttpResponse:
    """Log out as allauth does, and have the browser drop what pages of ours have stored in it.

    With ``keep_storage`` the page has done so by itself, but for what a colleague at the same device has not sent yet.
    """
    response: HttpResponse = allauth_views.logout(request)
    if request.method == "POST" and "keep_storage" not in request.POST:
        response["Clear-Site-Data"] = '"storage"'
    return response
