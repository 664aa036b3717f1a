from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.activities.actions import cancel, close_attendance, record_attendance, reopen_attendance
from portal.activities.enums import AttendanceState
from portal.activities.errors import (
    AttendanceClosedError,
    AttendanceNotOpenError,
    MinutesMissingError,
    NotCompletedError,
    NotSignedUpError,
    OwnAttendanceError,
    ShiftNotStartedError,
)
from portal.activities.models import Attendance
from portal.states import IllegalMoveError
from tests.factories.activities import AttendanceFactory, ShiftFactory, SignUpFactory
from tests.factories.members import UserFactory
from tests.portal.activities.logs import logged

pytestmark = pytest.mark.django_db

ABSENT, COMPLETED, EXPECTED = AttendanceState.ABSENT, AttendanceState.COMPLETED, AttendanceState.EXPECTED


@pytest.fixture
def came():
    """Someone who had a place on a shift that has ended."""
    return SignUpFactory(shift=ShiftFactory(past=True))


def test_completed_takes_the_planned_minutes(came):
    by = UserFactory()

    attendance = record_attendance(sign_up=came, by=by, state=COMPLETED)

    assert (attendance.state, attendance.minutes, attendance.recorded_by) == (COMPLETED, 120, by)
    assert logged(attendance) == ["activities.attendance.completed"]


def test_completed_takes_other_minutes(came):
    assert record_attendance(sign_up=came, by=UserFactory(), state=COMPLETED, minutes=95).minutes == 95


def test_recording_the_same_again_changes_nothing(came):
    first = record_attendance(sign_up=came, by=UserFactory(), state=COMPLETED)
    second = record_attendance(sign_up=came, by=UserFactory(), state=COMPLETED)

    assert second.recorded_by == first.recorded_by
    assert logged(first) == ["activities.attendance.completed"]


def test_minutes_can_be_corrected_by_another_who_then_stands_for_them(came):
    record_attendance(sign_up=came, by=UserFactory(), state=COMPLETED)
    by = UserFactory()

    attendance = record_attendance(sign_up=came, by=by, state=COMPLETED, minutes=60)

    assert (attendance.minutes, attendance.recorded_by) == (60, by)
    assert logged(attendance) == ["activities.attendance.completed", "activities.attendance.corrected"]


def test_expected_undoes_what_was_noted(came):
    record_attendance(sign_up=came, by=UserFactory(), state=COMPLETED)

    attendance = record_attendance(sign_up=came, by=UserFactory(), state=EXPECTED)

    assert (attendance.state, attendance.minutes) == (EXPECTED, None)


def test_a_move_the_table_does_not_know_is_refused(came):
    record_attendance(sign_up=came, by=UserFactory(), state=COMPLETED)

    with pytest.raises(IllegalMoveError):
        record_attendance(sign_up=came, by=UserFactory(), state=ABSENT)


@pytest.mark.parametrize("minutes", [0, -5, 1441])
def test_completed_is_refused_without_sensible_minutes(came, minutes):
    with pytest.raises(MinutesMissingError):
        record_attendance(sign_up=came, by=UserFactory(), state=COMPLETED, minutes=minutes)


def test_nobody_records_themselves(came):
    with pytest.raises(OwnAttendanceError):
        record_attendance(sign_up=came, by=came.member, state=COMPLETED)


@pytest.mark.parametrize("state", ["waiting", "offered", "withdrawn"])
def test_only_a_confirmed_place_can_be_attended(state):
    now = timezone.now()
    sign_up = SignUpFactory(shift=ShiftFactory(past=True), state=state, queued_at=now, offered_until=now)

    with pytest.raises(NotSignedUpError):
        record_attendance(sign_up=sign_up, by=UserFactory(), state=COMPLETED)


def test_recording_opens_an_hour_before_the_start():
    soon = SignUpFactory(shift=ShiftFactory(starts_at=timezone.now() + timedelta(minutes=59)))
    later = SignUpFactory(shift=ShiftFactory(starts_at=timezone.now() + timedelta(minutes=61)))

    record_attendance(sign_up=soon, by=UserFactory(), state="arrived")

    with pytest.raises(AttendanceNotOpenError):
        record_attendance(sign_up=later, by=UserFactory(), state="arrived")


@pytest.mark.parametrize("minutes_to_go", [30, 61])
@pytest.mark.parametrize("state", [COMPLETED, ABSENT])
def test_nobody_has_completed_or_missed_what_has_not_started(state, minutes_to_go):
    shift = ShiftFactory(starts_at=timezone.now() + timedelta(minutes=minutes_to_go))
    sign_up = SignUpFactory(shift=shift)

    with pytest.raises(ShiftNotStartedError):
        record_attendance(sign_up=sign_up, by=UserFactory(), state=state)

    with time_machine.travel(shift.starts_at):
        assert record_attendance(sign_up=sign_up, by=UserFactory(), state=state).state == state


def test_who_asks_off_or_was_ticked_by_mistake_is_noted_before_the_start():
    early = SignUpFactory(shift=ShiftFactory(starts_at=timezone.now() + timedelta(minutes=30)))

    for state in ("excused", EXPECTED, "arrived", EXPECTED):
        assert record_attendance(sign_up=early, by=UserFactory(), state=state).state == state


def test_what_was_called_off_cannot_be_attended_but_what_took_place_before_can(came):
    later = SignUpFactory(
        shift=ShiftFactory(activity=came.shift.activity, starts_at=timezone.now() + timedelta(minutes=30))
    )
    cancel(activity=came.shift.activity, by=UserFactory(), reason="有大雨。")
    came.refresh_from_db()
    later.refresh_from_db()

    record_attendance(sign_up=came, by=UserFactory(), state=COMPLETED)

    with pytest.raises(NotSignedUpError):
        record_attendance(sign_up=later, by=UserFactory(), state=COMPLETED)


def test_closed_minutes_stay_until_they_are_reopened(came):
    attendance = record_attendance(sign_up=came, by=UserFactory(), state=COMPLETED)
    close_attendance(attendance=attendance, by=UserFactory())

    for change in ({"state": EXPECTED}, {"state": COMPLETED, "minutes": 60}):
        with pytest.raises(AttendanceClosedError):
            record_attendance(sign_up=came, by=UserFactory(), **change)
    with pytest.raises(AttendanceClosedError):
        close_attendance(attendance=attendance, by=UserFactory())

    reopen_attendance(attendance=attendance, by=UserFactory())
    reopen_attendance(attendance=attendance, by=UserFactory())
    corrected = record_attendance(sign_up=came, by=UserFactory(), state=COMPLETED, minutes=60)

    assert corrected.minutes == 60
    assert logged(attendance) == [
        "activities.attendance.completed",
        "activities.attendance.closed",
        "activities.attendance.reopened",
        "activities.attendance.corrected",
    ]


def test_only_completed_attendance_is_closed(came):
    attendance = record_attendance(sign_up=came, by=UserFactory(), state=ABSENT)

    with pytest.raises(NotCompletedError):
        close_attendance(attendance=attendance, by=UserFactory())


@pytest.mark.parametrize(
    "change", [{"minutes": None}, {"minutes": 0}, {"recorded_by": None}, {"state": ABSENT, "closed_at": timezone.now()}]
)
def test_the_database_refuses_what_does_not_hold_together(change):
    attendance = AttendanceFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.filter(pk=attendance.pk).update(**change)
