from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.activities.actions import record_attendance
from portal.activities.enums import AttendanceState
from portal.activities.errors import AttendanceClosedError
from portal.records.actions import confirm_attendance, post_records, reverse
from portal.records.enums import RECORD_TRANSITIONS, RecordState
from portal.records.errors import (
    AlreadyConfirmedError,
    NothingToConfirmError,
    OwnServiceError,
    ReasonMissingError,
    RecorderConfirmsError,
    TakenOutError,
)
from portal.records.models import ServiceRecord
from portal.records.queries import counted_minutes, last_day_of_objection, records_to_confirm
from portal.records.wagtail_hooks import LOG_ACTIONS
from portal.states import IllegalMoveError, move
from tests.factories.activities import AttendanceFactory, ShiftFactory
from tests.factories.members import UserFactory
from tests.factories.organisations import PostFactory
from tests.factories.records import OwnServiceRecordFactory, ServiceRecordFactory
from tests.portal.activities.logs import logged

pytestmark = pytest.mark.django_db

MOVES = {
    ("recorded", "confirmed"),
    ("recorded", "reversed"),
    ("confirmed", "posted"),
    ("confirmed", "reversed"),
    ("posted", "reversed"),
}


@pytest.mark.parametrize("before", RecordState.values)
@pytest.mark.parametrize("after", RecordState.values)
def test_records_move_as_their_table_says(before, after):
    reason = {"reversal_reason": "时长写错了。"}
    record = ServiceRecordFactory(state=before, **reason)
    by = UserFactory()

    if (before, after) in MOVES:
        move(record, to=after, by=by, transitions=RECORD_TRANSITIONS)
        assert f"records.servicerecord.{after}" in LOG_ACTIONS
    else:
        with pytest.raises(IllegalMoveError):
            move(record, to=after, by=by, transitions=RECORD_TRANSITIONS)


def test_confirming_makes_a_record_in_minutes_of_the_day_and_place(time_machine):
    attendance = AttendanceFactory(minutes=95)
    shift, by = attendance.sign_up.shift, UserFactory()

    record = confirm_attendance(attendance=attendance, by=by)

    activity = shift.activity
    assert (record.member, record.area, record.title) == (attendance.sign_up.member, activity.area, activity.title)
    assert (record.minutes, record.served_on) == (95, timezone.localdate(shift.starts_at))
    assert (record.state, record.recorded_by, record.confirmed_by) == ("confirmed", attendance.recorded_by, by)
    assert record.objections_until == last_day_of_objection(timezone.localdate())
    assert logged(record) == ["records.servicerecord.confirmed"]
    assert "1 小时 35 分钟" in record.member.inbox_messages.get().body


def test_confirming_closes_the_attendance():
    attendance = AttendanceFactory()
    confirm_attendance(attendance=attendance, by=UserFactory())

    with pytest.raises(AttendanceClosedError):
        record_attendance(sign_up=attendance.sign_up, by=UserFactory(), state=AttendanceState.EXPECTED)


def test_confirming_twice_makes_one_record():
    attendance = AttendanceFactory()
    confirm_attendance(attendance=attendance, by=UserFactory())

    with pytest.raises(AlreadyConfirmedError):
        confirm_attendance(attendance=attendance, by=UserFactory())

    assert ServiceRecord.objects.count() == 1


def test_who_goes_from_one_shift_to_the_next_counts_in_both():
    first = AttendanceFactory()
    shift, member = first.sign_up.shift, first.sign_up.member
    after = ShiftFactory(past=True, starts_at=shift.ends_at, ends_at=shift.ends_at + timedelta(minutes=30))
    then = AttendanceFactory(
        sign_up__member=member, sign_up__shift=after, arrived_at=shift.ends_at - timedelta(minutes=9)
    )

    for attendance in (first, then):
        confirm_attendance(attendance=attendance, by=UserFactory())

    assert counted_minutes(member) == first.minutes + then.minutes


def test_the_one_served_does_not_confirm():
    attendance = AttendanceFactory()

    with pytest.raises(OwnServiceError):
        confirm_attendance(attendance=attendance, by=attendance.sign_up.member)


def test_the_recorder_does_not_confirm():
    attendance = AttendanceFactory()

    with pytest.raises(RecorderConfirmsError):
        confirm_attendance(attendance=attendance, by=attendance.recorded_by)


@pytest.mark.parametrize("state", ["expected", "arrived", "absent", "excused"])
def test_only_completed_attendance_is_confirmed(state):
    with pytest.raises(NothingToConfirmError):
        confirm_attendance(attendance=AttendanceFactory(state=state, minutes=None), by=UserFactory())


@pytest.mark.parametrize(
    "change",
    [
        lambda record: {"confirmed_by": record.recorded_by},
        lambda record: {"confirmed_by": record.member},
        lambda record: {"confirmed_by": None},
        lambda record: {"confirmed_at": None},
        lambda record: {"minutes": 0},
        lambda record: {"state": "reversed"},
        lambda record: {"state": "unheard of"},
    ],
    ids=["recorder", "self", "nobody", "no time", "no minutes", "no reason", "no such state"],
)
def test_the_database_refuses_what_no_second_person_stands_by(change):
    record = ServiceRecordFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceRecord.objects.filter(pk=record.pk).update(**change(record))


def test_the_database_refuses_two_records_of_one_attendance():
    record = ServiceRecordFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceRecordFactory(attendance=record.attendance, member=record.member)


@pytest.mark.parametrize(
    ("confirmed_on", "last_day"),
    [
        (date(2026, 5, 4), date(2026, 5, 7)),  # Monday → Thursday
        (date(2026, 5, 6), date(2026, 5, 11)),  # Wednesday → over a weekend
        (date(2026, 5, 8), date(2026, 5, 13)),  # Friday
        (date(2026, 5, 9), date(2026, 5, 13)),  # Saturday
        (date(2026, 12, 31), date(2027, 1, 5)),  # over the new year
    ],
)
def test_objections_have_three_working_days(confirmed_on, last_day):
    assert last_day_of_objection(confirmed_on) == last_day


def test_objections_have_as_many_working_days_as_set(settings):
    settings.OBJECTION_WORKING_DAYS = 5

    assert last_day_of_objection(date(2026, 5, 4)) == date(2026, 5, 11)


def test_records_are_posted_once_the_time_for_objections_is_over():
    record = ServiceRecordFactory()
    day_after = record.objections_until + timedelta(days=1)

    assert post_records(today=record.objections_until) == 0
    assert post_records(today=day_after) == 1
    assert post_records(today=day_after) == 0

    record.refresh_from_db()
    assert record.state == RecordState.POSTED
    assert logged(record) == ["records.servicerecord.posted"]


def test_reversed_records_are_never_posted():
    record = ServiceRecordFactory(reversed=True)

    assert post_records(today=record.objections_until + timedelta(days=9)) == 0


@pytest.mark.parametrize("posted", [False, True])
def test_reversing_takes_the_minutes_out_and_keeps_the_row(posted):
    record = ServiceRecordFactory(posted=posted)
    by = UserFactory()

    reverse(record=record, by=by, reason=" 时长写错了。 ")
    reverse(record=record, by=by, reason="又一次。")

    record.refresh_from_db()
    assert (record.state, record.reversal_reason, record.minutes) == (RecordState.REVERSED, "时长写错了。", 120)
    assert counted_minutes(record.member) == 0
    assert record.member.inbox_messages.get().body == "点开看原因。"
    assert logged(record) == ["records.servicerecord.reversed"]


def test_reversing_lets_the_attendance_be_corrected_and_confirmed_again():
    attendance = AttendanceFactory()
    record = confirm_attendance(attendance=attendance, by=UserFactory())
    reverse(record=record, by=UserFactory(), reason="时长写错了。")

    corrected = record_attendance(sign_up=attendance.sign_up, by=UserFactory(), state="completed", minutes=60)
    confirm_attendance(attendance=corrected, by=UserFactory())

    assert counted_minutes(attendance.sign_up.member) == 60


def test_what_was_taken_out_does_not_count_again_until_it_is_noted_anew():
    attendance = AttendanceFactory()
    by = PostFactory(area=attendance.sign_up.shift.activity.area).person
    reverse(record=confirm_attendance(attendance=attendance, by=by), by=UserFactory(), reason="那天没有来。")

    assert not records_to_confirm(by).exists()
    with pytest.raises(TakenOutError):
        confirm_attendance(attendance=attendance, by=by)
    attendance.refresh_from_db()
    assert (counted_minutes(attendance.sign_up.member), attendance.closed_at) == (0, None)

    record_attendance(sign_up=attendance.sign_up, by=UserFactory(), state="completed", minutes=60)
    assert list(records_to_confirm(by)) == [attendance]


def test_a_reversed_own_service_goes_back_to_its_member():
    record = OwnServiceRecordFactory()

    assert reverse(record=record, by=UserFactory(), reason="时长写错了。").state == RecordState.REVERSED
    record.own_service.refresh_from_db()
    assert (record.own_service.state, record.own_service.reason) == ("asked_back", "时长写错了。")


def test_reversing_is_refused_without_a_reason():
    with pytest.raises(ReasonMissingError):
        reverse(record=ServiceRecordFactory(), by=UserFactory(), reason=" ")


def test_nobody_reverses_their_own_record():
    record = ServiceRecordFactory()

    with pytest.raises(OwnServiceError):
        reverse(record=record, by=record.member, reason="时长写错了。")
