"""Back to back is allowed; the way between places and one's strength are minded."""

from datetime import timedelta

import pytest

from portal.activities.actions import sign_up
from portal.activities.enums import SignUpState, Strain
from tests.factories.activities import ShiftFactory, SignUpFactory
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db


def test_back_to_back_in_one_place_needs_no_gap(settings):
    settings.TRAVEL_GAP_MINUTES = 30
    mine = SignUpFactory()

    after = sign_up(shift=ShiftFactory(starts_at=mine.shift.ends_at), member=mine.member)

    assert after.state == SignUpState.CONFIRMED


def test_too_much_in_a_week_is_pointed_out_and_not_refused(settings):
    settings.WEEKLY_MINUTES_LIMIT = 119

    mine = sign_up(shift=ShiftFactory(), member=UserFactory())

    assert (mine.state, mine.strain) == (SignUpState.CONFIRMED, Strain.OVERLOAD)


def test_exactly_the_limit_is_no_strain(settings):
    settings.WEEKLY_MINUTES_LIMIT = 120

    assert sign_up(shift=ShiftFactory(), member=UserFactory()).strain == ""


def test_too_little_rest_between_days_is_pointed_out(settings, time_machine):
    time_machine.move_to("2026-05-04 09:00:00+08:00", tick=False)
    settings.REST_HOURS = 11
    evening = ShiftFactory(starts_at="2026-05-06T20:00+08:00", ends_at="2026-05-06T22:00+08:00")
    evening.refresh_from_db()
    morning = ShiftFactory(starts_at=evening.ends_at + timedelta(hours=10))
    member = UserFactory()

    sign_up(shift=evening, member=member)

    assert sign_up(shift=morning, member=member).strain == Strain.REST
