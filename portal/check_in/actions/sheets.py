"""A list on paper goes out with a code and comes back by it."""

from collections.abc import Mapping

from django.db import transaction

from portal.activities.enums import ATTENDANCE_TRANSITIONS, AttendanceState, Road
from portal.activities.models import Shift
from portal.activities.queries import roster
from portal.check_in.actions.desk import note
from portal.check_in.models import Sheet
from portal.check_in.queries import Line, lines_in_order
from portal.members.models import User
from portal.states import lock, save


@transaction.atomic
def make_sheet(*, shift: Shift, by: User) -> Sheet:
    """Return the printed list of ``shift``: the last one while the list is the same, else a new version of it."""
    lock(shift)
    lines = list(roster(shift).values_list("pk", flat=True))
    last = shift.sheets.order_by("-version").first()
    if last and last.lines == lines:
        return last
    version = (last.version if last else 0) + 1
    sheet = Sheet(shift=shift, version=version, lines=lines, made_by=by)
    save(sheet, action="printed", by=by)
    return sheet


@transaction.atomic
def enter_sheet(*, sheet: Sheet, by: User, ticked: Mapping[int, str]) -> int:
    """Note what stands on the paper, by sign-up; return how many lines changed. Entering it twice changes nothing.

    What is further along already, or closed, or one's own, stays.

    Raises:
        AttendanceError: one of its kinds for each reason; then nothing of the sheet is noted.
    """
    lines = lines_in_order(sheet.lines, sheet.shift, viewer=by)
    told = sorted((line for line in lines if line.key in ticked), key=lambda line: line.key)  # one order of locks
    return sum(_enter(line, AttendanceState(ticked[line.key]), by=by) for line in told)


def _enter(line: Line, state: AttendanceState, *, by: User) -> bool:
    if not line.is_open or state not in ATTENDANCE_TRANSITIONS[line.state]:
        return False
    note(sign_up=line.attendance.sign_up, by=by, move=state, how=Road.PAPER)
    return True
