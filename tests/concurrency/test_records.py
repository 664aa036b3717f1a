"""Two people confirm the same hours in the same moment: one does, the other is told so, the minutes count once."""

import pytest

from portal.activities.models import Attendance
from portal.members.models import User
from portal.records.actions import confirm_attendance
from portal.records.errors import AlreadyConfirmedError
from portal.records.models import ServiceRecord
from tests.concurrency.race import race
from tests.factories.activities import AttendanceFactory
from tests.factories.members import UserFactory

pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("committed")]


def test_two_confirm_the_same_attendance_at_once_and_it_counts_once():
    pairs = [(AttendanceFactory(minutes=95), UserFactory()) for _ in range(4)]
    turns = [(attendance, by) for attendance, one in pairs for by in (one, UserFactory())]

    def confirm(turn: tuple[Attendance, User]) -> str:
        try:
            confirm_attendance(attendance=turn[0], by=turn[1])
        except AlreadyConfirmedError:
            return "refused"
        return "confirmed"

    answers = race(confirm, turns, threads=len(turns))

    assert [sorted(answers[n : n + 2]) for n in range(0, len(turns), 2)] == [["confirmed", "refused"]] * 4
    assert list(ServiceRecord.objects.values_list("minutes", flat=True)) == [95] * 4
