"""Two accounts become one while others confirm and correct the same hours: nobody waits for each other crosswise."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from portal.activities.models import Attendance
from portal.members.models import User
from portal.personal_data.actions import merge
from portal.records.actions import confirm_attendance, reverse
from portal.records.enums import COUNTS
from portal.records.errors import RecordError
from portal.records.models import ServiceRecord
from tests.concurrency.race import race
from tests.factories.activities import AttendanceFactory, ShiftFactory
from tests.factories.members import UserFactory
from tests.factories.records import ServiceRecordFactory

pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("committed")]

PAIRS = 3


def confirmed(attendance: Attendance, by: User) -> None:
    try:
        confirm_attendance(attendance=attendance, by=by)
    except RecordError:  # it was forgotten for that of the other account, or counts already
        return


def test_merging_waits_for_nobody_crosswise_and_no_minute_counts_twice():
    turns: list[Callable[[], object]] = []
    accounts = [(UserFactory(), UserFactory()) for _ in range(PAIRS)]
    organiser = UserFactory()
    for gone, kept in accounts:
        own = AttendanceFactory(sign_up__member=kept, minutes=60)
        theirs = AttendanceFactory(sign_up__member=gone, sign_up__shift=own.sign_up.shift, minutes=60)
        before = ShiftFactory(
            past=True, starts_at=own.sign_up.shift.starts_at - timedelta(days=1)
        )  # its time is its own
        wrong = ServiceRecordFactory(member=gone, attendance__sign_up__member=gone, attendance__sign_up__shift=before)
        turns += [
            lambda theirs=theirs: confirmed(theirs, organiser),
            lambda gone=gone, kept=kept: merge(gone=gone, kept=kept, by=kept, organiser=organiser),
            lambda own=own: confirmed(own, organiser),
            lambda wrong=wrong: reverse(record=wrong, by=organiser, reason="记错了人。"),
        ]

    race(lambda turn: turn(), turns, threads=len(turns))

    for gone, kept in accounts:
        counted = ServiceRecord.objects.filter(member__in=(gone, kept), state__in=COUNTS)
        assert list(counted.values_list("minutes", flat=True)) == [60]
