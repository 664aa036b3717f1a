"""What an organiser ticks."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.organisations.models import Area

LONGEST_KEY = 18  # digits that fit a database's whole number
MOST_KEYS = 5_000


class KeysField(forms.Field):
    """Ticked rows. What is no key is left out, as is, by the query that follows, what is gone meanwhile."""

    widget: type[forms.Widget] = forms.MultipleHiddenInput

    def to_python(self, value: Sequence[str] | None) -> list[int]:
        return [int(key) for key in (value or ())[:MOST_KEYS] if key.isdecimal() and len(key) <= LONGEST_KEY]


class ListedKeysField(KeysField):
    """The same in one field, with commas: a thousand rows are no thousand fields."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> list[int]:
        return super().to_python(str(value or "").split(","))


class ChoiceForm(forms.Form):
    """What is to be confirmed: what was ticked, everything of one shift or one person, or everything shown.

    ``attendances`` and ``services`` come from the summary, which ``sure`` says yes to.
    """

    attendance = KeysField(required=False)
    service = KeysField(required=False)
    shift = forms.IntegerField(required=False, min_value=1, max_value=10**LONGEST_KEY)
    person = forms.IntegerField(required=False, min_value=1, max_value=10**LONGEST_KEY)
    everything = forms.BooleanField(required=False)
    attendances = ListedKeysField(required=False)
    services = ListedKeysField(required=False)
    sure = forms.BooleanField(required=False)


class FilterForm(forms.Form):
    """Which community, for those who look after several."""

    area = forms.ModelChoiceField(
        label=_("社区"), queryset=Area.objects.none(), required=False, empty_label=_("全部社区")
    )

    def __init__(self, *args: Any, areas: "QuerySet[Area]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]  # a ModelChoiceField has one
