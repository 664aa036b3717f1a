"""Every table of activities, one module a subject."""

from portal.activities.models.activities import Activity
from portal.activities.models.attendance import Attendance
from portal.activities.models.positions import Position
from portal.activities.models.shifts import Shift
from portal.activities.models.sign_ups import SignUp

__all__ = ["Activity", "Attendance", "Position", "Shift", "SignUp"]
