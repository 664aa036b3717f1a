"""What an organiser writes."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReverseForm(forms.Form):
    reason = forms.CharField(
        label=_("冲销的原因"),
        help_text=_("本人会看到这句话。"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2, "class": "short"}),
    )
