"""The phone somebody has now, and their yes to putting two accounts together."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.members.forms import PhoneField
from portal.proxies.forms.entering import ConsentForm


class HandOverForm(ConsentForm):
    """The person's own phone, to which a code is sent."""

    field_order = ("phone", "consent")

    phone = PhoneField(label=_("本人现在的手机号"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].widget.attrs["autocomplete"] = "off"


class AgreeForm(forms.Form):
    """A yes to what was shown."""

    agreed = forms.BooleanField(error_messages={"required": _("要先看过、同意，才能合并。")})

    def __init__(self, *args: Any, at_counter: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed"].label = (
            _("本人看过上面的内容，同意合并") if at_counter else _("我看过上面的内容，同意合并")
        )
