"""The places of an activity as its rules promise them, in plain Python: who holds which, who waits, who is asked."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from portal.activities.enums import HOLDS_A_PLACE, OPEN, AttendanceState, QueuePolicy, SignUpMode, SignUpState

# What has places and a queue of its own: the shift, and the position where it has some.
Key = tuple[int, int | None]

OFFER_HOURS = timedelta(hours=24)
FIRST, LATER, AFTER_THE_DRAW = 0, 1, 1_000_000


@dataclass
class Counter:
    capacity: int
    minimum: int = 0
    skill: str = ""
    name: str = ""


@dataclass
class Row:
    """What somebody has on a shift, or had."""

    key: Key
    state: SignUpState
    places: int = 1
    rank: int = FIRST
    arrival: int = 0
    group: int | None = None
    offered_until: datetime | None = None

    @property
    def holds(self) -> bool:
        return self.state in HOLDS_A_PLACE

    @property
    def is_live(self) -> bool:
        return self.state in OPEN


@dataclass
class Group:
    key: Key
    held: int
    until: datetime
    is_open: bool = True


@dataclass
class Cover:
    """Somebody who looks for a stand-in, or with ``wanted`` for a swap; ``asked`` in the order they were asked."""

    holder: int
    shift: int
    wanted: int | None
    is_open: bool = True
    asked: list[int] = field(default_factory=list)
    declined: set[int] = field(default_factory=set)


@dataclass
class Came:
    """What is noted of somebody's coming, and what was ``before`` the last step, where it may be taken back."""

    state: AttendanceState = AttendanceState.EXPECTED
    before: str = ""


@dataclass
class Model:
    """People are numbers, shifts and positions the keys of their rows."""

    now: datetime
    times: dict[int, tuple[datetime, datetime]]
    counters: dict[Key, Counter]
    policy: QueuePolicy = QueuePolicy.FIRST_COME
    newcomers_until: datetime | None = None
    is_drawn: bool = False
    arrivals: int = 0
    mode: SignUpMode = SignUpMode.AT_ONCE
    invited: set[int] = field(default_factory=set)
    came: dict[tuple[int, int], Came] = field(default_factory=dict)
    rows: dict[tuple[int, int], Row] = field(default_factory=dict)
    groups: dict[int, Group] = field(default_factory=dict)
    covers: dict[int, Cover] = field(default_factory=dict)

    @property
    def draw_pending(self) -> bool:
        return self.policy == QueuePolicy.DRAW and not self.is_drawn

    @property
    def prefers_newcomers(self) -> bool:
        return self.newcomers_until is not None and self.now < self.newcomers_until

    def has_begun(self, shift: int) -> bool:
        return self.times[shift][0] <= self.now

    def has_ended(self, shift: int) -> bool:
        return self.times[shift][1] <= self.now

    def share_time(self, one: int, other: int) -> bool:
        (starts, ends), (others_start, others_end) = self.times[one], self.times[other]
        return starts < others_end and others_start < ends

    def keys_of(self, shift: int) -> list[Key]:
        return [key for key in self.counters if key[0] == shift]

    def capacity_of(self, shift: int) -> int:
        return sum(self.counters[key].capacity for key in self.keys_of(shift))

    def minimum_of(self, shift: int) -> int:
        return sum(self.counters[key].minimum for key in self.keys_of(shift))

    def rows_on(self, key: Key) -> Iterator[tuple[int, Row]]:
        return ((n, row) for (n, _shift), row in self.rows.items() if row.key == key)

    def is_on(self, n: int, shift: int) -> bool:
        return (n, shift) in self.rows and self.rows[n, shift].is_live

    def holds_on(self, n: int, shift: int) -> bool:
        return (n, shift) in self.rows and self.rows[n, shift].holds

    def waits_on(self, n: int, shift: int) -> bool:
        return (n, shift) in self.rows and self.rows[n, shift].state == SignUpState.WAITING

    def queue(self, key: Key) -> list[int]:
        waiting = [(row.rank, row.arrival, n) for n, row in self.rows_on(key) if row.state == SignUpState.WAITING]
        return [n for _rank, _arrival, n in sorted(waiting)]

    def taken(self, key: Key) -> int:
        own = sum(row.places for _n, row in self.rows_on(key) if row.holds)
        return own + sum(self.unnamed(pk) for pk, group in self.groups.items() if group.key == key)

    def left(self, key: Key) -> int:
        return self.counters[key].capacity - self.taken(key)

    def named(self, group: int) -> int:
        return sum(row.places for row in self.rows.values() if row.group == group and row.holds)

    def unnamed(self, group: int) -> int:
        return self.groups[group].held - self.named(group) if self.groups[group].is_open else 0

    def open_cover(self, n: int, shift: int) -> int | None:
        looking = (pk for pk, one in self.covers.items() if one.is_open and (one.holder, one.shift) == (n, shift))
        return next(looking, None)

    def is_busy(self, n: int, shift: int, *, but: int | None = None) -> bool:
        """Return whether ``n`` is on another shift at that time; ``but`` is one they give up."""
        live = (other for (who, other), row in self.rows.items() if who == n and row.is_live)
        return any(other not in (shift, but) and self.share_time(shift, other) for other in live)

    def place_for(self, key: Key, places: int, rank: int) -> bool:
        """Return whether a newcomer of ``rank`` gets a place at once: one is free, and nobody stands before."""
        ahead = any(self.rows[n, key[0]].rank <= rank for n in self.queue(key))
        held_back = self.draw_pending or (self.prefers_newcomers and rank > FIRST)
        return not ahead and self.left(key) >= places and not held_back

    def ask(self, n: int, key: Key, places: int) -> None:
        """Let ``n`` ask to come: they hold nothing and stand nowhere until an organiser lets them in."""
        self.rows[n, key[0]] = Row(key, SignUpState.REQUESTED, places)

    def enter(self, n: int, key: Key, places: int, rank: int) -> None:
        self.arrivals += 1
        is_in = self.place_for(key, places, rank)
        state = SignUpState.CONFIRMED if is_in else SignUpState.WAITING
        self.rows[n, key[0]] = Row(key, state, places, rank, self.arrivals)
        self.settle(key[0])

    def take(self, n: int, key: Key, *, places: int = 1, group: int | None = None) -> None:
        self.rows[n, key[0]] = Row(key, SignUpState.CONFIRMED, places, group=group)

    def leave(self, n: int, shift: int, to: SignUpState = SignUpState.WITHDRAWN) -> Row:
        """Let ``n`` go; nobody looks any longer for somebody in a place that is gone."""
        looked_for = self.open_cover(n, shift)
        if looked_for is not None:
            self.covers[looked_for].is_open = False
        self.rows[n, shift].state = to
        return self.rows[n, shift]

    def settle(self, shift: int) -> None:
        """Offer what is free to the head of each queue; who needs more than is free waits, and nobody overtakes."""
        if self.has_begun(shift) or self.draw_pending:
            return
        for key in self.keys_of(shift):
            for n in self.queue(key):
                row = self.rows[n, shift]
                if row.places > self.left(key) or (self.prefers_newcomers and row.rank > FIRST):
                    break
                row.state = SignUpState.OFFERED
                row.offered_until = min(self.now + OFFER_HOURS, self.times[shift][0])

    def lapse(self) -> tuple[int, int]:
        """Take back what nobody answered or named in time; return how many offers and groups."""
        late = [at for at, row in self.rows.items() if self.has_lapsed(row)]
        for n, shift in late:
            self.leave(n, shift, SignUpState.LAPSED)
        for _n, shift in late:
            self.settle(shift)
        over = [group for group in self.groups.values() if group.is_open and group.until <= self.now]
        for group in over:
            group.is_open = False
            self.settle(group.key[0])
        return len(late), len(over)

    def has_lapsed(self, row: Row) -> bool:
        is_late = row.offered_until is not None and row.offered_until <= self.now
        return row.state == SignUpState.OFFERED and is_late

    def draw(self, order: dict[Key, list[int]]) -> None:
        """Give the places by lot; whoever gets none waits in the order drawn."""
        for key, people in order.items():
            is_open = True
            for rank, n in enumerate(people, start=1):
                row = self.rows[n, key[0]]
                row.rank = rank
                is_open = is_open and row.places <= self.left(key)
                if is_open:
                    row.state = SignUpState.CONFIRMED
        self.is_drawn = True
