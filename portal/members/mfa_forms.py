"""The second step: a code of the authenticator or a recovery code, and the passkey's answer."""

import unicodedata
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

TOTP_PERIOD = 30  # seconds


class FactorCodeField(forms.CharField):
    """A code as people type it: with spaces, hyphens or full-width digits."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        super().__init__(max_length=40, widget=forms.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> str:
        text = unicodedata.normalize("NFKC", str(super().to_python(value)))
        return "".join(text.replace("-", "").split())


class _CodeForm(base_forms.BaseAuthenticateForm):
    code = FactorCodeField(
        label=_("验证器里的 6 位数字，或一个恢复码"),
        error_messages={"required": _("请填写验证器里的数字，或一个恢复码。")},
    )

    def clean_code(self) -> str:
        code: str = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP and not _is_first_use(self.user.pk, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(_CodeForm, base_forms.AuthenticateForm):
    """The second step of a log-in."""


class ReauthenticateForm(_CodeForm, base_forms.ReauthenticateForm):
    """The second factor once more, before something that matters."""


class ActivateTotpForm(totp_forms.ActivateTOTPForm):
    """The first code of a new authenticator."""

    code = FactorCodeField(
        label=_("验证器里显示的 6 位数字"), error_messages={"required": _("请填写验证器里显示的 6 位数字。")}
    )


class AddPasskeyForm(webauthn_forms.AddWebAuthnForm):
    """A passkey: always one that opens the account by itself, with a finger, a face or a PIN."""

    passwordless = None
    name = forms.CharField(label=_("给它起个名字"), required=False, max_length=40)

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True  # so that the answer must say who was verified
        cleaned: dict[str, Any] = super().clean()
        return cleaned


def _is_first_use(person_id: int, code: str) -> bool:
    # allauth remembers a code for one period; with its tolerance a code is good for longer.
    seconds = TOTP_PERIOD * (2 * settings.MFA_TOTP_TOLERANCE + 2)
    return cache.add(f"totp-used:{person_id}:{code}", 1, timeout=seconds)
