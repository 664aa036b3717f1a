"""Whatever people do in whatever order, the shift, its queue and its offers stay as promised (R03)."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from portal.activities import queries
from portal.activities.actions import (
    accept_offer,
    decline_offer,
    hold_places,
    lapse_offers,
    name_member,
    release_places,
    set_capacity,
    sign_up,
    withdraw,
)
from portal.activities.enums import SignUpState
from portal.activities.models import GroupPlaces, SignUp
from tests.factories.activities import ShiftFactory
from tests.factories.members import HomeMembershipFactory
from tests.factories.organisations import UnitFactory

CROWD = 8
CAPACITIES = range(1, 5)
person = st.integers(0, CROWD - 1)


class Queue(RuleBasedStateMachine):
    """The shift, beside a plain model of it: who holds places, who is offered some, who waits, in order.

    ``places`` says how many each takes with those they bring; ``unnamed`` how many a unit holds without names.
    """

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.shift = ShiftFactory(
            capacity=2, starts_at=timezone.now() + timedelta(days=30), activity__companions_limit=2
        )
        self.unit = UnitFactory()
        self.members = [HomeMembershipFactory(unit=self.unit).person for _ in range(CROWD)]
        self.places: dict[int, int] = {}
        self.group: GroupPlaces | None = None
        self.unnamed = 0
        self.named: set[int] = set()
        self.capacity = 2
        self.confirmed: set[int] = set()
        self.offered: set[int] = set()
        self.queue: list[int] = []

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    def sign_up_of(self, n: int) -> SignUp:
        return SignUp.objects.get(shift=self.shift, member=self.members[n])

    @property
    def taken(self) -> int:
        return sum(self.places[n] for n in self.confirmed | self.offered) + self.unnamed

    def pass_on(self) -> None:
        while self.queue and self.taken + self.places[self.queue[0]] <= self.capacity:
            self.offered.add(self.queue.pop(0))

    @rule(n=person, companions=st.integers(0, 2))
    def sign_up(self, n: int, companions: int) -> None:
        is_on = n in self.confirmed or n in self.offered or n in self.queue
        if companions + 1 > self.capacity and not is_on:
            return
        sign_up(shift=self.shift, member=self.members[n], companions=companions)
        if is_on:
            return
        self.places[n] = companions + 1
        if not self.queue and self.taken + self.places[n] <= self.capacity:
            self.confirmed.add(n)
        else:
            self.queue.append(n)
            self.pass_on()

    @precondition(lambda self: self.group is None and not self.queue and self.taken < self.capacity)
    @rule(data=st.data())
    def hold(self, data: st.DataObject) -> None:
        held = data.draw(st.integers(1, self.capacity - self.taken))
        until = timezone.now() + timedelta(days=20)
        self.group = hold_places(shift=self.shift, unit=self.unit, by=self.members[0], held=held, name_until=until)
        self.unnamed = held

    @precondition(lambda self: self.unnamed)
    @rule(n=person)
    def name(self, n: int) -> None:
        if self.group is None or n in self.confirmed or n in self.offered:
            return
        name_member(group=self.group, member=self.members[n], by=self.members[0])
        self.queue = [other for other in self.queue if other != n]
        self.places[n] = 1
        self.confirmed.add(n)
        self.named.add(n)
        self.unnamed -= 1
        self.pass_on()

    @precondition(lambda self: self.group is not None)
    @rule()
    def release(self) -> None:
        if self.group is None:
            return
        release_places(group=self.group, by=None)
        self.group, self.unnamed = None, 0
        self.named.clear()
        self.pass_on()

    @precondition(lambda self: self.confirmed or self.offered or self.queue)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        n = data.draw(st.sampled_from([*sorted(self.confirmed), *sorted(self.offered), *self.queue]))
        withdraw(sign_up=self.sign_up_of(n), by=self.members[n])
        self.unnamed += n in self.named  # back to the unit, while it still names people
        self.named.discard(n)
        self.confirmed.discard(n)
        self.offered.discard(n)
        self.queue = [other for other in self.queue if other != n]
        self.pass_on()

    @precondition(lambda self: self.offered)
    @rule(data=st.data())
    def accept(self, data: st.DataObject) -> None:
        n = data.draw(st.sampled_from(sorted(self.offered)))
        accept_offer(sign_up=self.sign_up_of(n), by=self.members[n])
        self.offered.remove(n)
        self.confirmed.add(n)

    @precondition(lambda self: self.offered)
    @rule(data=st.data())
    def decline(self, data: st.DataObject) -> None:
        n = data.draw(st.sampled_from(sorted(self.offered)))
        decline_offer(sign_up=self.sign_up_of(n), by=self.members[n])
        self.offered.remove(n)
        self.pass_on()

    @rule()
    def let_lapse(self) -> None:
        assert lapse_offers(now=timezone.now() + timedelta(days=2)) == len(self.offered)
        self.offered.clear()
        self.pass_on()

    @rule(capacity=st.sampled_from(CAPACITIES))
    def change_capacity(self, capacity: int) -> None:
        if capacity >= self.taken:
            set_capacity(shift=self.shift, capacity=capacity, by=self.members[0])
            self.capacity = capacity
            self.pass_on()

    @invariant()
    def the_shift_is_as_the_model_says(self) -> None:
        states = {one.member_id: one.state for one in SignUp.objects.filter(shift=self.shift)}
        by_state = {
            state: {n for n, member in enumerate(self.members) if states.get(member.pk) == state}
            for state in SignUpState
        }
        assert by_state[SignUpState.CONFIRMED] == self.confirmed
        assert by_state[SignUpState.OFFERED] == self.offered
        waiting = [self.members.index(one.member) for one in queries.queue(self.shift).select_related("member")]
        assert waiting == self.queue

    @invariant()
    def the_count_is_true_and_within_the_capacity(self) -> None:
        self.shift.refresh_from_db()
        holders = self.shift.sign_ups.filter(state__in=["confirmed", "offered"])
        groups = sum(group.unnamed for group in GroupPlaces.objects.filter(shift=self.shift))
        held = sum(holders.values_list("places", flat=True)) + groups
        assert self.shift.places_taken == held == self.taken <= self.shift.capacity == self.capacity

    @invariant()
    def nobody_waits_beside_enough_free_places(self) -> None:
        self.shift.refresh_from_db()
        head = queries.queue(self.shift).first()
        assert head is None or head.places > self.shift.places_left


@pytest.mark.django_db
def test_the_queue_keeps_its_promises() -> None:
    run_state_machine_as_test(
        Queue,
        settings=settings(
            max_examples=10, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
