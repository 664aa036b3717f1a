"""What devices noted without a network arrives: each tap counts once, and what does not fit waits for a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from portal.activities.actions import record_attendance, undo_attendance
from portal.activities.actions.attendance import within_span
from portal.activities.enums import AttendanceState, Road
from portal.activities.errors import AttendanceError
from portal.activities.models import Attendance, SignUp
from portal.activities.queries import organised_shifts
from portal.check_in import merging
from portal.check_in.enums import EVENT_TRANSITIONS, STANDING, EventState
from portal.check_in.errors import NothingToResolveError
from portal.check_in.models import CheckInEvent
from portal.members.models import User
from portal.states import IllegalMoveError, lock, move, save


@dataclass(frozen=True)
class Sent:
    """One tap as a device sends it: ``at`` by its own clock, ``seen`` what it showed, ``wanted`` what was tapped."""

    id: UUID
    device: UUID
    seq: int
    sign_up: int
    seen: str
    wanted: str
    at: datetime
    has_left: bool = False


def receive(*, sent: Iterable[Sent], by: User, skew: timedelta) -> list[tuple[UUID, CheckInEvent | None]]:
    """Take in what a device sends, in its own order; ``None`` for what concerns none of the sender's shifts.

    ``skew`` is how far the device's clock is behind ours. Each tap is a transaction of its own, so that the network
    may break at any moment; sending again what has arrived changes nothing.
    """
    taps = sorted(sent, key=lambda tap: (tap.device, tap.seq))
    shifts = organised_shifts(by).order_by()
    ours = SignUp.objects.filter(pk__in={tap.sign_up for tap in taps}, shift__in=shifts).in_bulk()
    return [(tap.id, _receive(tap, ours[tap.sign_up], by, skew) if tap.sign_up in ours else None) for tap in taps]


@transaction.atomic
def resolve(*, event: CheckInEvent, by: User, take: bool) -> CheckInEvent:
    """Decide where two disagree: ``take`` what the device said, or keep what stands.

    Raises:
        NothingToResolveError: it has been decided.
        AttendanceError: what is taken cannot be noted; one of its kinds for each reason.
    """
    sign_up = lock(event.sign_up)
    event = lock(event)
    if event.state != EventState.CONFLICT:
        raise NothingToResolveError
    event.resolved_by = by
    if take and _attendance(sign_up).state != event.wanted:
        _note(event, sign_up, by=by)
    move(event, to=EventState.TAKEN if take else EventState.KEPT, by=by, transitions=EVENT_TRANSITIONS)
    _look_again(sign_up, by=by)
    return event


@transaction.atomic
def _receive(tap: Sent, sign_up: SignUp, by: User, skew: timedelta) -> CheckInEvent:
    sign_up = lock(sign_up)
    known = CheckInEvent.objects.filter(pk=tap.id).first()
    if known:
        return known
    event = CheckInEvent(
        id=tap.id,
        device=tap.device,
        seq=tap.seq,
        sign_up=sign_up,
        seen=tap.seen,
        wanted=tap.wanted,
        has_left=tap.has_left,
        client_at=tap.at,
        happened_at=within_span(sign_up.shift, tap.at + skew),
        sent_by=by,
    )
    event.state = _outcome(event, sign_up)
    if event.state == EventState.APPLIED:
        event.state = _try_to_note(event, sign_up, by=by)
    save(event, action=event.state, by=by)
    _look_again(sign_up, by=by)
    return event


def _outcome(event: CheckInEvent, sign_up: SignUp) -> EventState:
    own = CheckInEvent.objects.filter(sign_up=sign_up, device=event.device)
    if own.filter(seq__gt=event.seq).exists():
        return EventState.SUPERSEDED
    if question := own.filter(state=EventState.CONFLICT).first():
        move(question, to=EventState.SUPERSEDED, by=event.sent_by, transitions=EVENT_TRANSITIONS)
        if merging.takes_back(seen=event.seen, wanted=event.wanted):
            return EventState.SUPERSEDED  # what it takes back never came into force
    return _decide(event, sign_up)


def _decide(event: CheckInEvent, sign_up: SignUp) -> EventState:
    others = _last_words(sign_up, but=event.device)
    current = _attendance(sign_up).state
    return merging.decide(current=current, seen=event.seen, wanted=event.wanted, others=others)


def _last_words(sign_up: SignUp, *, but: UUID) -> list[str]:
    """Return what each other device said last of this person, where it still stands."""
    said: dict[UUID, CheckInEvent] = {}
    for event in CheckInEvent.objects.filter(sign_up=sign_up).exclude(device=but).order_by("seq"):
        said[event.device] = event
    return [event.wanted for event in said.values() if event.state in STANDING]


def _look_again(sign_up: SignUp, *, by: User) -> None:
    """Close the questions that what has just been noted answers."""
    for question in CheckInEvent.objects.filter(sign_up=sign_up, state=EventState.CONFLICT).order_by("seq", "pk"):
        outcome = _decide(question, sign_up)
        if outcome == EventState.APPLIED:
            outcome = _try_to_note(question, sign_up, by=question.sent_by)
        if outcome != EventState.CONFLICT:
            move(question, to=outcome, by=by, transitions=EVENT_TRANSITIONS)


def _try_to_note(event: CheckInEvent, sign_up: SignUp, *, by: User) -> EventState:
    try:
        _note(event, sign_up, by=by)
    except AttendanceError as refusal:
        event.reason = refusal.message[:200]
        return EventState.REFUSED
    except IllegalMoveError:
        return EventState.CONFLICT
    return EventState.APPLIED


@transaction.atomic
def _note(event: CheckInEvent, sign_up: SignUp, *, by: User) -> None:
    attendance = _attendance(sign_up)
    if event.wanted == attendance.before:
        undo_attendance(sign_up=sign_up, by=by, how=Road.OFFLINE)
        return
    if not merging.is_further(event.wanted, attendance.state):
        record_attendance(sign_up=sign_up, by=by, state=AttendanceState.EXPECTED, how=Road.OFFLINE)
    record_attendance(
        sign_up=sign_up,
        by=by,
        state=event.wanted,
        how=Road.OFFLINE,
        at=event.happened_at,
        has_left=event.has_left,
    )


def _attendance(sign_up: SignUp) -> Attendance:
    return Attendance.objects.filter(sign_up=sign_up).first() or Attendance(sign_up=sign_up)
