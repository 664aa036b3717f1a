"""Time served in both accounts of one person counts once, whether or not somebody had confirmed it yet."""

from datetime import timedelta

import pytest
from django.db.models import Sum

from portal.activities.enums import AttendanceState
from portal.activities.models import Attendance
from portal.notices.models import Message
from portal.records.actions import confirm_attendance, reverse
from portal.records.enums import COUNTS, RecordState
from portal.records.errors import ServiceOverlapsError
from portal.records.models import ServiceRecord
from tests.factories.activities import AttendanceFactory, ShiftFactory
from tests.factories.members import UserFactory
from tests.factories.records import OwnServiceRecordFactory, ServiceRecordFactory
from tests.portal.proxies.counter import agreed

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)


def test_time_served_twice_counts_once_and_is_shown(elder, hand_over, own):
    shift = ShiftFactory(past=True, activity__area=elder.area)
    theirs = ServiceRecordFactory(member=elder.person, attendance__sign_up__shift=shift)
    same = ServiceRecordFactory(member=own, attendance__sign_up__shift=shift)
    at_home = OwnServiceRecordFactory(
        member=elder.person, own_service__starts_at=shift.starts_at, own_service__recorded_by=UserFactory()
    )

    done = agreed(hand_over)

    for record in (theirs, same, at_home):
        record.refresh_from_db()
    assert [record.state for record in (theirs, same, at_home)] == [
        RecordState.REVERSED,
        RecordState.CONFIRMED,
        RecordState.REVERSED,
    ]
    assert sorted(done.served_twice) == sorted([theirs.pk, at_home.pk])
    assert theirs.attendance.sign_up.member == elder.person
    assert Attendance.objects.get(pk=theirs.attendance_id).state == AttendanceState.EXPECTED
    assert "2 次服务时间重叠" in Message.objects.get(recipient=hand_over.asked_by).body


def test_what_nobody_had_confirmed_yet_counts_once_too(elder, hand_over, own):
    organiser, shift = hand_over.asked_by, ShiftFactory(past=True, activity__area=elder.area)
    theirs = AttendanceFactory(sign_up__member=elder.person, sign_up__shift=shift)
    later = ShiftFactory(past=True, starts_at=shift.starts_at + timedelta(minutes=30))
    mine = AttendanceFactory(sign_up__member=own, sign_up__shift=later)
    # Of one shift both came to, the other account's is confirmed and stays with it; this one nobody may confirm.
    same = AttendanceFactory(
        sign_up__member=own, sign_up__shift=ShiftFactory(past=True, starts_at=shift.starts_at - WEEK)
    )
    closed = ServiceRecordFactory(member=elder.person, attendance__sign_up__shift=same.sign_up.shift)

    agreed(hand_over)

    assert confirm_attendance(attendance=theirs, by=organiser).member == own
    with pytest.raises(ServiceOverlapsError, match=shift.activity.title):
        confirm_attendance(attendance=mine, by=organiser)
    with pytest.raises(ServiceOverlapsError, match=closed.attendance.sign_up.shift.activity.title):
        confirm_attendance(attendance=same, by=organiser)
    assert (
        ServiceRecord.objects.filter(state__in=COUNTS).aggregate(total=Sum("minutes"))["total"]
        == theirs.minutes + closed.minutes
    )
    reverse(record=ServiceRecord.objects.get(attendance=theirs), by=organiser, reason="应当算另一次。")
    assert confirm_attendance(attendance=mine, by=organiser).member == own
