"""How people get in where not everybody may at once, and how it is noted that they came."""

from datetime import datetime, timedelta
from functools import partial
from typing import ClassVar

from django.conf import settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from portal.activities import actions
from portal.activities.enums import (
    ATTENDANCE_TRANSITIONS,
    NEEDS_THE_START,
    AttendanceState,
    Refusal,
    Road,
    SignUpMode,
    SignUpState,
)
from portal.activities.errors import (
    AlreadyNotedError,
    AttendanceNotOpenError,
    NeedsConsentError,
    NoPlaceLeftError,
    NothingToUndoError,
    NotSignedUpError,
    OwnAttendanceError,
    ReasonMissingError,
    ShiftIsOverError,
    ShiftNotStartedError,
)
from portal.states import IllegalMoveError
from tests.portal.activities.machine.base import CROWD, Chances, person
from tests.portal.activities.machine.foresight import Reason
from tests.portal.activities.machine.model import Came, Key
from tests.portal.activities.machine.rules import SigningUp

LATE = 12  # steps before the last moment of a shift
EARLY = 6  # steps before anything is noted: first there must be people
HERE = (AttendanceState.ARRIVED, AttendanceState.COMPLETED)


class Asking(SigningUp):
    modes: ClassVar = list(SignUpMode)

    def open_the_door(self, data: st.DataObject) -> None:
        if self.model.mode == SignUpMode.INVITED:
            self.invite(data.draw(st.sets(person, min_size=4)))

    def chances(self) -> Chances:
        found = super().chances()
        asking = [at for at, row in self.model.rows.items() if row.state == SignUpState.REQUESTED]
        found["let in"] = [partial(self.let_in, at) for at in asking]
        found["turn away"] = [partial(self.turn_away, at) for at in asking]
        found["let in too late"] = [partial(self.let_in_too_late, at) for at in asking if self.steps > EARLY]
        return found

    def let_in(self, at: tuple[int, int], data: st.DataObject) -> None:
        self.at(at).accept_request(data)

    def turn_away(self, at: tuple[int, int], data: st.DataObject) -> None:
        self.at(at).refuse_request("人手够了。", data)

    def let_in_too_late(self, at: tuple[int, int], data: st.DataObject) -> None:
        self.pass_until(self.model.times[at[1]][0])
        self.at(at).accept_request(data)

    @precondition(lambda self: self.model.mode == SignUpMode.INVITED and len(self.model.invited) < CROWD)
    @rule(people=st.sets(person, min_size=1, max_size=3))
    def invite(self, people: set[int]) -> None:
        members = [self.by(n) for n in sorted(people)]
        fresh = self.attempt(
            None, actions.invite, activity=self.world.activity, members=members, by=self.world.organiser
        )
        assert fresh == len(people - self.model.invited)
        self.model.invited |= people

    @precondition(lambda self: self.model.rows and self.model.mode == SignUpMode.ON_REQUEST)
    @rule(data=st.data())
    def accept_request(self, data: st.DataObject) -> None:
        at = self.someone_on(data, preferred=SignUpState.REQUESTED)
        foreseen, row = self.foresight.accept_request(*at), self.model.rows[at]
        was_asking = row.state == SignUpState.REQUESTED
        self.attempt(foreseen, actions.accept_request, sign_up=self.sign_up_of(*at), by=self.world.organiser)
        if not foreseen and was_asking:
            self.model.enter(at[0], row.key, row.places, self.foresight.rank(at[0]))

    @precondition(lambda self: self.model.rows and self.model.mode == SignUpMode.ON_REQUEST)
    @rule(reason=st.sampled_from(["人手够了。", "人手够了。", "  "]), data=st.data())
    def refuse_request(self, reason: str, data: st.DataObject) -> None:
        at = self.someone_on(data, preferred=SignUpState.REQUESTED)
        was_asking = self.model.rows[at].state == SignUpState.REQUESTED
        foreseen = ReasonMissingError if was_asking and not reason.strip() else None
        self.attempt(
            foreseen, actions.refuse_request, sign_up=self.sign_up_of(*at), by=self.world.organiser, reason=reason
        )
        if was_asking and not foreseen:
            self.model.leave(*at, SignUpState.REFUSED)


class Arriving(SigningUp):
    @precondition(lambda self: self.steps > EARLY)
    @rule(minutes=st.sampled_from([-61, -60, -1, 0, 1, 119, 180, 181]), data=st.data())
    def go_to(self, minutes: int, data: st.DataObject) -> None:
        """Let time pass until about a shift."""
        moment = self.model.times[self.draw_shift(data)][0] + timedelta(minutes=minutes)
        if moment > self.model.now:
            self.pass_until(moment)
            self.the_clock()

    def chances(self) -> Chances:
        model, found = self.model, super().chances()
        opens, grace = timedelta(minutes=settings.ATTENDANCE_OPENS_MINUTES), settings.ATTENDANCE_GRACE_MINUTES
        confirmed = [at for at, row in model.rows.items() if row.state == SignUpState.CONFIRMED]
        offered = [at for at, row in model.rows.items() if row.state == SignUpState.OFFERED]
        missing = [at for at in confirmed if self.noted(at).state == AttendanceState.EXPECTED]
        came = [at for at in confirmed if at not in missing]
        early = [at for at in missing if model.now < model.times[at[1]][0]] if self.steps > EARLY else []
        ends = {at: model.times[at[1]][1] + timedelta(minutes=grace) for at in missing if self.steps > LATE}
        found["excused"] = [
            partial(self.note_at, at, AttendanceState.EXCUSED, model.times[at[1]][0] - opens) for at in early
        ]
        found["withdraw"] = [partial(self.give_back, at) for at in came if not model.has_begun(at[1])]
        found["as before"] = [partial(self.note_at, at, AttendanceState.EXPECTED, model.now) for at in came]
        found["last moment"] = [partial(self.arrive_at, at, end) for at, end in ends.items() if end >= model.now]
        found["offered, and came"] = [partial(self.walk_in_at, at) for at in offered if self.steps > EARLY]
        return found

    def note_at(self, at: tuple[int, int], state: AttendanceState, moment: datetime, data: st.DataObject) -> None:
        self.pass_until(moment)
        self.at(at).note(state, False, data)

    def arrive_at(self, at: tuple[int, int], moment: datetime, data: st.DataObject) -> None:
        self.pass_until(moment)
        self.at(at).arrive(data)

    def walk_in_at(self, at: tuple[int, int], data: st.DataObject) -> None:
        """Let somebody whose offer the clock has not lapsed come when it begins."""
        self.pass_until(self.model.times[at[1]][0])
        self.at(at[1]).walk_in(at[0], False, data)

    def opens(self, shift: int) -> bool:
        opens_at = self.model.times[shift][0] - timedelta(minutes=settings.ATTENDANCE_OPENS_MINUTES)
        return opens_at <= self.model.now

    def is_over(self, shift: int) -> bool:
        return self.model.times[shift][1] + timedelta(minutes=settings.ATTENDANCE_GRACE_MINUTES) < self.model.now

    def noted(self, at: tuple[int, int]) -> Came:
        return self.model.came.get(at, Came())

    def someone_expected(self, data: st.DataObject) -> tuple[int, int]:
        """Draw somebody on a shift about now as often as anybody."""
        if self.aim:
            return self.aimed()
        rows = sorted(self.model.rows)
        now = [at for at in rows if self.opens(at[1]) and self.model.rows[at].state == SignUpState.CONFIRMED]
        return data.draw(st.sampled_from(now or rows if data.draw(st.booleans()) else [*now, *rows]))

    @precondition(lambda self: self.model.rows and self.steps > EARLY)
    @rule(state=st.sampled_from(AttendanceState), own=st.sampled_from([False, False, False, True]), data=st.data())
    def note(self, state: AttendanceState, own: bool, data: st.DataObject) -> None:
        at = self.someone_expected(data)
        by = self.by(at[0]) if own else self.world.organiser
        foreseen = self.foresee(at, state, own=own)
        self.attempt(foreseen, actions.record_attendance, sign_up=self.sign_up_of(*at), by=by, state=state)
        if not foreseen:
            self.step(at, state)

    def foresee(self, at: tuple[int, int], state: AttendanceState, *, own: bool) -> Reason:
        was, shift = self.noted(at).state, at[1]
        if was == state:
            return None
        if self.model.rows[at].state != SignUpState.CONFIRMED:
            return NotSignedUpError
        if own:
            return OwnAttendanceError
        if state in NEEDS_THE_START and not self.model.has_begun(shift):
            return ShiftNotStartedError
        if not self.opens(shift):
            return AttendanceNotOpenError
        return None if state in ATTENDANCE_TRANSITIONS[was] else IllegalMoveError

    def step(self, at: tuple[int, int], state: AttendanceState) -> None:
        was = self.noted(at).state
        if was != state:
            self.model.came[at] = Came(state, "" if state == AttendanceState.EXPECTED else was)

    @precondition(lambda self: self.model.came)
    @rule(own=st.sampled_from([False, False, False, True]), data=st.data())
    def undo(self, own: bool, data: st.DataObject) -> None:
        at = data.draw(st.sampled_from(sorted(self.model.came)))
        by, came = self.by(at[0]) if own else self.world.organiser, self.noted(at)
        foreseen: Reason = None
        if not came.before:
            foreseen = NothingToUndoError
        elif self.model.rows[at].state != SignUpState.CONFIRMED:
            foreseen = NotSignedUpError
        elif own:
            foreseen = OwnAttendanceError
        self.attempt(foreseen, actions.undo_attendance, sign_up=self.sign_up_of(*at), by=by)
        if not foreseen:
            self.model.came[at] = Came(AttendanceState(came.before))

    @precondition(lambda self: self.model.rows and self.steps > EARLY)
    @rule(data=st.data())
    def arrive(self, data: st.DataObject) -> None:
        at = self.someone_expected(data)
        was = self.noted(at).state
        foreseen: Reason = None
        if self.is_over(at[1]):
            foreseen = ShiftIsOverError
        elif was not in HERE:
            is_noted = was != AttendanceState.EXPECTED
            foreseen = AlreadyNotedError if is_noted else self.foresee(at, AttendanceState.ARRIVED, own=False)
        self.attempt(foreseen, actions.arrive, sign_up=self.sign_up_of(*at), how=Road.QR)
        if not foreseen and was not in HERE:
            self.step(at, AttendanceState.ARRIVED)

    @precondition(lambda self: self.steps > EARLY)
    @rule(n=person, own=st.booleans(), data=st.data())
    def walk_in(self, n: int, own: bool, data: st.DataObject) -> None:
        shifts = [shift for shift in self.shifts if self.opens(shift)] or [*self.shifts]
        shift = self.aimed() if self.aim else data.draw(st.sampled_from(shifts))
        row = self.model.rows.get((n, shift))
        by = self.by(n) if own else self.world.organiser
        foreseen, key = self.foresee_walk_in(n, shift, own=own)
        self.attempt(foreseen, actions.walk_in, shift=self.shift(shift), member=self.by(n), by=by)
        if foreseen or (row and row.state == SignUpState.CONFIRMED):
            return
        if row and row.state == SignUpState.OFFERED and not self.model.has_begun(shift):
            row.state = SignUpState.CONFIRMED
        else:
            self.model.take(n, key)

    def foresee_walk_in(self, n: int, shift: int, *, own: bool) -> tuple[Reason, Key]:
        model, row, nowhere = self.model, self.model.rows.get((n, shift)), (shift, None)
        if row and row.state == SignUpState.CONFIRMED:
            return None, nowhere
        if not self.opens(shift) or self.is_over(shift):
            return (ShiftIsOverError if self.opens(shift) else AttendanceNotOpenError), nowhere
        if row and row.state == SignUpState.OFFERED and not model.has_begun(shift):
            return (Refusal.OFFER_LAPSED if model.has_lapsed(row) else None), nowhere
        if own and model.mode != SignUpMode.AT_ONCE:
            return NeedsConsentError, nowhere
        if model.is_busy(n, shift):
            return Refusal.OVERLAP, nowhere
        return self.free_for(n, shift)

    def free_for(self, n: int, shift: int) -> tuple[Reason, Key]:
        """Return where there is a place for ``n``, which nobody waits for, or why there is none."""
        model, row = self.model, self.model.rows.get((n, shift))
        kept = row.key if row and row.holds else None  # beyond the start: given back, and taken again
        free = [
            key
            for key in model.keys_of(shift)
            if model.left(key) + (row.places if row and key == kept else 0) > 0
            and (model.has_begun(shift) or not [one for one in model.queue(key) if one != n])
        ]
        fit = [key for key in free if self.foresight.fits(n, key)]
        if fit:
            return None, fit[0]
        return (Refusal.SKILL if free else NoPlaceLeftError), (shift, None)
