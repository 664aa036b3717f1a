from datetime import date

import pytest

from portal.records import queries
from tests.factories.activities import AttendanceFactory, ShiftFactory
from tests.factories.members import UserFactory
from tests.factories.organisations import PostFactory
from tests.factories.records import ServiceRecordFactory

pytestmark = pytest.mark.django_db


def test_minutes_count_once_confirmed_and_until_reversed():
    member = UserFactory()
    ServiceRecordFactory(member=member, minutes=30)
    ServiceRecordFactory(member=member, minutes=50, posted=True)
    ServiceRecordFactory(member=member, minutes=70, reversed=True)
    ServiceRecordFactory(member=member, minutes=90, state="recorded")
    ServiceRecordFactory()

    assert queries.counted_minutes(member) == 80
    assert queries.counted_minutes(UserFactory()) == 0


def test_a_year_counts_by_the_day_served():
    member = UserFactory()
    old = ServiceRecordFactory(member=member, served_on=date(2025, 12, 31), minutes=30)
    new = ServiceRecordFactory(member=member, served_on=date(2026, 1, 1), minutes=50)

    assert queries.counted_minutes(member, year=2025) == 30
    assert list(queries.records_of(member, year=2026)) == [new]
    assert list(queries.records_of(member)) == [new, old]
    assert queries.years_of(member) == [2026, 2025]


def test_the_queue_holds_completed_attendance_of_the_areas_reached():
    post = PostFactory()
    shift = ShiftFactory(past=True, activity__area=post.area)
    waiting = AttendanceFactory(sign_up__shift=shift)
    AttendanceFactory(sign_up__shift=shift, state="absent", minutes=None)
    ServiceRecordFactory(attendance__sign_up__shift=shift)
    AttendanceFactory()

    assert list(queries.records_to_confirm(post.person)) == [waiting]
    assert list(queries.shifts_to_confirm(post.person)) == [shift]
    assert not queries.records_to_confirm(UserFactory()).exists()


def test_confirmable_is_what_another_recorded_for_another():
    by = UserFactory()
    mine, recorded, other = (
        AttendanceFactory(sign_up__member=by),
        AttendanceFactory(recorded_by=by),
        AttendanceFactory(),
    )
    everything = type(mine).objects.all()

    assert list(queries.confirmable(everything, by=by)) == [other]
    assert [one for one in (mine, recorded, other) if not queries.why_not_confirm(one, by=by)] == [other]
