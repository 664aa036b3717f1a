"""How a contact narrows the list of whom to help."""

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.organisations.models import Unit
from webui.forms import NoIdentityNumbersMixin


class GapForm(NoIdentityNumbersMixin, forms.Form):
    """A branch, a part of a name; what is not known narrows nothing."""

    q = forms.CharField(label=_("姓名"), max_length=40, required=False)
    branch: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(
        label=_("单位或部门"), queryset=Unit.objects.none(), to_field_name="code", empty_label=_("全部"), required=False
    )

    def __init__(self, *args: Any, branches: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = list(branches)
        field = self.fields["branch"]
        field.queryset = Unit.objects.filter(pk__in=[branch.pk for branch in shown])  # type: ignore[attr-defined]  # a model choice
        field.choices = [("", _("全部")), *((branch.code, branch.name) for branch in shown)]  # type: ignore[attr-defined]  # as above

    def clean_q(self) -> str:
        return "".join(unicodedata.normalize("NFKC", self.cleaned_data["q"]).split())


class RemindForm(forms.Form):
    """How many text messages the contact was shown before clicking."""

    sms = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
