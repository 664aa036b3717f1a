"""What the community's desk types."""

from django import forms
from django.utils.translation import gettext_lazy as _

from webui.forms import NoIdentityNumbersMixin


class AskBackForm(NoIdentityNumbersMixin, forms.Form):
    """What is missing."""

    reason = forms.CharField(
        label=_("需要补充什么"),
        help_text=_("本人会看到这段话。"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("请写明需要补充什么，对方才知道怎么改。"),
            "max_length": _("请不要超过 200 个字，现在有 %(show_value)s 个。"),
        },
    )
