"""When, and for how many."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.activities.enums import ActivityState
from portal.activities.errors import CapacityBelowTakenError
from portal.activities.models import Shift
from webui.forms import NoIdentityNumbersMixin


def _moment() -> forms.DateTimeInput:
    return forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})


class ShiftForm(NoIdentityNumbersMixin, forms.ModelForm[Shift]):
    """The times and the number of places of a shift."""

    class Meta:
        model = Shift
        fields = ["starts_at", "ends_at", "capacity", "name"]
        help_texts = {"name": _("有几个班次时填写，例如：上午班。")}
        error_messages = {
            "starts_at": {"required": _("请填写开始时间。"), "invalid": _("开始时间没有写对，请重新选择。")},
            "ends_at": {"required": _("请填写结束时间。"), "invalid": _("结束时间没有写对，请重新选择。")},
            "capacity": {
                "required": _("请填写名额。"),
                "invalid": _("名额请写整数。"),
                "min_value": _("至少要有一个名额。"),
                "max_value": _("名额太多了，请写少一些。"),
            },
        }
        widgets = {"starts_at": _moment(), "ends_at": _moment(), "capacity": forms.NumberInput(attrs={"min": 1})}

    def clean_capacity(self) -> int:
        capacity: int = self.cleaned_data["capacity"]
        if capacity < self.instance.places_taken:
            raise forms.ValidationError(CapacityBelowTakenError(self.instance.places_taken).message, code="taken")
        return capacity

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        starts_at, ends_at = data.get("starts_at"), data.get("ends_at")
        if starts_at and "starts_at" in self.changed_data and starts_at <= timezone.now():
            self.add_error("starts_at", _("开始时间已经过去，请重新选择。"))
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("结束时间要晚于开始时间。"))
        return data

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.activity.state != ActivityState.DRAFT and self.instance.has_started:
            del self.fields["starts_at"], self.fields["ends_at"]  # it is being done
