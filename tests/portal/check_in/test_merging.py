"""Two devices that could not hear each other come to one answer, or to a question for a person. No database here."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from portal.activities.enums import AttendanceState
from portal.check_in.enums import EventState
from portal.check_in.merging import decide, is_further, takes_back

states = st.sampled_from(AttendanceState.values)
others = st.lists(states, max_size=3)


@given(current=states, seen=states, wanted=states, others=others)
def test_every_tap_has_one_of_three_answers(current, seen, wanted, others):
    answer = decide(current=current, seen=seen, wanted=wanted, others=others)

    assert answer in (EventState.APPLIED, EventState.AGREED, EventState.CONFLICT)
    if answer == EventState.APPLIED:
        assert is_further(wanted, current) or takes_back(seen=current, wanted=wanted)


@given(states)
def test_the_same_again_agrees(state):
    assert decide(current=state, seen="expected", wanted=state, others=[]) == EventState.AGREED


def test_first_taps_of_two_devices_come_to_the_same_in_either_order():
    for one, other in combinations(AttendanceState.values[1:], 2):
        outcomes = set()
        for first, second in ((one, other), (other, one)):
            answer = decide(current=first, seen="expected", wanted=second, others=[first])
            outcomes.add(second if answer == EventState.APPLIED else first if answer == EventState.AGREED else "asked")
        assert len(outcomes) == 1, (one, other, outcomes)


def test_nobody_takes_back_what_another_device_says_too():
    said_by_both = decide(current="arrived", seen="arrived", wanted="expected", others=["arrived"])

    assert said_by_both == EventState.CONFLICT
    assert decide(current="arrived", seen="arrived", wanted="expected", others=[]) == EventState.APPLIED


def test_nobody_takes_back_what_has_gone_further():
    assert decide(current="completed", seen="arrived", wanted="expected", others=[]) == EventState.CONFLICT
