"""What django-allauth asks of us: how a phone finds its person, and how a code reaches the phone."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.models import Authenticator
from django.forms import Field
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.members import actions, queries
from portal.members.forms import PhoneField
from portal.members.models import User
from portal.members.social_adapter import pending_link
from portal.members.step_up import is_fresh
from portal.notices.limits import Sms
from portal.notices.senders import send_sms
from webui.htmx import MemberRequest

LOG_IN = "log_in"  # what a code is for; a known and an unknown phone wait alike


class AccountAdapter(DefaultAccountAdapter):
    """Accounts by phone. A known and an unknown phone are answered alike; the difference goes by SMS."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": gettext_lazy("验证码不对，请再看一遍短信。"),
        "incorrect_password": gettext_lazy("密码不对。"),
        "enter_current_password": gettext_lazy("现在的密码不对。"),
        "phone_password_mismatch": gettext_lazy("手机号或密码不对。"),
        "rate_limited": gettext_lazy("发得太频繁了，请等一分钟再试。"),
        "too_many_login_attempts": gettext_lazy("试的次数太多了，请过一会儿再试。"),
    }

    def get_user_by_phone(self, phone: str) -> User | None:
        return actions.open_account(phone=phone)

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (str(user.phone), user.phone_verified_at is not None) if user.phone else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        user.phone = phone
        user.phone_verified_at = timezone.now() if verified else None
        user.save(update_fields=["phone", "phone_verified_at"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        actions.verify_phone(person=user, phone=phone)

    def phone_form_field(self, **kwargs: Any) -> Field:
        kwargs.pop("label", None)  # ours says it in Chinese
        return PhoneField(**kwargs)

    def send_verification_code_sms(self, user: User, phone: str, code: str, **kwargs: Any) -> None:
        send_sms(
            phone=phone,
            text=_("【报到】验证码 %(code)s，5 分钟内有效，请勿告诉他人。") % {"code": code},
            kind=Sms.CODE,
            purpose=LOG_IN,
        )

    def send_unknown_account_sms(self, phone: str, **kwargs: Any) -> None:
        text = _(
            "【报到】这个手机号还没有账户。单位成员请让单位联络员核对名册上的手机号；居民可以注册：%(url)s"
            " 如果不是您本人操作，不用理会。"
        )
        url = self.request.build_absolute_uri(reverse("account_signup"))
        send_sms(phone=phone, text=text % {"url": url}, kind=Sms.CODE, purpose=LOG_IN)

    def get_login_redirect_url(self, request: MemberRequest) -> str:
        if pending_link(request):
            return reverse("account_link")
        if queries.units_on_offer(request.user).exists():
            return reverse("members:choose_unit")
        return str(super().get_login_redirect_url(request))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_security")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        # Raised, not returned: allauth would let a person pass who has neither password nor second factor.
        if is_fresh(self.request):
            return False
        raise ReauthenticationRequired

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """Return how ``user`` may step up, the handiest first; who has a second factor uses that and nothing less."""
        if not user.is_authenticated:
            return []
        types = set(queries.second_factors(user).values_list("type", flat=True))
        if types:
            by_code = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.WEBAUTHN).exists()
            with_passkey = _method("mfa_reauthenticate_webauthn", _("用通行密钥")) if "webauthn" in types else None
            with_code = _method("mfa_reauthenticate", _("用验证器或恢复码")) if by_code else None
            return [method for method in (with_passkey, with_code) if method]
        with_password = _method("account_reauthenticate", _("用密码")) if user.has_usable_password() else None
        with_sms = _method("account_reauthenticate_by_code", _("用短信验证码")) if user.phone else None
        return [method for method in (with_sms, with_password) if method]

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # allauth counts by e-mail or user name; without either, all phones would share one count.
        return str(credentials.get("phone", ""))


def _method(url_name: str, description: str) -> dict[str, Any]:
    return {"id": url_name, "description": description, "url": reverse(url_name)}
