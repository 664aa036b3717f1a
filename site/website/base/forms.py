"""Wagtail's own forms, told about our user model: one name instead of two, and the e-mail may be missing."""

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.account import NameEmailForm as WagtailNameEmailForm
from wagtail.users.forms import UserCreationForm as WagtailUserCreationForm
from wagtail.users.forms import UserEditForm as WagtailUserEditForm

User = get_user_model()
FIELDS = ["phone", "name", "email", "is_superuser", "groups"]
WIDGETS = {"groups": forms.CheckboxSelectMultiple}


class UserCreationForm(WagtailUserCreationForm):
    first_name = last_name = None
    email = forms.EmailField(required=False, label=_("邮箱"))

    class Meta:
        model = User
        fields = FIELDS
        widgets = WIDGETS


class UserEditForm(WagtailUserEditForm):
    first_name = last_name = None
    email = forms.EmailField(required=False, label=_("邮箱"))

    class Meta:
        model = User
        fields = [*FIELDS, "is_active"]
        widgets = WIDGETS


class NameEmailForm(WagtailNameEmailForm):
    first_name = last_name = None
    email = forms.EmailField(required=False, label=_("邮箱"))

    class Meta:
        model = User
        fields = ["name", "email"]
