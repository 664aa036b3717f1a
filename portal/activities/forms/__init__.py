"""What organisers and members type, read and checked."""

from portal.activities.forms.activities import ActivityForm, CancelForm, ScheduleForm
from portal.activities.forms.attendance import AttendanceForm
from portal.activities.forms.audience import AudienceForm, GrantForm
from portal.activities.forms.copying import (
    ReviewForm,
    ReviewShiftForm,
    TemplateForm,
    UseTemplateForm,
    review_shift_forms,
)
from portal.activities.forms.groups import HoldForm, NamesForm
from portal.activities.forms.series import ExtendForm, RepeatForm, ScopeForm, TermsForm
from portal.activities.forms.shifts import PositionForm, ShiftForm, add_position_field
from portal.activities.forms.sign_ups import CoverForm, ExceptionForm, InviteForm, PolicyForm, RefuseForm

__all__ = [
    "ActivityForm",
    "AttendanceForm",
    "AudienceForm",
    "CancelForm",
    "CoverForm",
    "ExceptionForm",
    "ExtendForm",
    "GrantForm",
    "HoldForm",
    "InviteForm",
    "NamesForm",
    "PolicyForm",
    "PositionForm",
    "RefuseForm",
    "RepeatForm",
    "ReviewForm",
    "ReviewShiftForm",
    "ScheduleForm",
    "ScopeForm",
    "ShiftForm",
    "TemplateForm",
    "TermsForm",
    "UseTemplateForm",
    "add_position_field",
    "review_shift_forms",
]
