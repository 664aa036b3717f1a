"""A copy looked over on one page, and what is kept as a template."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.activities.forms.shifts import ShiftForm
from portal.activities.models import Activity, Shift
from portal.organisations.models import Area
from webui.forms import NoIdentityNumbersMixin


class ReviewShiftForm(ShiftForm):
    """The times of one shift of a copy; positions say themselves how many they need."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - {"starts_at", "ends_at", "capacity"}:
            del self.fields[name]


class ReviewForm(NoIdentityNumbersMixin, forms.ModelForm[Activity]):
    """The two things most often new when something is done once more."""

    class Meta:
        model = Activity
        fields = ["title", "place"]
        error_messages = {"title": {"required": _("请填写名称。")}}


def review_shift_forms(shifts: Iterable[Shift], data: Any = None) -> list[ReviewShiftForm]:
    return [ReviewShiftForm(data, instance=shift, prefix=f"shift{shift.pk}") for shift in shifts]


class TemplateForm(NoIdentityNumbersMixin, forms.Form):
    """Its name, and where it may be used; with one area to choose from, nothing is asked."""

    name = forms.CharField(
        label=_("模板名称"),
        help_text=_("大家在列表里看到的名字。"),
        max_length=80,
        error_messages={"required": _("请填写模板名称。"), "max_length": _("名称太长了，请写短一些。")},
    )

    def __init__(self, *args: Any, areas: "list[Area]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(areas) > 1:
            self.fields["area"] = _area_field(areas, _("哪里可以用"))


class UseTemplateForm(forms.Form):
    """On which day, and for which community."""

    first_on = forms.DateField(
        label=_("哪一天"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("请选择日期。"), "invalid": _("日期没有写对，请重新选择。")},
    )

    def __init__(self, *args: Any, areas: "list[Area]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_on"].initial = timezone.localdate() + timedelta(days=7)
        if len(areas) > 1:
            self.fields["area"] = _area_field(areas, _("组织社区"))

    def clean_first_on(self) -> Any:
        day = self.cleaned_data["first_on"]
        if day <= timezone.localdate():
            raise forms.ValidationError(_("请选择今天以后的日期。"), code="past")
        return day


def _area_field(areas: "list[Area]", label: Any) -> "forms.ModelChoiceField[Area]":
    chosen = Area.objects.filter(pk__in=[area.pk for area in areas]).order_by("-path")
    messages = {"required": _("请选择区域。"), "invalid_choice": _("请从列表里选择区域。")}
    return forms.ModelChoiceField(chosen, label=label, empty_label=None, error_messages=messages)
