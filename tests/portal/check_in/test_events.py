"""What devices noted without a network, in whatever order it arrives."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.activities.actions import arrive, close_attendance, record_attendance
from portal.activities.enums import AttendanceState, Road
from portal.activities.errors import AttendanceError
from portal.activities.models import Attendance
from portal.check_in.actions import Sent, receive, resolve
from portal.check_in.enums import EventState
from portal.check_in.errors import NothingToResolveError
from portal.check_in.models import CheckInEvent
from portal.check_in.queries import open_conflicts
from portal.states import IllegalMoveError
from tests.factories.activities import SignUpFactory
from tests.factories.members import UserFactory
from tests.portal.activities.logs import logged
from tests.portal.check_in.places import a_door

pytestmark = pytest.mark.django_db
NO_SKEW = timedelta()
ON, OFF = uuid4(), uuid4()


def tap(sign_up, wanted, *, seen="expected", device=ON, seq=1, at=None, **fields):
    moment = at or timezone.now()
    return Sent(id=uuid4(), device=device, seq=seq, sign_up=sign_up.pk, seen=seen, wanted=wanted, at=moment, **fields)


def sent(by, *taps, skew=NO_SKEW):
    return [event.state if event else None for _key, event in receive(sent=taps, by=by, skew=skew)]


def state_of(sign_up):
    return Attendance.objects.get(sign_up=sign_up).state


def test_a_tap_is_noted_once_however_often_it_is_sent():
    by, _shift, (one, _two) = a_door()
    first = tap(one, "arrived")

    assert sent(by, first) == sent(by, first) == [EventState.APPLIED]

    attendance = Attendance.objects.get(sign_up=one)
    assert (attendance.state, attendance.how, attendance.recorded_by) == ("arrived", Road.OFFLINE, by)
    assert logged(attendance) == ["activities.attendance.arrived"]
    assert logged(CheckInEvent.objects.get()) == ["check_in.checkinevent.applied"]


def test_two_devices_that_say_the_same_make_one_attendance():
    by, _shift, (one, _two) = a_door()

    assert sent(by, tap(one, "arrived")) == [EventState.APPLIED]
    assert sent(by, tap(one, "arrived", device=OFF)) == [EventState.AGREED]
    assert Attendance.objects.count() == 1


def test_the_time_is_the_devices_put_right_and_held_to_the_shift():
    by, shift, (one, two) = a_door()
    ten_minutes_ago = timezone.now() - timedelta(minutes=10)
    behind = timedelta(hours=3)

    sent(by, tap(one, "arrived", at=ten_minutes_ago - behind), skew=behind)
    sent(by, tap(two, "arrived", seq=2, at=timezone.now() - timedelta(days=400)))

    assert abs(Attendance.objects.get(sign_up=one).arrived_at - ten_minutes_ago) < timedelta(seconds=5)
    assert Attendance.objects.get(sign_up=two).arrived_at == shift.attendance_opens_at
    assert CheckInEvent.objects.get(sign_up=one).client_at == ten_minutes_ago - behind


def test_what_contradicts_waits_for_a_person_and_what_stands_stays():
    by, _shift, (one, _two) = a_door()
    sent(by, tap(one, "absent"))

    assert sent(by, tap(one, "arrived", device=OFF)) == [EventState.CONFLICT]
    assert state_of(one) == "absent"
    assert open_conflicts(by).count() == 1


@pytest.mark.parametrize(("take", "state"), [(True, "arrived"), (False, "absent")])
def test_a_person_decides_once(take, state):
    by, _shift, (one, _two) = a_door()
    sent(by, tap(one, "absent"))
    sent(by, tap(one, "arrived", device=OFF))
    event = open_conflicts(by).get()

    resolved = resolve(event=event, by=by, take=take)

    assert state_of(one) == state
    assert (resolved.state, resolved.resolved_by) == ("taken" if take else "kept", by)
    assert not open_conflicts(by)
    with pytest.raises(NothingToResolveError):
        resolve(event=event, by=by, take=not take)


def test_a_device_that_thinks_again_answers_its_own_question():
    by, _shift, (one, _two) = a_door()
    sent(by, tap(one, "absent"))
    sent(by, tap(one, "arrived", device=OFF))

    assert sent(by, tap(one, "expected", seen="arrived", device=OFF, seq=2)) == [EventState.SUPERSEDED]
    assert state_of(one) == "absent"
    assert not open_conflicts(by)


def test_a_question_closes_when_the_other_device_takes_back_its_word():
    by, _shift, (one, _two) = a_door()
    sent(by, tap(one, "absent"))
    sent(by, tap(one, "arrived", device=OFF))

    sent(by, tap(one, "expected", seen="absent", seq=2))

    assert state_of(one) == "arrived"
    assert not open_conflicts(by)


def test_an_older_tap_that_comes_late_changes_nothing():
    by, _shift, (one, _two) = a_door()
    sent(by, tap(one, "expected", seen="arrived", seq=2))

    assert sent(by, tap(one, "arrived", seq=1)) == [EventState.SUPERSEDED]
    assert not Attendance.objects.filter(sign_up=one).exclude(state="expected").exists()


def test_what_is_refused_says_why_and_the_rest_goes_on():
    by, shift, (one, two) = a_door()
    own = SignUpFactory(shift=shift, member=by)
    close_attendance(attendance=record_attendance(sign_up=one, by=by, state="completed"), by=UserFactory())

    answers = sent(by, tap(own, "arrived"), tap(one, "expected", seen="completed", seq=2), tap(two, "arrived", seq=3))

    assert answers == [EventState.REFUSED, EventState.REFUSED, EventState.APPLIED]
    assert all(CheckInEvent.objects.filter(state="refused").values_list("reason", flat=True))


def test_shifts_of_others_are_not_there():
    by, _shift, _people = a_door()
    _other, _shift, (stranger, _two) = a_door()

    assert sent(by, tap(stranger, "arrived")) == [None]
    assert not CheckInEvent.objects.exists()


def test_a_self_check_in_and_a_device_agree():
    by, _shift, (one, _two) = a_door()
    arrive(sign_up=one, how=Road.QR)

    assert sent(by, tap(one, "completed", seen="expected", has_left=True)) == [EventState.APPLIED]
    assert Attendance.objects.get(sign_up=one).left_at is not None


STREAMS = st.lists(st.sampled_from(["arrived", "completed", "absent", "excused", "undo"]), max_size=4)
FORWARD = {
    "expected": {"arrived", "completed", "absent", "excused"},
    "arrived": {"completed"},
    "absent": {"excused"},
}


def stream(sign_up, device, wishes):
    """Return the taps a device can make: each from what it showed, undo back by one step."""
    shown, taps = ["expected"], []
    for wish in wishes:
        if wish == "undo" and len(shown) > 1:
            seen, wanted = shown.pop(), shown[-1]
        elif wish in FORWARD.get(shown[-1], ()):
            seen, wanted = shown[-1], wish
            shown.append(wanted)
        else:
            continue
        taps.append(tap(sign_up, wanted, seen=seen, device=device, seq=len(taps) + 1))
    return taps


def play(by, taps):
    """Return how it ends, and whether a person was ever asked."""
    for one in taps:
        sent(by, one)
    asked = "check_in.checkinevent.conflict"
    events = CheckInEvent.objects.all()
    return any(asked in logged(event) for event in events)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(here=STREAMS, there=STREAMS, data=st.data())
def test_whatever_the_order_each_person_has_one_attendance_and_the_same_end_or_a_question(here, there, data):
    ends, was_asked = [], False
    for _order in range(2):
        with transaction.atomic():
            by, shift, (one,) = a_door(people=1)
            streams = [stream(one, ON, here), stream(one, OFF, there)]
            order = _interleaved(streams, data)
            was_asked |= play(by, order + data.draw(st.lists(st.sampled_from(order), max_size=3)) if order else [])
            assert Attendance.objects.filter(sign_up__shift=shift).count() <= 1
            assert CheckInEvent.objects.count() == len(order)
            ends.append(state_of(one) if Attendance.objects.filter(sign_up=one).exists() else "expected")
            transaction.set_rollback(True)
    assert was_asked or len(set(ends)) == 1, (here, there, ends)


def _interleaved(streams, data):
    waiting, order = [list(taps) for taps in streams if taps], []
    while waiting:
        taps = data.draw(st.sampled_from(waiting))
        order.append(taps.pop(0))
        waiting = [left for left in waiting if left]
    return order


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(here=STREAMS, there=STREAMS, ticks=STREAMS, data=st.data())
def test_beside_an_organiser_at_the_desk_every_tap_is_answered(here, there, ticks, data):
    with transaction.atomic():
        by, _shift, (one,) = a_door(people=1)
        order = _interleaved([stream(one, ON, here), stream(one, OFF, there), list(ticks)], data)
        data.draw(st.randoms()).shuffle(order)  # late, and out of order
        for step in order:
            if isinstance(step, Sent):
                assert sent(by, step, step)[0] in EventState.values
                continue
            try:
                record_attendance(sign_up=one, by=by, state="expected" if step == "undo" else step)
            except (AttendanceError, IllegalMoveError):
                continue
        assert Attendance.objects.filter(sign_up=one).count() <= 1
        assert set(Attendance.objects.values_list("state", flat=True)) <= set(AttendanceState.values)
        transaction.set_rollback(True)
