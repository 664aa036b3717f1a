"""Why a record is taken out of the count, or what is right instead."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from webui.forms import NoIdentityNumbersMixin

LONGEST = 24 * 60


class ReverseForm(NoIdentityNumbersMixin, forms.Form):
    reason = forms.CharField(
        label=_("冲销的原因"),
        help_text=_("本人会看到这句话。"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2, "class": "short"}),
    )


class CorrectForm(NoIdentityNumbersMixin, forms.Form):
    """The right minutes, or none: then the record is only reversed."""

    minutes = forms.IntegerField(
        label=_("正确的分钟数"),
        help_text=_("不填，就是整条不计入。填了，要由另一位工作人员再确认一次。"),
        min_value=1,
        max_value=LONGEST,
        required=False,
    )
    reason = forms.CharField(
        label=_("原因"),
        help_text=_("本人会看到这句话。"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2, "class": "short"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["minutes"].widget.attrs["inputmode"] = "numeric"
