"""What organisers and members type, read and checked."""

from portal.activities.forms.activities import ActivityForm, CancelForm
from portal.activities.forms.attendance import AttendanceForm
from portal.activities.forms.shifts import ShiftForm

__all__ = ["ActivityForm", "AttendanceForm", "CancelForm", "ShiftForm"]
