"""Which forms to print, and the code of one that comes back."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.activities.models import Shift
from portal.organisations.models import Area
from portal.proxies import codes
from portal.proxies.enums import ABOUT_A_SHIFT, FormKind
from portal.proxies.forms.entering import ShiftField
from webui.forms import NoIdentityNumbersMixin

MOST_COPIES = 20


class IssueForm(forms.Form):
    """What to print, and how many of it."""

    field_order = ("kind", "area", "shift", "copies")

    kind = forms.ChoiceField(label=_("打印哪一种"), choices=FormKind.choices, widget=forms.RadioSelect)
    copies = forms.IntegerField(
        label=_("份数"),
        initial=1,
        min_value=1,
        max_value=MOST_COPIES,
        error_messages={
            "min_value": _("至少一份。"),
            "max_value": _("一次最多 20 份。"),
            "invalid": _("请填一个数。"),
            "required": _("请填份数。"),
        },
    )

    def __init__(self, *args: Any, areas: QuerySet[Area], shifts: QuerySet[Shift], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].error_messages["required"] = _("请选一种表格。")
        self.fields["shift"] = ShiftField(
            shifts,
            label=_("活动和班次"),
            help_text=_("活动报名表和请假单要选；其他表格不用选。"),
            required=False,
            empty_label=_("不用选"),
        )
        if areas.count() != 1:
            self.fields["area"] = forms.ModelChoiceField(
                areas, label=_("社区"), to_field_name="code", error_messages={"required": _("请选社区。")}
            )
        self.order_fields(self.field_order)
        self._only = areas.first() if "area" not in self.fields else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind, shift = cleaned.get("kind"), cleaned.get("shift")
        if kind in ABOUT_A_SHIFT and shift is None and "shift" not in self.errors:
            self.add_error("shift", _("这种表格要选一个班次。"))
        return cleaned

    def area(self) -> Area:
        area: Area = self.cleaned_data["area"] if self._only is None else self._only
        shift: Shift | None = self.cleaned_data.get("shift")
        return shift.activity.area if shift and self.cleaned_data["kind"] in ABOUT_A_SHIFT else area


class FormCodeForm(NoIdentityNumbersMixin, forms.Form):
    """The code on a form that came back."""

    code = forms.CharField(
        label=_("表格右上角的编号"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("请填写表格编号。")},
    )

    def clean_code(self) -> str:
        code = codes.read_code(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(_("编号不对，请照着纸上再看一遍。"), code="malformed")
        return code
