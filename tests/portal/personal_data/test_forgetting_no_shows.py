"""A no-show that is past its time is forgotten in the log, too."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.activities.actions import explain_absence, record_attendance, undo_attendance
from portal.activities.enums import AttendanceState
from portal.activities.models import Attendance
from portal.personal_data.actions import retain
from tests.factories.activities import ShiftFactory, SignUpFactory
from tests.factories.members import UserFactory
from tests.factories.personal_data import LegalHoldFactory
from tests.factories.records import ServiceRecordFactory

pytestmark = pytest.mark.django_db

ABSENT = AttendanceState.ABSENT
LINES = "no_show_lines"


@pytest.fixture
def missed():
    sign_up = SignUpFactory(shift=ShiftFactory(past=True))
    return record_attendance(sign_up=sign_up, by=UserFactory(), state=ABSENT)


def lines(*, who_is_said: bool = True):
    found = ModelLogEntry.objects.filter(action__startswith="activities.attendance.")
    return found.exclude(label="") if who_is_said else found.filter(label="")


def after(days, settings, **how):
    now = timezone.now() + timedelta(days=settings.NO_SHOW_KEPT_DAYS + days)
    (outcome,) = [one for one in retain(now=now, **how) if one.key == LINES]
    return outcome.due, outcome.gone


def test_the_log_forgets_who_was_absent_with_the_absence(missed, settings):
    organiser = missed.recorded_by
    with time_machine.travel(timezone.now() + timedelta(days=20), tick=False):
        explain_absence(attendance=missed, text="在外地。")

    assert after(-1, settings) == (0, 0)
    assert after(1, settings, dry_run=True) == (2, 0)
    assert lines().count() == 2
    assert Attendance.objects.exists()
    assert after(1, settings) == (2, 2)
    assert after(1, settings) == (0, 0)

    assert not Attendance.objects.exists()
    assert not lines().exists()
    noted, said = lines(who_is_said=False).order_by("timestamp")
    assert (noted.action, noted.user, noted.object_id, noted.data) == (
        "activities.attendance.absent",
        organiser,
        "0",
        {},
    )
    assert said.user is None  # it was the one who had been absent


def test_one_taken_back_is_forgotten_and_what_came_of_it_stays(missed, settings):
    by = UserFactory()
    undo_attendance(sign_up=missed.sign_up, by=by)
    record_attendance(sign_up=missed.sign_up, by=by, state=AttendanceState.COMPLETED)

    assert after(-1, settings) == (0, 0)
    assert after(1, settings) == (2, 2)

    assert [line.action for line in lines()] == ["activities.attendance.completed"]
    assert Attendance.objects.get().state == AttendanceState.COMPLETED


def test_what_a_law_or_a_record_keeps_is_remembered(missed, settings):
    hold = LegalHoldFactory(person=missed.sign_up.member)
    assert after(1, settings) == (0, 0)
    hold.delete()
    record = ServiceRecordFactory(attendance=missed)
    assert after(1, settings) == (0, 0)

    record.delete()
    assert after(1, settings) == (1, 1)
