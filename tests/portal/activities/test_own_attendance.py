"""What people say of their own attendance, and the undoing of the last step."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.activities import queries
from portal.activities.actions import (
    arrive,
    close_attendance,
    explain_absence,
    leave,
    record_attendance,
    undo_attendance,
)
from portal.activities.enums import AttendanceState, Road
from portal.activities.errors import (
    AlreadyNotedError,
    AttendanceClosedError,
    AttendanceNotOpenError,
    MinutesMissingError,
    NotArrivedError,
    NothingToUndoError,
    NotMissedError,
    NotSignedUpError,
    OwnAttendanceError,
    ReasonMissingError,
    ShiftIsOverError,
)
from portal.activities.models import Attendance
from tests.factories.activities import AttendanceFactory, ShiftFactory, SignUpFactory
from tests.factories.members import UserFactory
from tests.portal.activities.logs import logged

pytestmark = pytest.mark.django_db

ABSENT, ARRIVED, COMPLETED, EXPECTED = (
    AttendanceState.ABSENT,
    AttendanceState.ARRIVED,
    AttendanceState.COMPLETED,
    AttendanceState.EXPECTED,
)


@pytest.fixture
def place():
    return SignUpFactory(shift=ShiftFactory(begun=True))


@pytest.mark.parametrize("how", [Road.QR, Road.CODE])
def test_people_say_themselves_that_they_have_arrived(place, how):
    attendance = arrive(sign_up=place, how=how)

    assert (attendance.state, attendance.how, attendance.recorded_by) == (ARRIVED, how, place.member)
    assert attendance.arrived_at is not None
    assert logged(attendance) == ["activities.attendance.arrived"]


def test_saying_it_twice_changes_nothing(place):
    first = arrive(sign_up=place, how=Road.QR)
    again = arrive(sign_up=place, how=Road.CODE)

    assert (again.how, again.arrived_at) == (Road.QR, first.arrived_at)
    assert logged(again) == ["activities.attendance.arrived"]


def test_a_late_scan_does_not_take_back_what_an_organiser_completed(place):
    record_attendance(sign_up=place, by=UserFactory(), state=COMPLETED)

    assert arrive(sign_up=place, how=Road.QR).state == COMPLETED


def test_a_scan_does_not_overrule_an_organiser(place):
    record_attendance(sign_up=place, by=UserFactory(), state=ABSENT)

    with pytest.raises(AlreadyNotedError):
        arrive(sign_up=place, how=Road.QR)


@pytest.mark.parametrize("how", [Road.ORGANISER, Road.TABLET, Road.PAPER, Road.OFFLINE])
def test_on_no_other_road_do_people_note_themselves(place, how):
    with pytest.raises(OwnAttendanceError):
        arrive(sign_up=place, how=how)


@pytest.mark.parametrize("how", Road)
def test_nobody_completes_themselves(place, how):
    with pytest.raises(OwnAttendanceError):
        record_attendance(sign_up=place, by=place.member, state=COMPLETED, how=how)


def test_arriving_has_a_beginning_and_an_end():
    early = SignUpFactory(shift=ShiftFactory(starts_at=timezone.now() + timedelta(minutes=61)))
    late = SignUpFactory(shift=ShiftFactory(starts_at=timezone.now() - timedelta(minutes=181)))

    with pytest.raises(AttendanceNotOpenError):
        arrive(sign_up=early, how=Road.QR)
    with pytest.raises(ShiftIsOverError):
        arrive(sign_up=late, how=Road.QR)


def test_only_with_a_place(place):
    waiting = SignUpFactory(shift=place.shift, waiting=True)

    with pytest.raises(NotSignedUpError):
        arrive(sign_up=waiting, how=Road.QR)


def test_leaving_is_a_claim_that_an_organiser_completes(place):
    arrive(sign_up=place, how=Road.QR)

    said = leave(sign_up=place, minutes=45)

    assert (said.state, said.minutes, said.asked_minutes) == (ARRIVED, None, 45)
    assert said.left_at >= said.arrived_at
    completed = record_attendance(sign_up=place, by=UserFactory(), state=COMPLETED)
    assert (completed.minutes, completed.left_at, completed.asked_minutes) == (120, said.left_at, 45)
    assert logged(completed)[1] == "activities.attendance.left"


def test_leaving_again_corrects_the_minutes_and_the_same_again_does_nothing(place):
    arrive(sign_up=place, how=Road.QR)
    leave(sign_up=place)
    leave(sign_up=place, minutes=30)

    attendance = leave(sign_up=place, minutes=30)

    assert attendance.asked_minutes == 30
    assert logged(attendance).count("activities.attendance.left") == 2


def test_leaving_needs_an_arrival_and_sensible_minutes_and_an_open_line(place):
    with pytest.raises(NotArrivedError):
        leave(sign_up=place)
    arrive(sign_up=place, how=Road.QR)
    with pytest.raises(MinutesMissingError):
        leave(sign_up=place, minutes=1441)
    close_attendance(attendance=record_attendance(sign_up=place, by=UserFactory(), state=COMPLETED), by=UserFactory())
    with pytest.raises(AttendanceClosedError):
        leave(sign_up=place)


def test_the_planned_end_or_a_checked_out_one(place):
    other = SignUpFactory(shift=place.shift)
    by = UserFactory()
    record_attendance(sign_up=place, by=by, state=ARRIVED)

    planned = record_attendance(sign_up=place, by=by, state=COMPLETED)
    out = record_attendance(sign_up=other, by=by, state=COMPLETED, has_left=True)

    assert planned.left_at is None
    assert out.left_at is not None
    assert planned.minutes == out.minutes == 120


@pytest.mark.parametrize(("hours", "expected"), [(-30, "opens"), (30, "now")])
def test_a_clock_that_is_wrong_is_held_to_the_span_of_the_shift(place, hours, expected):
    with time_machine.travel(timezone.now(), tick=False):
        at = timezone.now() + timedelta(hours=hours)
        attendance = record_attendance(sign_up=place, by=UserFactory(), state=ARRIVED, at=at)

        bounds = {"opens": place.shift.attendance_opens_at, "now": timezone.now()}
        assert attendance.arrived_at == bounds[expected]


@pytest.mark.parametrize(
    "steps", [[ARRIVED], [COMPLETED], [ABSENT], ["excused"], [ARRIVED, COMPLETED], [ABSENT, "excused"]]
)
def test_the_last_step_is_undone_once(place, steps):
    by = UserFactory()
    for step in steps:
        record_attendance(sign_up=place, by=by, state=step)

    attendance = undo_attendance(sign_up=place, by=by)

    assert attendance.state == ([EXPECTED, *steps])[-2]
    assert (attendance.minutes, attendance.left_at) == (None, None)
    assert logged(attendance)[-1] == f"activities.attendance.{attendance.state}"
    with pytest.raises(NothingToUndoError):
        undo_attendance(sign_up=place, by=by)


def test_an_undo_keeps_when_somebody_arrived(place):
    arrived = record_attendance(sign_up=place, by=UserFactory(), state=ARRIVED)
    record_attendance(sign_up=place, by=UserFactory(), state=COMPLETED, has_left=True)

    attendance = undo_attendance(sign_up=place, by=UserFactory())

    assert (attendance.arrived_at, attendance.left_at) == (arrived.arrived_at, None)


def test_what_is_closed_or_ones_own_is_not_undone(place):
    attendance = record_attendance(sign_up=place, by=UserFactory(), state=COMPLETED)
    with pytest.raises(OwnAttendanceError):
        undo_attendance(sign_up=place, by=place.member)
    close_attendance(attendance=attendance, by=UserFactory())
    with pytest.raises(AttendanceClosedError):
        undo_attendance(sign_up=place, by=UserFactory())


def test_the_absent_may_explain_and_an_undo_forgets_it(place):
    attendance = record_attendance(sign_up=place, by=UserFactory(), state=ABSENT)

    explained = explain_absence(attendance=attendance, text=" 那天发烧了。 ")
    explain_absence(attendance=attendance, text="那天发烧了。")

    assert (explained.reply, explained.replied_at is not None) == ("那天发烧了。", True)
    assert logged(attendance).count("activities.attendance.explained") == 1
    assert list(queries.missed(place.member)) == [attendance]
    forgotten = record_attendance(sign_up=place, by=UserFactory(), state=EXPECTED)
    assert (forgotten.reply, forgotten.replied_at) == ("", None)
    explain_absence(attendance=record_attendance(sign_up=place, by=UserFactory(), state=ABSENT), text="在外地。")
    assert undo_attendance(sign_up=place, by=UserFactory()).reply == ""


def test_only_an_absence_is_explained_and_in_words(place):
    attendance = record_attendance(sign_up=place, by=UserFactory(), state=ABSENT)
    with pytest.raises(ReasonMissingError):
        explain_absence(attendance=attendance, text="  ")
    record_attendance(sign_up=place, by=UserFactory(), state=EXPECTED)
    with pytest.raises(NotMissedError):
        explain_absence(attendance=attendance, text="不在。")


def test_an_old_absence_is_shown_to_nobody(settings):
    old = AttendanceFactory(
        state=ABSENT, minutes=None, recorded_at=timezone.now() - timedelta(days=settings.NO_SHOW_KEPT_DAYS + 1)
    )

    assert not queries.missed(old.sign_up.member)


@pytest.mark.parametrize(
    "change",
    [{"how": "guess"}, {"asked_minutes": 0}, {"arrived_at": timezone.now(), "left_at": timezone.now() - timedelta(1)}],
)
def test_the_database_refuses_what_cannot_be(change):
    attendance = AttendanceFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.filter(pk=attendance.pk).update(**change)
