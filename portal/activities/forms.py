"""What organisers and members type, read and checked."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.activities.enums import ATTENDANCE_TRANSITIONS, ActivityState, AttendanceState
from portal.activities.models import Activity, Attendance, Shift, SignUp
from portal.organisations.models import Area
from webui.forms import NoIdentityNumbersMixin

PHONE_CHARACTERS = re.compile(r"\+?[0-9 ()-]+")
PHONE_DIGITS = range(7, 21)
SERVICE_NUMBER = re.compile(r"1[0-9]{4}")  # such as 12345


class ActivityForm(NoIdentityNumbersMixin, forms.ModelForm[Activity]):
    """What an activity says. Only its name is needed for a draft; publishing asks for the rest."""

    class Meta:
        model = Activity
        fields = [
            "area",
            "title",
            "summary",
            "place",
            "content",
            "conditions",
            "risks",
            "safeguards",
            "contact_name",
            "contact_phone",
        ]
        help_texts = {
            "summary": _("列表里会显示这一句。"),
            "place": _("写到门牌，第一次来的人也能找到。"),
            "content": _("要做什么，需要带什么。"),
            "conditions": _("谁可以参加。例如：年满 18 周岁，身体健康。没有要求就写“不限”。"),
            "risks": _("例如：地面湿滑，小心摔倒。没有就写“无”。"),
            "safeguards": _("例如：提供手套和意外保险。"),
        }
        error_messages = {"title": {"required": _("请填写名称。")}}
        widgets = {
            "content": forms.Textarea(attrs={"rows": 5}),
            "conditions": forms.Textarea(attrs={"rows": 2, "class": "short"}),
            "risks": forms.Textarea(attrs={"rows": 2, "class": "short"}),
            "safeguards": forms.Textarea(attrs={"rows": 2, "class": "short"}),
            "contact_phone": forms.TextInput(attrs={"inputmode": "tel"}),
        }

    def __init__(self, *args: Any, areas: "list[Area] | None" = None, **kwargs: Any) -> None:
        """Offer ``areas`` to choose from; without a choice the field is left out."""
        super().__init__(*args, **kwargs)
        if areas is None or len(areas) == 1:
            del self.fields["area"]
        else:
            self.fields["area"] = forms.ModelChoiceField(
                Area.objects.filter(pk__in=[area.pk for area in areas]).order_by("path"),
                label=_("组织社区"),
                error_messages={"required": _("请选择组织社区。"), "invalid_choice": _("请从列表里选择组织社区。")},
            )

    def clean_contact_phone(self) -> str:
        """Take what could be dialled; full-width digits and brackets are written narrow."""
        phone = unicodedata.normalize("NFKC", self.cleaned_data["contact_phone"]).strip()
        digits = sum(character.isdigit() for character in phone)
        looks_right = PHONE_CHARACTERS.fullmatch(phone) and digits in PHONE_DIGITS
        if phone and not looks_right and not SERVICE_NUMBER.fullmatch(phone):
            raise forms.ValidationError(_("请写能打通的电话，例如 010-5550 0100 或者 12345。"), code="invalid")
        return phone


def _moment() -> forms.DateTimeInput:
    return forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})


class ShiftForm(NoIdentityNumbersMixin, forms.ModelForm[Shift]):
    """When, and how many people."""

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
        if self.instance.pk and self.instance.activity.state != ActivityState.DRAFT:
            del self.fields["starts_at"], self.fields["ends_at"]  # people count on them


class CancelForm(NoIdentityNumbersMixin, forms.Form):
    reason = forms.CharField(
        label=_("取消的原因"),
        help_text=_("报名的人会收到这句话。"),
        max_length=200,
        error_messages={"required": _("请写明取消的原因。")},
        widget=forms.Textarea(attrs={"rows": 2, "class": "short"}),
    )


# Five short words stand side by side on a phone.
SHORT = {
    AttendanceState.EXPECTED: _("待定"),
    AttendanceState.ARRIVED: _("到场"),
    AttendanceState.COMPLETED: _("完成"),
    AttendanceState.ABSENT: _("未到"),
    AttendanceState.EXCUSED: _("请假"),
}


class AttendanceForm(forms.Form):
    """One line of the roster: whether this person came, and for how long."""

    minutes = forms.IntegerField(
        min_value=1,
        max_value=24 * 60,
        required=False,
        label=_("分钟"),
        error_messages={
            "invalid": _("分钟数请写整数。"),
            "min_value": _("分钟数最少 1。"),
            "max_value": _("分钟数最多 1440。"),
        },
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, sign_up: SignUp, planned: int) -> None:
        self.sign_up = sign_up
        self.attendance: Attendance = getattr(sign_up, "attendance", None) or Attendance(sign_up=sign_up)
        initial = {"state": self.attendance.state, "minutes": self.attendance.minutes or planned}
        typed = None if self.attendance.is_closed else data
        super().__init__(typed, prefix=str(sign_up.pk), initial=initial)
        self.fields["state"] = forms.ChoiceField(
            choices=[(state.value, label) for state, label in SHORT.items()],
            widget=forms.RadioSelect,
            required=False,
            label=_("到场"),
        )

    @property
    def may_be_completed(self) -> bool:
        return self.attendance.state in (AttendanceState.EXPECTED, AttendanceState.ARRIVED)

    @property
    def summary(self) -> list[tuple[str, str]]:
        """Return what is wrong, each with the id of the control that mends it."""
        ids = {"minutes": self["minutes"].auto_id}
        first_state = f"{self['state'].auto_id}_0"
        return [(ids.get(name, first_state), str(text)) for name, texts in self.errors.items() for text in texts]

    def steps_to(self, state: str) -> list[str]:
        """Return the legal moves that lead to ``state``; what was noted is undone first where it must be."""
        before = self.attendance.state
        is_direct = state == before or state in ATTENDANCE_TRANSITIONS[before]
        return [state] if is_direct else [AttendanceState.EXPECTED, state]

    def wanted(self, *, complete_rest: bool) -> tuple[str, int | None]:
        """Return the state and the minutes to record. ``complete_rest`` completes whoever is expected or arrived."""
        state = self.cleaned_data["state"] or self.attendance.state
        if complete_rest and state in (AttendanceState.EXPECTED, AttendanceState.ARRIVED) and self.may_be_completed:
            state = AttendanceState.COMPLETED
        planned = self.initial["minutes"]
        minutes = self.cleaned_data["minutes"] or planned
        return state, minutes if state == AttendanceState.COMPLETED else None
