"""What people and organisers do to places, in any order."""

import hashlib
from datetime import datetime, timedelta
from functools import partial
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from portal.activities import actions
from portal.activities.enums import QueuePolicy, SignUpMode, SignUpState
from portal.activities.models import Draw, Position, SignUp
from portal.members.enums import Skill
from tests.portal.activities.machine.base import (
    POLICY_HOURS,
    WITHDRAW_HOURS,
    Chances,
    Machine,
    capacities,
    minima,
    person,
)
from tests.portal.activities.machine.model import OFFER_HOURS, Counter, Key, Row

SIGN_UPS = 10
companions = st.sampled_from([0, 0, 0, 1, 2, 3])
NAMES = ("搬运", "咨询", "陪同")


class SigningUp(Machine):
    modes: ClassVar = [SignUpMode.AT_ONCE]

    @initialize(policy=st.sampled_from(QueuePolicy), hours=st.sampled_from([0, 0, 11, 30]), data=st.data())
    def the_activity(self, policy: QueuePolicy, hours: int, data: st.DataObject) -> None:
        """Begin with many who want the few places, now or some time later: a run with few sign-ups shows little."""
        self.set_up(policy, data.draw(st.sampled_from(self.modes)), data.draw(st.integers(0, 99)))
        self.open_the_door(data)
        for _ in range(SIGN_UPS):
            self.sign_up(data.draw(person), data.draw(companions), data)
        self.pass_time(timedelta(hours=hours))
        self.the_clock()

    def open_the_door(self, data: st.DataObject) -> None:
        """Do what must come before anybody can sign up."""

    def sign_up_of(self, n: int, shift: int) -> SignUp:
        return SignUp.objects.select_related("shift__activity").get(shift=shift, member=self.by(n))

    @rule(n=person, companions=companions, data=st.data())
    def sign_up(self, n: int, companions: int, data: st.DataObject) -> None:
        key = self.draw_key(data)
        foreseen, is_on = self.foresight.sign_up(n, key, companions), self.model.is_on(n, key[0])
        position = Position(pk=key[1]) if key[1] else None
        self.attempt(
            foreseen,
            actions.sign_up,
            shift=self.shift(key[0]),
            member=self.by(n),
            position=position,
            companions=companions,
        )
        if foreseen or is_on:
            return
        if self.model.mode == SignUpMode.ON_REQUEST:
            self.model.ask(n, key, companions + 1)
        else:
            self.model.enter(n, key, companions + 1, self.foresight.rank(n))

    @precondition(lambda self: self.model.rows)
    @rule(own=st.booleans(), data=st.data())
    def withdraw(self, own: bool, data: st.DataObject) -> None:
        at = self.someone_on(data, preferred=SignUpState.CONFIRMED)
        n, shift = at
        is_late = self.model.now > self.model.times[shift][0] - timedelta(hours=WITHDRAW_HOURS)
        foreseen, was_on = self.foresight.withdraw(*at, own=own, is_late=is_late), self.model.is_on(*at)
        by = self.by(n) if own else self.world.organiser
        self.attempt(foreseen, actions.withdraw, sign_up=self.sign_up_of(*at), by=by)
        if not foreseen and was_on:
            self.model.leave(n, shift)
            self.model.settle(shift)

    @precondition(lambda self: self.model.rows)
    @rule(data=st.data())
    def accept(self, data: st.DataObject) -> None:
        at = self.someone_on(data, preferred=SignUpState.OFFERED)
        foreseen = self.foresight.accept(*at)
        self.attempt(foreseen, actions.accept_offer, sign_up=self.sign_up_of(*at), by=self.by(at[0]))
        if not foreseen:
            self.model.rows[at].state = SignUpState.CONFIRMED

    @precondition(lambda self: self.model.rows)
    @rule(data=st.data())
    def decline(self, data: st.DataObject) -> None:
        at = self.someone_on(data, preferred=SignUpState.OFFERED)
        foreseen, was_on = self.foresight.decline(*at), self.model.is_on(*at)
        self.attempt(foreseen, actions.decline_offer, sign_up=self.sign_up_of(*at), by=self.by(at[0]))
        if not foreseen and was_on:
            self.model.leave(*at)
            self.model.settle(at[1])

    @precondition(lambda self: (self.model.now - self.world.begins) <= timedelta(hours=3 * self.steps))
    @rule(hours=st.sampled_from([1, 11, 25]), is_late=st.booleans())
    def wait(self, hours: int, is_late: bool) -> None:
        """Let time pass; the clock may be late, where nothing but the clock would follow from it."""
        self.pass_time(timedelta(hours=hours))
        if not is_late:
            self.the_clock()

    @precondition(lambda self: self.moments())
    @rule(minutes=st.sampled_from([-1, 0, 0, 1]), is_late=st.booleans(), data=st.data())
    def wait_for(self, minutes: int, is_late: bool, data: st.DataObject) -> None:
        """Let time pass until something falls due: just before, at the moment itself, or just after."""
        self.pass_until(data.draw(st.sampled_from(self.moments())) + timedelta(minutes=minutes))
        if not is_late:
            self.the_clock()

    def moments(self) -> list[datetime]:
        """Return what falls due soon: offers, what units may name, the policy's hour, deadlines and beginnings."""
        model, begins = self.model, self.world.begins
        due = [
            row.offered_until for row in model.rows.values() if row.state == SignUpState.OFFERED and row.offered_until
        ]
        due += [group.until for group in model.groups.values() if group.is_open]
        due += [
            begins + POLICY_HOURS,
            *(starts - timedelta(hours=WITHDRAW_HOURS) for starts, _ends in model.times.values()),
        ]
        due += [starts - OFFER_HOURS / 2 for starts, _ends in model.times.values()]
        soon = begins + timedelta(hours=4 * self.steps)
        return sorted({moment for moment in due if model.now < moment <= soon})

    @rule()
    def the_clock(self) -> None:
        now, order = self.model.now, self.order_of_the_draw
        lapsed, released = self.model.lapse()
        assert self.attempt(None, actions.lapse_offers, now=now) == lapsed
        assert self.attempt(None, actions.lapse_groups, now=now) == released
        if self.attempt(None, actions.draw_due, now=now):
            self.model.draw(order())
        self.attempt(None, actions.fill_after_newcomers, now=now)
        for shift in self.shifts:
            self.model.settle(shift)

    def chances(self) -> Chances:
        model, found = self.model, super().chances()
        live = {at: row for at, row in model.rows.items() if row.is_live and not model.has_begun(at[1])}
        wanted = {at: row for at, row in live.items() if set(model.queue(row.key)) - {at[0]}}
        offered = [at for at, row in live.items() if row.state == SignUpState.OFFERED and not model.has_lapsed(row)]
        found["give back"] = [partial(self.give_back, at) for at, row in wanted.items() if row.holds]
        found["large head"] = [partial(self.give_back, at) for at, row in wanted.items() if self.frees_too_few(row)]
        found["many freed"] = [
            partial(self.give_back, at) for at, row in wanted.items() if row.holds and row.places > 1
        ]
        found["decline"] = [partial(self.turn_down, at) for at in offered if at in wanted]
        found["let lapse"] = [partial(self.let_lapse, at) for at in offered]
        found["too late"] = [partial(self.accept_at_the_end, at) for at in offered]
        if model.draw_pending and live and model.now < self.world.begins + POLICY_HOURS:
            found["draw"] = [lambda _data: self.until_the_draw()]
        return found

    def frees_too_few(self, row: Row) -> bool:
        """Return whether the place of ``row`` is not enough for the head of the queue, and is for somebody behind."""
        head, *others = (self.model.rows[n, row.key[0]].places for n in self.model.queue(row.key))
        free = self.model.left(row.key) + row.places
        return row.holds and free < head and any(places <= free for places in others)

    def give_back(self, at: tuple[int, int], data: st.DataObject) -> None:
        self.at(at).withdraw(False, data)

    def turn_down(self, at: tuple[int, int], data: st.DataObject) -> None:
        self.at(at).decline(data)

    def let_lapse(self, at: tuple[int, int], data: st.DataObject) -> None:
        self.pass_until(self.model.rows[at].offered_until or self.model.now)
        self.the_clock()

    def accept_at_the_end(self, at: tuple[int, int], data: st.DataObject) -> None:
        self.pass_until(self.model.rows[at].offered_until or self.model.now)
        self.at(at).accept(data)

    def until_the_draw(self) -> None:
        self.pass_until(self.world.begins + POLICY_HOURS)
        self.the_clock()

    def order_of_the_draw(self) -> dict[Key, list[int]]:
        seed = Draw.objects.get(activity=self.world.activity).seed
        keys = [key for key in self.model.counters if not self.model.has_begun(key[0])]
        return {key: self.drawn(seed, key) for key in keys}

    def drawn(self, seed: str, key: Key) -> list[int]:
        numbers = {self.sign_up_of(n, key[0]).pk: n for n in self.model.queue(key)}
        order = sorted(numbers, key=lambda number: hashlib.sha256(f"{seed}:{number}".encode()).hexdigest())
        return [numbers[number] for number in order]


class Positions(Machine):
    def chances(self) -> Chances:
        queues = [key for key in self.model.counters if self.model.queue(key)]
        found = super().chances()
        found["more in a part"] = [partial(self.raise_part, key) for key in queues if key[1]]
        found["more"] = [partial(self.raise_whole, key) for key in queues]
        return found

    def raise_part(self, key: Key, data: st.DataObject) -> None:
        self.at(key).edit_position(0, data)

    def raise_whole(self, key: Key, data: st.DataObject) -> None:
        self.at(key[0]).set_capacity(self.model.capacity_of(key[0]) + 1, data)

    @rule(
        name=st.sampled_from(NAMES),
        capacity=capacities,
        minimum=minima,
        skill=st.sampled_from(["", Skill.LAW]),
        data=st.data(),
    )
    def add_position(self, name: str, capacity: int, minimum: int, skill: str, data: st.DataObject) -> None:
        shift = self.draw_shift(data)
        foreseen = self.foresight.add_position(shift, name, capacity, minimum)
        fields = {"name": name, "capacity": capacity, "minimum": minimum, "skill": skill}
        added = self.attempt(foreseen, actions.add_position, shift=self.shift(shift), by=self.world.organiser, **fields)
        if not foreseen:
            self.model.counters.pop((shift, None), None)
            self.model.counters[shift, added.pk] = Counter(capacity, minimum, skill, name)

    def draw_position(self, data: st.DataObject) -> tuple[Key, Position] | None:
        keys = [(shift, position) for shift, position in self.model.counters if position is not None]
        if not keys:
            return None
        key = self.aimed() if self.aim else data.draw(st.sampled_from(keys))
        return key, Position.objects.select_related("shift__activity").get(pk=key[1])

    @rule(minimum=minima, data=st.data())
    def edit_position(self, minimum: int, data: st.DataObject) -> None:
        if not (drawn := self.draw_position(data)):
            return
        key, position = drawn
        capacity = data.draw(st.integers(max(1, self.model.taken(key) - 1), 5))
        foreseen = self.foresight.edit_position(key, capacity, minimum)
        fields = {"by": self.world.organiser, "capacity": capacity, "minimum": minimum}
        self.attempt(foreseen, actions.edit_position, position=position, **fields)
        if not foreseen:
            counter = self.model.counters[key]
            counter.capacity, counter.minimum = capacity, minimum
            self.model.settle(key[0])

    @rule(data=st.data())
    def remove_position(self, data: st.DataObject) -> None:
        if not (drawn := self.draw_position(data)):
            return
        key, position = drawn
        foreseen = self.foresight.remove_position(key)
        self.attempt(foreseen, actions.remove_position, position=position, by=self.world.organiser)
        if not foreseen:
            last = self.model.counters.pop(key)
            if not self.model.keys_of(key[0]):
                self.model.counters[key[0], None] = Counter(last.capacity, last.minimum)

    @rule(capacity=capacities, data=st.data())
    def set_capacity(self, capacity: int, data: st.DataObject) -> None:
        shift = self.aimed() if self.aim else self.draw_shift(data)
        foreseen = self.foresight.set_capacity(shift, capacity)
        by = self.world.organiser
        self.attempt(foreseen, actions.set_capacity, shift=self.shift(shift), capacity=capacity, by=by)
        if not foreseen:
            if (shift, None) in self.model.counters:
                self.model.counters[shift, None].capacity = capacity
            self.model.settle(shift)
