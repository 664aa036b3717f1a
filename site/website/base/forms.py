"""Wagtail's own forms, told about our user model: one name instead of two, and the e-mail may be missing."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.account import NameEmailForm as WagtailNameEmailForm
from wagtail.users.forms import UserCreationForm as WagtailUserCreationForm
from wagtail.users.forms import UserEditForm as WagtailUserEditForm

from website.base.actions import forget_proof_of_phone
from website.base.managing import groups_to_give
from webui.providers import warn_of_new_keys
from webui.templatetags.webui import masked_email, masked_phone

User = get_user_model()
FIELDS = ["phone", "name", "email", "is_superuser", "groups"]
WIDGETS = {"groups": forms.CheckboxSelectMultiple}


class NoMoreThanOnesOwnMixin:
    """Leaves out what the ``manager`` who fills in the form may not give."""

    def __init__(self, *args: Any, manager: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields  # type: ignore[attr-defined]  # of the form it is mixed into
        fields["groups"].queryset = groups_to_give(manager)
        if not manager.is_superuser:
            fields.pop("is_superuser", None)


class UserCreationForm(NoMoreThanOnesOwnMixin, WagtailUserCreationForm):
    first_name = last_name = None
    email = forms.EmailField(required=False, label=_("邮箱"))

    class Meta:
        model = User
        fields = FIELDS
        widgets = WIDGETS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Who has neither can neither log in nor be told from another.
        self.fields["phone"].required = self.fields["name"].required = True


class UserEditForm(NoMoreThanOnesOwnMixin, WagtailUserEditForm):
    """Somebody's account. One's own phone, mailbox and password are changed in 账户与安全, where they are proved."""

    first_name = last_name = None
    email = forms.EmailField(required=False, label=_("邮箱"))

    class Meta:
        model = User
        fields = [*FIELDS, "is_active"]
        widgets = WIDGETS

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        self.editing_self = editing_self
        super().__init__(*args, editing_self=editing_self, **kwargs)
        self.phone_before, self.email_before = self.instance.phone, self.instance.email
        self.fields["name"].required = bool(self.instance.name)  # once somebody is called something, they stay so
        if editing_self:
            del self.fields["phone"], self.fields["email"]
        else:
            self._show_masked("phone", masked_phone(self.phone_before))
            self._show_masked("email", masked_email(self.email_before))

    @property
    def password_enabled(self) -> bool:
        return not self.editing_self and bool(super().password_enabled)

    def clean_phone(self) -> Any:
        return self.cleaned_data["phone"] or self.phone_before

    def clean_email(self) -> str:
        return self.cleaned_data["email"] or self.email_before

    def _show_masked(self, name: str, now: str) -> None:
        # To give rights nobody need know how to reach a person: what is there is replaced, and never read.
        self.initial[name] = ""
        self.fields[name].required = False
        self.fields[name].help_text = _("现在是 %(now)s。要换才填，留空就不改。") % {"now": now}

    def save(self, commit: bool = True) -> Any:
        """Save, and tell whoever it is about; a phone an administrator wrote is not one its holder proved."""
        user = super().save(commit=commit)
        if not commit:
            return user
        if user.phone != self.phone_before:
            forget_proof_of_phone(user=user)
        warn_of_new_keys(
            user,
            phone=str(self.phone_before or "") if user.phone != self.phone_before else None,
            email=self.email_before if user.email != self.email_before else None,
            is_password_new=bool(self.cleaned_data.get("password1")),
        )
        return user


class NameForm(WagtailNameEmailForm):
    """One's own name. ``WAGTAIL_EMAIL_MANAGEMENT_ENABLED`` takes the mailbox out."""

    first_name = last_name = None

    class Meta:
        model = User
        fields = ["name"]
