"""Every table of activities, one module a subject."""

from portal.activities.models.activities import Activity
from portal.activities.models.asking import CoverAsk, CoverRequest, Invitation
from portal.activities.models.attendance import Attendance
from portal.activities.models.changes import MaterialChange
from portal.activities.models.draws import Draw
from portal.activities.models.entry import AgeDeclaration, EntryRule, Qualification
from portal.activities.models.groups import GroupPlaces
from portal.activities.models.positions import Position
from portal.activities.models.series import Series
from portal.activities.models.shifts import Shift
from portal.activities.models.sign_ups import SignUp
from portal.activities.models.templates import ActivityTemplate

__all__ = [
    "Activity",
    "ActivityTemplate",
    "AgeDeclaration",
    "Attendance",
    "CoverAsk",
    "CoverRequest",
    "Draw",
    "EntryRule",
    "GroupPlaces",
    "Invitation",
    "MaterialChange",
    "Position",
    "Qualification",
    "Series",
    "Shift",
    "SignUp",
]
