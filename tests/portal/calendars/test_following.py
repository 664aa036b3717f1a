"""A street becomes another, and its service days to come follow."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.calendars.actions import call_day
from portal.calendars.enums import DayState
from portal.calendars.errors import NotYoursError
from portal.calendars.queries import rows_of
from portal.organisations.actions import merge_areas
from tests.factories.activities import ShiftFactory
from tests.factories.calendars import ServiceDayFactory
from tests.factories.organisations import CommunityFactory, DistrictFactory, PostFactory, StreetFactory
from tests.portal.activities.logs import logged

pytestmark = pytest.mark.django_db


@pytest.fixture
def streets():
    district = DistrictFactory()
    return StreetFactory(above=district), StreetFactory(above=district)


def test_days_to_come_follow_and_those_of_before_stay(streets):
    before, after = streets
    ahead = ServiceDayFactory(area=before)
    past = ServiceDayFactory(area=before, day=timezone.localdate() - timedelta(days=1))
    shift = ShiftFactory(activity__area=CommunityFactory(above=before), starts_at=timezone.now() + timedelta(days=10))

    merge_areas(areas=[before], into=after, by=None)

    ahead.refresh_from_db()
    past.refresh_from_db()
    assert (ahead.area, past.area) == (after, before)
    assert logged(ahead) == ["calendars.serviceday.followed"]
    assert [row.item.uid for row in rows_of(ahead)] == [f"{shift.activity.code}-{shift.pk}"]


def test_two_on_one_day_are_one(streets):
    before, after = streets
    added = ShiftFactory(activity__area=CommunityFactory(above=before)).activity
    one, other = ServiceDayFactory(area=before), ServiceDayFactory(area=after)
    one.added.add(added)

    merge_areas(areas=[before], into=after, by=None)

    one.refresh_from_db()
    assert (one.area, one.state) == (before, DayState.CALLED_OFF)
    assert list(other.added.all()) == [added]


def test_none_is_called_in_what_has_just_ended(streets):
    before, after = streets
    by = PostFactory(area=before, supervisor=True).person
    merge_areas(areas=[before], into=after, by=None)

    with pytest.raises(NotYoursError):  # the form was opened before
        call_day(area=before, by=by, day=timezone.localdate(), name="服务日")
    assert call_day(area=after, by=by, day=timezone.localdate(), name="服务日").area == after
