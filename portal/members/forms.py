"""What people type to log in: a phone however it is written, one code field, a password."""

import unicodedata
from collections.abc import Callable
from typing import Any

import phonenumbers
from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.members import queries
from portal.members.models import User
from portal.organisations.models import Unit
from webui.forms import NoIdentityNumbersMixin

CODE_LENGTH = 6
HOME_REGION = "CN"
MOBILE = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)


class PhoneField(forms.CharField):
    """A phone that gets our messages; spaces, hyphens, full-width digits and +86 are all welcome. Cleans to E.164."""

    default_error_messages = {
        "required": _("请填写手机号。"),
        "invalid": _("这不像是一个手机号。请填 11 位手机号，例如 138 0000 0000。"),
        "no_sms": _("座机和其他地区的号码收不到我们的短信，请填本地的手机号。"),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("手机号"))
        kwargs.setdefault("max_length", 40)
        attrs = {"type": "tel", "autocomplete": "tel", "inputmode": "numeric"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            number = phonenumbers.parse(unicodedata.normalize("NFKC", text), HOME_REGION)
        except phonenumbers.NumberParseException as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error
        if not phonenumbers.is_valid_number(number):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        if not _gets_messages(number):
            raise forms.ValidationError(self.error_messages["no_sms"], code="no_sms")
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}  # a maxlength would cut a number pasted with spaces


def _gets_messages(number: phonenumbers.PhoneNumber) -> bool:
    is_ours = phonenumbers.region_code_for_number(number) in settings.SMS_REGIONS
    return is_ours and phonenumbers.number_type(number) in MOBILE


class SignUpForm(NoIdentityNumbersMixin, allauth_forms.RequestLoginCodeForm):
    """A resident's first visit: what to call them, and their phone."""

    name = forms.CharField(
        label=_("姓名"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("请填写姓名。")},
    )


class CodeField(forms.CharField):
    """Six digits; spaces and full-width digits are welcome."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("验证码"))
        kwargs.setdefault("help_text", _("短信里的 6 位数字。"))
        kwargs.setdefault("error_messages", {"required": _("请填写短信里的 6 位验证码。")})
        attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> str:
        code = "".join(unicodedata.normalize("NFKC", super().clean(value)).split())
        if len(code) != CODE_LENGTH or not code.isdecimal():
            raise forms.ValidationError(_("验证码是 6 位数字，请照短信填写。"), code="malformed")
        return code


class CodeForm(forms.Form):
    """The code that proves a phone."""

    code = CodeField()


class NewPhoneForm(forms.Form):
    """The number that is to take the place of the old one."""

    to = PhoneField(label=_("新的手机号"))


class NewEmailForm(forms.Form):
    """The mailbox that is to take the place of the old one."""

    to = forms.EmailField(
        label=_("新的邮箱"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("请填写邮箱。"), "invalid": _("这不像是一个邮箱地址。")},
    )


class ConfirmCodeForm(allauth_forms.ConfirmLoginCodeForm):
    """Step two: the code, in one field."""

    code = CodeField()

    def __init__(self, *args: Any, may_try: Callable[[], bool] = lambda: True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._may_try = may_try

    def clean_code(self) -> str:
        if not self._may_try():  # no code is right any more
            raise get_adapter().validation_error("incorrect_code")
        result: str = super().clean_code()
        return result


class LogInForm(allauth_forms.LoginForm):
    """The other way in: phone and password."""

    password = forms.CharField(
        label=_("密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("请填写密码。")},
    )

    def _setup_password_field(self) -> None:
        """Keep the field: allauth drops it from sites where one signs up without a password."""


PASSWORD_HELP = _("至少 10 个字符，不要用太常见的，也不要和姓名太像。")


class PasswordFieldsMixin:
    """Passwords explained in one sentence; the labels say what goes where, so no placeholders."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        if "password1" in self.fields:
            self.fields["password1"].help_text = PASSWORD_HELP
            self.fields["password1"].label = _("新密码")
            self.fields["password2"].label = _("再输一次新密码")


class SetPasswordForm(PasswordFieldsMixin, allauth_forms.SetPasswordForm):
    """A first password."""


class ChangePasswordForm(PasswordFieldsMixin, allauth_forms.ChangePasswordForm):
    """Another password."""


class ReauthenticateForm(PasswordFieldsMixin, allauth_forms.ReauthenticateForm):
    """The password once more."""


class ChooseUnitForm(forms.Form):
    """Which of the units whose rosters name the person is home."""

    unit: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(
        label=_("您的所属单位"),
        queryset=Unit.objects.none(),
        to_field_name="code",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一个单位。"), "invalid_choice": _("请从列出的单位中选一个。")},
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = queries.units_on_offer(person)  # type: ignore[attr-defined]  # a model choice
