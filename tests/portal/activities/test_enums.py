"""The transition tables, walked."""

import itertools

import pytest

from portal.activities.enums import (
    ACTIVITY_TRANSITIONS,
    ATTENDANCE_TRANSITIONS,
    NOT_YET,
    SHIFT_TRANSITIONS,
    SIGN_UP_TRANSITIONS,
    ActivityState,
    AttendanceState,
    ShiftState,
    SignUpState,
)
from portal.activities.wagtail_hooks import LOG_ACTIONS
from portal.states import IllegalMoveError, Transitions, move
from tests.factories.activities import ActivityFactory, AttendanceFactory, SignUpFactory
from tests.factories.members import UserFactory

ACTIVITY_MOVES = {("draft", "published"), ("draft", "cancelled"), ("published", "cancelled")}
SIGN_UP_MOVES = {
    ("", "confirmed"),
    ("", "waiting"),
    ("", "requested"),
    ("requested", "confirmed"),
    ("requested", "waiting"),
    ("requested", "refused"),
    ("requested", "withdrawn"),
    ("refused", "confirmed"),
    ("refused", "waiting"),
    ("refused", "requested"),
    ("waiting", "confirmed"),
    ("waiting", "offered"),
    ("waiting", "withdrawn"),
    ("offered", "confirmed"),
    ("offered", "withdrawn"),
    ("offered", "lapsed"),
    ("confirmed", "withdrawn"),
    ("confirmed", "lapsed"),
    ("withdrawn", "confirmed"),
    ("withdrawn", "waiting"),
    ("withdrawn", "requested"),
    ("lapsed", "confirmed"),
    ("lapsed", "waiting"),
    ("lapsed", "requested"),
    *((before, "called_off") for before in ("requested", "waiting", "offered", "confirmed")),
}
SHIFT_MOVES = {("planned", "called_off")}
ATTENDANCE_MOVES = {
    ("expected", "arrived"),
    ("expected", "completed"),
    ("expected", "absent"),
    ("expected", "excused"),
    ("arrived", "completed"),
    ("arrived", "expected"),
    ("completed", "expected"),
    ("absent", "expected"),
    ("absent", "excused"),
    ("excused", "expected"),
}


def moves(table: Transitions) -> set[tuple[str, str]]:
    return {(str(before), str(after)) for before, afters in table.items() for after in afters}


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (ACTIVITY_TRANSITIONS, ACTIVITY_MOVES),
        (SHIFT_TRANSITIONS, SHIFT_MOVES),
        (SIGN_UP_TRANSITIONS, SIGN_UP_MOVES),
        (ATTENDANCE_TRANSITIONS, ATTENDANCE_MOVES),
    ],
)
def test_tables_allow_exactly_these_moves(table, expected):
    assert moves(table) == expected


@pytest.mark.parametrize(("before", "after"), [*itertools.product(ActivityState.values, repeat=2)])
def test_activity_moves_as_its_table_says(db, before, after):
    activity = ActivityFactory(state=before)
    _walk(activity, after, ACTIVITY_TRANSITIONS, legal=(before, after) in ACTIVITY_MOVES)


@pytest.mark.parametrize(("before", "after"), [*itertools.product([NOT_YET, *SignUpState.values], SignUpState.values)])
def test_sign_up_moves_as_its_table_says(db, before, after):
    sign_up = SignUpFactory(offered=True)
    sign_up.state = before
    _walk(sign_up, after, SIGN_UP_TRANSITIONS, legal=(before, after) in SIGN_UP_MOVES)


@pytest.mark.parametrize(("before", "after"), [*itertools.product(AttendanceState.values, repeat=2)])
def test_attendance_moves_as_its_table_says(db, before, after):
    attendance = AttendanceFactory(state=before)
    _walk(attendance, after, ATTENDANCE_TRANSITIONS, legal=(before, after) in ATTENDANCE_MOVES)


def _walk(instance, after, table, *, legal):
    by = UserFactory()
    if legal:
        move(instance, to=after, by=by, transitions=table)
        instance.refresh_from_db()
        assert instance.state == after
    else:
        with pytest.raises(IllegalMoveError):
            move(instance, to=after, by=by, transitions=table)


def test_every_state_has_a_name_in_the_log():
    states = [
        *(f"activities.activity.{state}" for state in (ActivityState.PUBLISHED, ActivityState.CANCELLED)),
        f"activities.shift.{ShiftState.CALLED_OFF}",
        *(f"activities.signup.{state}" for state in SignUpState.values),
        *(f"activities.attendance.{state}" for state in AttendanceState.values),
    ]

    assert set(states) <= set(LOG_ACTIONS)
