"""Who is on a list, who is meant, and where two devices disagree."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from portal.activities.enums import AttendanceState, SignUpState
from portal.activities.models import Attendance, Shift, SignUp
from portal.activities.queries import first_time, organised_shifts, roster, shifts_of_a_day
from portal.check_in import tokens
from portal.check_in.enums import EventState
from portal.check_in.models import CheckInEvent, Sheet, Tablet
from portal.members.models import User
from portal.report_in.enums import ReportInState
from portal.report_in.models import MemberReportIn
from webui.templatetags.webui import masked_name

LAST = 4
CANDIDATES_SHOWN = 10
REFUSED_SHOWN = 50


@dataclass(frozen=True)
class Line:
    """One person on a list, and no more of them than tells them apart: masked name and two last digits."""

    key: int
    number: int
    name: str
    tail: str
    position: str
    state: str
    attendance: Attendance
    is_own: bool
    is_first: bool = False  # they have completed nothing so far: somebody should look after them

    @property
    def is_open(self) -> bool:
        return not self.is_own and not self.attendance.is_closed

    @property
    def stored(self) -> dict[str, Any]:
        """Return what a device keeps of it."""
        return {
            "id": self.key,
            "number": self.number,
            "name": self.name,
            "tail": self.tail,
            "position": self.position,
            "state": self.state,
            "open": self.is_open,
        }


def lines_of(shift: Shift, *, viewer: User | None) -> list[Line]:
    """Return the list of ``shift`` by name, in one query."""
    return [_line(sign_up, number, viewer) for number, sign_up in enumerate(_with_positions(roster(shift)), start=1)]


def lines_in_order(keys: Iterable[int], shift: Shift, *, viewer: User) -> list[Line]:
    """Return those of ``keys`` who still have a place, numbered as they were printed."""
    found = {sign_up.pk: sign_up for sign_up in _with_positions(roster(shift))}
    return [_line(found[key], number, viewer) for number, key in enumerate(keys, start=1) if key in found]


def day_of(person: User, day: date) -> list[tuple[Shift, list[Line]]]:
    """Return the shifts of ``day`` where ``person`` organises, each with its list, in two queries."""
    shifts = list(shifts_of_a_day(person, day))
    people: dict[int, list[SignUp]] = {shift.pk: [] for shift in shifts}
    for sign_up in _confirmed(shifts):
        people[sign_up.shift_id].append(sign_up)
    return [
        (shift, [_line(sign_up, number, person) for number, sign_up in enumerate(people[shift.pk], start=1)])
        for shift in shifts
    ]


def _confirmed(shifts: list[Shift]) -> QuerySet[SignUp]:
    return (
        SignUp.objects.filter(shift__in=shifts, state=SignUpState.CONFIRMED)
        .select_related("member", "attendance", "position")
        .order_by("member__name", "pk")
    )


def _with_positions(sign_ups: QuerySet[SignUp]) -> QuerySet[SignUp]:
    return sign_ups.select_related("member", "attendance", "position").annotate(is_first=first_time())


def _line(sign_up: SignUp, number: int, viewer: User | None) -> Line:
    attendance = getattr(sign_up, "attendance", None) or Attendance(sign_up=sign_up)
    return Line(
        key=sign_up.pk,
        number=number,
        name=masked_name(sign_up.member.name) or "*",
        tail=last_digits(sign_up.member, 2),
        position=sign_up.position.name if sign_up.position else "",
        state=attendance.state,
        attendance=attendance,
        is_own=viewer is not None and sign_up.member_id == viewer.pk,
        is_first=getattr(sign_up, "is_first", False),
    )


def last_digits(person: User, count: int = LAST) -> str:
    """Return the last digits of a phone, or nothing."""
    return str(person.phone)[-count:] if person.phone else ""


def on_list_by_digits(shift: Shift, digits: str) -> list[SignUp]:
    """Return who on the list of ``shift`` has a phone that ends in these four digits."""
    return [sign_up for sign_up in roster(shift) if len(digits) == LAST and last_digits(sign_up.member) == digits]


def walk_in_candidates(shift: Shift, digits: str, *, by: User) -> list[User]:
    """Return who has reported in to the shift's community, has such a phone, and is not on the list yet."""
    if len(digits) != LAST or not (digits.isascii() and digits.isdigit()):
        return []
    reported = MemberReportIn.objects.filter(state=ReportInState.ACCEPTED, area=shift.activity.area)
    people = User.objects.filter(pk__in=reported.values("person"), is_active=True, phone__endswith=digits)
    on_it = shift.sign_ups.filter(state=SignUpState.CONFIRMED).values("member")
    return list(people.exclude(pk=by.pk).exclude(pk__in=on_it).order_by("name", "pk")[:CANDIDATES_SHOWN])


def events_of(person: User) -> QuerySet[CheckInEvent]:
    """Return what devices said where ``person`` organises."""
    return CheckInEvent.objects.filter(sign_up__shift__in=organised_shifts(person).order_by())


def open_conflicts(person: User) -> QuerySet[CheckInEvent]:
    """Return where devices disagree and ``person`` organises, the oldest first."""
    return (
        events_of(person)
        .filter(state=EventState.CONFLICT)
        .select_related("sign_up__shift__activity", "sign_up__member", "sign_up__attendance__recorded_by", "sent_by")
        .order_by("received_at", "pk")
    )


def refused(person: User) -> QuerySet[CheckInEvent]:
    """Return what devices said in vain where ``person`` organises, the newest first."""
    found = events_of(person).filter(state=EventState.REFUSED)
    return found.select_related("sign_up__shift__activity", "sign_up__member", "sent_by").order_by("-received_at", "pk")


def tablet_with(key: str) -> Tablet | None:
    """Return the open tablet that holds ``key``."""
    found = Tablet.objects.filter(digest=tokens.tablet_digest(key)).select_related("shift__activity", "opened_by")
    tablet = found.first()
    return tablet if tablet and tablet.is_open else None


def open_tablets(shift: Shift) -> list[Tablet]:
    return [tablet for tablet in shift.tablets.select_related("opened_by") if tablet.is_open]


def sheet_with(code: str, *, person: User) -> Sheet | None:
    """Return the printed list with this code, where ``person`` organises."""
    number = tokens.read_sheet_code(code)
    if number is None:
        return None
    shifts = organised_shifts(person).order_by()
    return Sheet.objects.filter(pk=number, shift__in=shifts).select_related("shift__activity__area").first()


def counts(lines: Iterable[Line]) -> dict[str, int]:
    """Return how many of ``lines`` are there, have finished, and are still expected."""
    states = [line.state for line in lines]
    return {
        "total": len(states),
        "arrived": states.count(AttendanceState.ARRIVED),
        "completed": states.count(AttendanceState.COMPLETED),
        "expected": states.count(AttendanceState.EXPECTED),
    }
