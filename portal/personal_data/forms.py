"""What is asked before an account is closed."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CloseForm(forms.Form):
    """One tick, so that nobody closes their account by a slip of the finger."""

    understood = forms.BooleanField(
        label=_("我看过上面的说明，要注销账户"),
        error_messages={"required": _("要注销，请先勾选这一项。")},
    )
