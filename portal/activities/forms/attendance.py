"""One line of a roster."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.activities.enums import ATTENDANCE_TRANSITIONS, AttendanceState
from portal.activities.models import Attendance, SignUp

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
