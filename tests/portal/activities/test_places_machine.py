"""Whatever people, units and organisers do to places, positions and swaps, every promise about them holds."""

import os
from collections import Counter
from collections.abc import Callable
from itertools import combinations

import pytest
import time_machine
from hypothesis import HealthCheck, Phase
from hypothesis import settings as limits
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test

from portal.activities.enums import OPEN, CoverState, SignUpState
from tests.portal.activities.machine.base import Machine, make_world
from tests.portal.activities.machine.looking import moment_of
from tests.portal.activities.machine.model import Key
from tests.portal.activities.machine.rules import Positions, SigningUp
from tests.portal.activities.machine.rules_doors import Arriving, Asking
from tests.portal.activities.machine.rules_together import Covers, Groups

EXAMPLES = int(os.environ.get("MACHINE_EXAMPLES", "10"))  # whoever changed these actions asks for more
OFTEN = 10
BEGINS = "2026-05-04 09:00:00+08:00"


class Promises(Machine):
    @invariant()
    def offers_end_in_time(self) -> None:
        told = {at: row.offered_until for at, row in self.model.rows.items() if row.state == SignUpState.OFFERED}
        found = {
            (self.seen.people[one.member_id], one.shift_id): moment_of(one.offered_until)
            for one in self.seen.sign_ups
            if one.state == SignUpState.OFFERED
        }
        assert found == told

    @invariant()
    def everybody_has_what_the_model_says(self) -> None:
        told = {at: (row.key, row.state, row.places) for at, row in self.model.rows.items()}
        found = {
            (self.seen.people[one.member_id], one.shift_id): (
                (one.shift_id, one.position_id),
                one.state,
                one.places,
            )
            for one in self.seen.sign_ups
        }
        assert found == told

    @invariant()
    def the_counts_are_true_and_within_the_capacity(self) -> None:
        for position in self.seen.positions:
            held = self.seen.held((position.shift_id, position.pk))
            assert position.places_taken == held <= position.capacity
        for shift in self.seen.shifts.values():
            held = sum(self.seen.held(key) for key in self.model.keys_of(shift.pk))
            assert shift.places_taken == held <= shift.capacity

    @invariant()
    def a_shift_counts_the_sums_of_its_positions(self) -> None:
        for shift in self.seen.shifts.values():
            parts = [position for position in self.seen.positions if position.shift_id == shift.pk]
            if parts:
                assert shift.capacity == sum(part.capacity for part in parts)
                assert shift.minimum == sum(part.minimum for part in parts)
            told = (self.model.capacity_of(shift.pk), self.model.minimum_of(shift.pk))
            assert (shift.capacity, shift.minimum) == told

    @invariant()
    def what_a_unit_named_is_counted_once(self) -> None:
        for group in self.seen.groups:
            holders = [one for one in self.seen.sign_ups if one.group_id == group.pk and one.state in OPEN]
            is_open = group.closed_at is None
            assert not is_open or group.named == sum(one.places for one in holders)
            assert (group.held - group.named if is_open else 0) == self.model.unnamed(group.pk)

    @invariant()
    def the_queues_stand_in_order_without_gaps(self) -> None:
        found: dict[Key, dict[int, int]] = {}
        for one in self.seen.sign_ups:
            if one.state == SignUpState.WAITING:
                places = found.setdefault((one.shift_id, one.position_id), {})
                place: int = one.queue_place
                assert place not in places
                places[place] = self.seen.people[one.member_id]
        told = {key: dict(enumerate(self.model.queue(key), start=1)) for key in self.model.counters}
        assert found == {key: queue for key, queue in told.items() if queue}

    @invariant()
    def nobody_is_in_two_places_at_once(self) -> None:
        live = [one for one in self.seen.sign_ups if one.state in OPEN]
        for one, other in combinations(live, 2):
            if one.member_id == other.member_id:
                assert not self.model.share_time(one.shift_id, other.shift_id)

    @invariant()
    def every_move_has_its_line_in_the_log(self) -> None:
        seen = self.seen  # each line was followed from where the one before it ended
        states = {f"signup {one.pk}": one.state for one in seen.sign_ups}
        states |= {f"attendance {one.pk}": one.state for one in seen.attendances}
        assert self.moved == states | {f"coverrequest {one.pk}": one.state for one in seen.covers}

    @invariant()
    def who_came_is_noted_as_told(self) -> None:
        people = {one.pk: (self.seen.people[one.member_id], one.shift_id) for one in self.seen.sign_ups}
        found = {people[one.sign_up_id]: (one.state, one.before) for one in self.seen.attendances}
        assert found == {at: (came.state, came.before) for at, came in self.model.came.items()}

    @invariant()
    def nobody_is_offered_a_place_or_asked_twice(self) -> None:
        assert len(self.offers) == self.seen.offers_told
        assert set(self.offers) <= {SignUpState.WAITING}
        assert not [ask for ask, number in Counter(self.seen.asks).items() if number > 1]

    @invariant()
    def somebody_is_looked_for_only_where_there_is_a_place(self) -> None:
        for request in self.seen.covers:
            is_open = request.state == CoverState.OPEN
            assert is_open == self.model.covers[request.pk].is_open
            assert not is_open or request.sign_up__state == SignUpState.CONFIRMED
            assert (request.taken_by_id is not None) == (request.state == CoverState.TAKEN)


def often(machine: type[Machine]) -> type[Machine]:
    """Let ``machine`` take a chance in about every second step, where it has one."""
    for n in range(OFTEN):
        step = precondition(lambda self: any(self.chances().values()))(rule(data=st.data())(chance_taken()))
        setattr(machine, f"seize_{n}", step)
    return machine


def chance_taken() -> Callable[[Machine, st.DataObject], None]:
    def seize(self: Machine, data: st.DataObject) -> None:
        self.seize(data)

    return seize


@often
class Places(SigningUp, Positions, Promises):
    """People come and go while the organisers change what there is."""


@often
class Handovers(SigningUp, Groups, Covers, Promises):
    """Units name people, and people pass on their places."""


@often
class Doors(Asking, Arriving, Promises):
    """People ask to come or are asked in, and then they come or do not."""


@pytest.mark.django_db
@pytest.mark.parametrize("machine", [Places, Handovers, Doors])
def test_places_keep_their_promises(machine, settings):
    settings.COVER_ASKS_AT_ONCE = 2
    with time_machine.travel(BEGINS, tick=False) as clock:
        world = make_world(clock)
        run_state_machine_as_test(
            lambda: machine(world),
            settings=limits(
                max_examples=EXAMPLES,
                stateful_step_count=30,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                phases=[
                    Phase.explicit,
                    Phase.reuse,
                    Phase.generate,
                ],  # to shrink a failure takes minutes: add Phase.shrink
            ),
        )
