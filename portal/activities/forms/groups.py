"""A unit holds places, and names who will come."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.activities.models import GroupPlaces, Shift
from portal.members.models import User
from portal.organisations.models import Unit
from webui.forms import NoIdentityNumbersMixin


class HoldForm(NoIdentityNumbersMixin, forms.ModelForm[GroupPlaces]):
    """How many places, for which unit, and until when names are given."""

    class Meta:
        model = GroupPlaces
        fields = ["unit", "position", "held", "name_until"]
        labels = {"held": _("留几个名额"), "name_until": _("最晚什么时候写名字")}
        help_texts = {"name_until": _("到时间还没有写名字的名额，会让给排队的人。")}
        widgets = {
            "name_until": forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
            "held": forms.NumberInput(attrs={"min": 1}),
        }

    def __init__(self, *args: Any, shift: Shift, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.shift = shift
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # a choice of rows
        positions = shift.positions.all()
        if positions:
            self.fields["position"].queryset = positions  # type: ignore[attr-defined]  # as above
            self.fields["position"].required = True
        else:
            del self.fields["position"]

    def clean_name_until(self) -> datetime:
        until: datetime = self.cleaned_data["name_until"]
        if until <= timezone.now():
            raise forms.ValidationError(_("这个时间已经过了。"))
        return until


class NamesForm(forms.Form):
    """Who of the unit will come."""

    members = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("谁来参加"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选一个人。")},
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = people  # type: ignore[attr-defined]  # a choice of rows
