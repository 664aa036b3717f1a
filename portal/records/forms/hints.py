"""What somebody sees in a hint."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.records.enums import HintState
from webui.forms import NoIdentityNumbersMixin


class HintForm(NoIdentityNumbersMixin, forms.Form):
    state = forms.ChoiceField(
        label=_("看了以后"),
        choices=[(HintState.FINE, HintState.FINE.label), (HintState.CLOSER, HintState.CLOSER.label)],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一个。"), "invalid_choice": _("请选一个。")},
    )
    note = forms.CharField(
        label=_("备注"),
        help_text=_("还要再了解的，请写明了解什么。不要写别人的隐私。"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
