"""What must be refused, and why: the promise of each action, said once more and otherwise."""

from dataclasses import dataclass

from portal.activities.enums import AttendanceState, QueuePolicy, Refusal, SignUpMode, SignUpState
from portal.activities.errors import (
    ActivityError,
    CapacityBelowTakenError,
    MinimumAboveCapacityError,
    PositionInUseError,
    PositionNamedTwiceError,
    ShiftHasPositionsError,
    ShiftHasSignUpsError,
    ShiftIsFixedError,
)
from portal.states import IllegalMoveError
from tests.portal.activities.machine.model import AFTER_THE_DRAW, FIRST, LATER, Came, Cover, Key, Model

COMPANIONS_LIMIT = 2

Reason = Refusal | type[ActivityError] | type[IllegalMoveError] | None


@dataclass(frozen=True)
class Foresight:
    """The model, and what is known of the people in it."""

    model: Model
    able: frozenset[int]
    newcomers: frozenset[int]
    of_the_unit: frozenset[int]
    neighbours: frozenset[int]

    def rank(self, n: int) -> int:
        model = self.model
        if model.policy == QueuePolicy.DRAW:
            return FIRST if model.draw_pending else AFTER_THE_DRAW
        if model.policy != QueuePolicy.NEWCOMERS:
            return FIRST
        return FIRST if model.prefers_newcomers and n in self.newcomers else LATER

    def fits(self, n: int, key: Key) -> bool:
        return not self.model.counters[key].skill or n in self.able

    def _person(self, n: int, key: Key, *, leaving: int | None = None) -> Reason:
        if not self.fits(n, key):
            return Refusal.SKILL
        return Refusal.OVERLAP if self.model.is_busy(n, key[0], but=leaving) else None

    def sign_up(self, n: int, key: Key, companions: int) -> Reason:
        model = self.model
        if model.is_on(n, key[0]):
            return None
        if model.has_begun(key[0]):
            return Refusal.STARTED
        if key not in model.counters:
            return Refusal.POSITION_NEEDED
        if model.mode == SignUpMode.INVITED and n not in model.invited:
            return Refusal.NOT_INVITED
        if not self.fits(n, key):
            return Refusal.SKILL
        return self._numbers(key, companions) or self._entry(n, key, companions)

    def _numbers(self, key: Key, companions: int) -> Reason:
        if companions > COMPANIONS_LIMIT:
            return Refusal.COMPANIONS
        return Refusal.TOO_LARGE if companions + 1 > self.model.counters[key].capacity else None

    def _entry(self, n: int, key: Key, companions: int) -> Reason:
        if self.model.is_busy(n, key[0]):
            return Refusal.OVERLAP
        return None if self.model.mode == SignUpMode.ON_REQUEST else self._full(n, key, companions)

    def _full(self, n: int, key: Key, companions: int) -> Reason:
        waits = not self.model.place_for(key, companions + 1, self.rank(n))
        return Refusal.FULL if waits and self.model.policy == QueuePolicy.NONE else None

    def accept_request(self, n: int, shift: int) -> Reason:
        row = self.model.rows[n, shift]
        if row.state != SignUpState.REQUESTED:
            return None
        return Refusal.STARTED if self.model.has_begun(shift) else self._full(n, row.key, row.places - 1)

    def withdraw(self, n: int, shift: int, *, own: bool, is_late: bool) -> Reason:
        row = self.model.rows[n, shift]
        if not row.is_live:
            return None
        if self.model.has_begun(shift):
            return Refusal.STARTED
        if self.model.came.get((n, shift), Came()).state != AttendanceState.EXPECTED:
            return Refusal.ARRIVED
        return Refusal.WITHDRAW_CLOSED if own and is_late and row.state == SignUpState.CONFIRMED else None

    def accept(self, n: int, shift: int) -> Reason:
        if self.model.rows[n, shift].state == SignUpState.CONFIRMED:
            return None
        return Refusal.STARTED if self.model.has_begun(shift) else self._offered(n, shift)

    def decline(self, n: int, shift: int) -> Reason:
        return None if self.model.rows[n, shift].state == SignUpState.WITHDRAWN else self._offered(n, shift)

    def _offered(self, n: int, shift: int) -> Reason:
        row = self.model.rows[n, shift]
        is_kept = row.state == SignUpState.OFFERED and not self.model.has_lapsed(row)
        return None if is_kept else Refusal.OFFER_LAPSED

    def add_position(self, shift: int, name: str, capacity: int, minimum: int) -> Reason:
        model = self.model
        if model.has_ended(shift):
            return ShiftIsFixedError
        if self._is_used((shift, None)):
            return ShiftHasSignUpsError
        if minimum > capacity:
            return MinimumAboveCapacityError
        is_known = any(model.counters[key].name == name for key in model.keys_of(shift))
        return PositionNamedTwiceError if is_known else None

    def edit_position(self, key: Key, capacity: int, minimum: int) -> Reason:
        if self.model.has_ended(key[0]):
            return ShiftIsFixedError
        if capacity < self.model.taken(key):
            return CapacityBelowTakenError
        return MinimumAboveCapacityError if minimum > capacity else None

    def remove_position(self, key: Key) -> Reason:
        if self.model.has_ended(key[0]):
            return ShiftIsFixedError
        return PositionInUseError if self._is_used(key) else None

    def _is_used(self, key: Key) -> bool:
        return any(self.model.rows_on(key)) or any(group.key == key for group in self.model.groups.values())

    def set_capacity(self, shift: int, capacity: int) -> Reason:
        model = self.model
        if (shift, None) not in model.counters:
            return ShiftHasPositionsError if capacity != model.capacity_of(shift) else None
        if capacity < model.taken((shift, None)):
            return CapacityBelowTakenError
        return MinimumAboveCapacityError if model.minimum_of(shift) > capacity else None

    def hold(self, key: Key, held: int) -> Reason:
        model = self.model
        if model.has_begun(key[0]):
            return Refusal.STARTED
        if any(group.is_open and group.key[0] == key[0] for group in model.groups.values()):
            return Refusal.GROUP_HELD
        if key not in model.counters:
            return Refusal.POSITION_NEEDED
        is_too_much = model.draw_pending or bool(model.queue(key)) or held > model.left(key)
        return Refusal.GROUP_TOO_LARGE if is_too_much else None

    def name(self, group: int, n: int) -> Reason:
        model, key = self.model, self.model.groups[group].key
        if model.has_begun(key[0]):
            return Refusal.STARTED
        if self.is_named(group, n):
            return None
        return self._group(group) or self._member(n, key[0]) or self._person(n, key)

    def is_named(self, group: int, n: int) -> bool:
        row = self.model.rows.get((n, self.model.groups[group].key[0]))
        return row is not None and row.group == group and row.is_live

    def _group(self, pk: int) -> Reason:
        group = self.model.groups[pk]
        if not group.is_open or group.until <= self.model.now:
            return Refusal.GROUP_CLOSED
        return Refusal.GROUP_FULL if self.model.unnamed(pk) < 1 else None

    def _member(self, n: int, shift: int) -> Reason:
        if n not in self.of_the_unit:
            return Refusal.NOT_OF_THE_UNIT
        return Refusal.COMES_ALREADY if self.model.holds_on(n, shift) else None

    def ask_for_cover(self, n: int, shift: int, wanted: int | None) -> Reason:
        if self.model.has_begun(shift):
            return Refusal.STARTED
        if self.model.rows[n, shift].state != SignUpState.CONFIRMED:
            return Refusal.NOT_CONFIRMED
        is_new = self.model.open_cover(n, shift) is None
        return self._wanted(n, shift, wanted) if wanted and is_new else None

    def _wanted(self, n: int, shift: int, wanted: int) -> Reason:
        if self.model.has_begun(wanted):
            return Refusal.STARTED
        if self.model.holds_on(n, wanted):
            return Refusal.COMES_ALREADY
        return Refusal.OVERLAP if self.model.is_busy(n, wanted, but=shift) else None

    def to_ask(self, cover: Cover, lately: dict[int, int], *, a_week: int) -> list[int]:
        """Return whom to ask next, the first first: those who wait, then those asked least."""
        people = range(len(lately))
        free = [n for n in people if n not in cover.asked and n != cover.holder and lately[n] < a_week]
        fitting = [n for n in free if self._could_take(n, cover)]
        return sorted(fitting, key=lambda n: (not self.model.waits_on(n, cover.shift), lately[n], n))

    def _could_take(self, n: int, cover: Cover) -> bool:
        model, shift = self.model, cover.shift
        theirs = model.rows[cover.holder, shift]
        if not self.fits(n, theirs.key) or model.holds_on(n, shift) or model.is_busy(n, shift, but=cover.wanted):
            return False
        if cover.wanted is None:
            return n in self.neighbours or model.waits_on(n, shift)
        given = model.rows.get((n, cover.wanted))
        return given is not None and given.state == SignUpState.CONFIRMED and given.places == theirs.places

    def take_cover(self, pk: int, n: int) -> Reason:
        cover = self.model.covers[pk]
        if not cover.is_open or n not in cover.asked:
            return Refusal.COVER_TAKEN
        if self.model.has_begun(cover.shift):
            return Refusal.STARTED
        return self._stand_in(cover, n) if cover.wanted is None else self._swap(cover, n, cover.wanted)

    def _stand_in(self, cover: Cover, n: int) -> Reason:
        if self.model.holds_on(n, cover.shift):
            return Refusal.COMES_ALREADY
        return self._person(n, self.model.rows[cover.holder, cover.shift].key)

    def _swap(self, cover: Cover, n: int, wanted: int) -> Reason:
        model, theirs, given = self.model, self.model.rows[cover.holder, cover.shift], self.model.rows.get((n, wanted))
        if model.has_begun(wanted):
            return Refusal.STARTED
        if given is None or given.state != SignUpState.CONFIRMED:
            return Refusal.NOT_CONFIRMED
        if given.places != theirs.places:
            return Refusal.COVER_UNEVEN
        if model.holds_on(n, cover.shift) or model.holds_on(cover.holder, wanted):
            return Refusal.COMES_ALREADY
        return self._person(n, theirs.key, leaving=wanted) or self._person(cover.holder, given.key, leaving=cover.shift)
