"""When, and for how many."""

from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.activities.enums import ActivityState
from portal.activities.errors import CapacityBelowTakenError, MinimumAboveCapacityError
from portal.activities.models import Position, Shift
from webui.forms import NoIdentityNumbersMixin


def _moment() -> forms.DateTimeInput:
    return forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})


PLACES_ERRORS = {
    "required": _("请填写名额。"),
    "invalid": _("名额请写整数。"),
    "min_value": _("至少要有一个名额。"),
    "max_value": _("名额太多了，请写少一些。"),
}
MINIMUM_ERRORS = {
    "invalid": _("最少人数请写整数。"),
    "min_value": _("最少人数不能是负数。"),
    "max_value": _("最少人数不能多于名额。"),
}


class PlacesForm(NoIdentityNumbersMixin, forms.ModelForm[Any]):
    """How many may come, and how many must; nothing written means that one is enough."""

    class Meta:
        model: type[Model] = Shift
        fields = ["capacity", "minimum"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["minimum"].required = False
        self.initial["minimum"] = self.initial.get("minimum") or None

    def clean_capacity(self) -> int:
        capacity: int = self.cleaned_data["capacity"]
        if capacity < self.instance.places_taken:
            raise forms.ValidationError(CapacityBelowTakenError(self.instance.places_taken).message, code="taken")
        return capacity

    def clean_minimum(self) -> int:
        return self.cleaned_data["minimum"] or 0

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("minimum", self.instance.minimum) > data.get("capacity", self.instance.capacity or 0):
            beside = "minimum" if "minimum" in self.fields else "capacity"
            self.add_error(beside, MinimumAboveCapacityError().message)
        return data


class ShiftForm(PlacesForm):
    """The times and the number of places of a shift; where it has positions, they say how many."""

    class Meta:
        model = Shift
        fields = ["starts_at", "ends_at", "capacity", "minimum", "posture", "name"]
        help_texts = {
            "minimum": _("少于这个人数就办不成，报名的人看得到。没有要求就不写。"),
            "name": _("有几个班次时填写，例如：上午班。"),
        }
        error_messages = {
            "starts_at": {"required": _("请填写开始时间。"), "invalid": _("开始时间没有写对，请重新选择。")},
            "ends_at": {"required": _("请填写结束时间。"), "invalid": _("结束时间没有写对，请重新选择。")},
            "capacity": PLACES_ERRORS,
            "minimum": MINIMUM_ERRORS,
        }
        widgets = {"starts_at": _moment(), "ends_at": _moment(), "capacity": forms.NumberInput(attrs={"min": 1})}

    def clean(self) -> dict[str, Any]:
        data = super().clean()
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
        if self.instance.pk and self.instance.positions.exists():
            del self.fields["capacity"], self.fields["minimum"], self.fields["posture"]
        else:
            _offer_nothing(self.fields["posture"], _("没有说明"))


class PositionForm(PlacesForm):
    """What people do at a position, how many, and whom it suits."""

    class Meta:
        model = Position
        fields = ["name", "capacity", "minimum", "skill", "posture", "first_time_friendly"]
        help_texts = {
            "name": _("例如：签到台、搬运、陪同。"),
            "minimum": _("少于这个人数就办不成，报名的人看得到。没有要求就不写。"),
            "skill": _("只有要会做的岗位才选。"),
        }
        error_messages = {
            "name": {"required": _("请填写岗位名称。"), "max_length": _("岗位名称太长了，请写短一些。")},
            "capacity": PLACES_ERRORS,
            "minimum": MINIMUM_ERRORS,
        }
        widgets = {"capacity": forms.NumberInput(attrs={"min": 1})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, nothing in (("skill", _("不限")), ("posture", _("都可以"))):
            _offer_nothing(self.fields[name], nothing)


def _offer_nothing(field: Any, nothing: Any) -> None:
    """Say in words what the empty choice of ``field`` means."""
    field.choices = [("", nothing), *[choice for choice in field.choices if choice[0]]]


class PositionField(forms.ModelChoiceField[Position]):
    """A position, told by its shift and its name."""

    def label_from_instance(self, position: Position) -> str:
        start = timezone.localtime(position.shift.starts_at)
        return f"{start:%m-%d %H:%M} {position.shift.activity.title} · {position.name}"


def add_position_field(form: forms.Form, shifts: QuerySet[Shift]) -> None:
    """Let ``form`` ask for a position beside its shift, where any of ``shifts`` has some."""
    positions = Position.objects.filter(shift__in=shifts.order_by())
    if positions.exists():
        form.fields["position"] = PositionField(
            positions.select_related("shift__activity").order_by("shift__starts_at", "order", "pk"),
            label=_("岗位"),
            required=False,
            empty_label=_("这一班不分岗位"),
            help_text=_("选的班次分岗位时，要选这一班的一个岗位。"),
        )
