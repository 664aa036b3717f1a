"""What an organiser's first page counts."""

import pytest

from portal.dashboard.queries.organisers import organiser_desk
from tests.factories.activities import AttendanceFactory, ShiftFactory, SignUpFactory
from tests.factories.organisations import CommunityFactory, PostFactory

pytestmark = pytest.mark.django_db


def test_an_organiser_counts_the_activities_where_attendance_is_open():
    area = CommunityFactory()
    begun = ShiftFactory(past=True, activity__area=area)
    SignUpFactory.create_batch(2, shift=begun)
    AttendanceFactory(sign_up__shift=begun)
    SignUpFactory(shift__past=True)

    desk = organiser_desk(PostFactory(area=area).person)

    assert (desk.to_attend, desk.has_something_waiting) == (1, True)
