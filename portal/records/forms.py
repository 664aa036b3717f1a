"""What an organiser ticks and writes."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from webui.forms import NoIdentityNumbersMixin

LONGEST_KEY = 18  # digits that fit a database's whole number


class KeysField(forms.Field):
    """Ticked rows. What is no key is left out, as is, by the query that follows, what is gone meanwhile."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Sequence[str] | None) -> list[int]:
        return [int(key) for key in value or () if key.isdecimal() and len(key) <= LONGEST_KEY]


class ChoiceForm(forms.Form):
    """What is to be confirmed: what was ticked, or everything of one shift."""

    attendance = KeysField(required=False)
    shift = forms.IntegerField(required=False, min_value=1, max_value=10**LONGEST_KEY)


class ReverseForm(NoIdentityNumbersMixin, forms.Form):
    reason = forms.CharField(
        label=_("冲销的原因"),
        help_text=_("本人会看到这句话。"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2, "class": "short"}),
    )
