"""Who comes without a place gets one that is free."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.activities.actions import walk_in
from portal.activities.enums import SignUpMode, SignUpState
from portal.activities.errors import (
    AttendanceNotOpenError,
    NeedsConsentError,
    NoPlaceLeftError,
    ShiftIsOverError,
    ShiftsOverlapError,
    SignUpError,
)
from portal.activities.models import SignUp
from tests.factories.activities import GroupPlacesFactory, PositionFactory, ShiftFactory, SignUpFactory
from tests.factories.members import UserFactory
from tests.portal.activities.logs import logged

pytestmark = pytest.mark.django_db


def test_who_comes_without_a_place_gets_a_free_one_after_the_start():
    shift, member, by = ShiftFactory(begun=True, capacity=1), UserFactory(), UserFactory()

    sign_up = walk_in(shift=shift, member=member, by=by)
    again = walk_in(shift=shift, member=member, by=by)

    assert (sign_up.state, again.pk) == (SignUpState.CONFIRMED, sign_up.pk)
    assert sign_up.shift.places_taken == 1
    assert logged(sign_up) == ["activities.signup.confirmed"]
    with pytest.raises(NoPlaceLeftError):
        walk_in(shift=shift, member=UserFactory(), by=by)


def test_who_comes_after_giving_back_a_place_of_the_unit_takes_one_of_the_shift():
    group = GroupPlacesFactory(shift__begun=True)
    before = SignUpFactory(shift=group.shift, group=group, state=SignUpState.WITHDRAWN)

    assert walk_in(shift=group.shift, member=before.member, by=UserFactory()).group is None

    group.shift.refresh_from_db()
    assert group.shift.places_taken == group.held + 1


def test_before_the_start_nobody_overtakes_the_queue():
    shift = ShiftFactory(starts_at=timezone.now() + timedelta(minutes=30), capacity=1)
    SignUpFactory(shift=shift)
    member = UserFactory()

    with pytest.raises(NoPlaceLeftError):
        walk_in(shift=shift, member=member, by=member)

    assert not SignUp.objects.filter(member=member).exists()


def test_before_the_start_nobody_overtakes_the_queue_of_a_position():
    shift = ShiftFactory(starts_at=timezone.now() + timedelta(minutes=30))
    wanted, other = PositionFactory(shift=shift, capacity=2), PositionFactory(shift=shift, capacity=1)
    waiting = SignUpFactory(shift=shift, position=wanted, waiting=True)
    member = UserFactory()

    assert walk_in(shift=shift, member=member, by=member).position == other
    with pytest.raises(NoPlaceLeftError):
        walk_in(shift=shift, member=UserFactory(), by=member)
    assert walk_in(shift=shift, member=waiting.member, by=member).position == wanted


def test_before_the_start_a_kept_place_is_taken():
    shift = ShiftFactory(starts_at=timezone.now() + timedelta(minutes=30), capacity=1)
    offered = SignUpFactory(shift=shift, offered=True)

    assert walk_in(shift=shift, member=offered.member, by=offered.member).state == SignUpState.CONFIRMED


def test_where_an_organiser_decides_nobody_walks_in_by_themselves():
    shift, member = ShiftFactory(begun=True), UserFactory()
    shift.activity.mode = SignUpMode.ON_REQUEST
    shift.activity.save()

    with pytest.raises(NeedsConsentError):
        walk_in(shift=shift, member=member, by=member)
    assert walk_in(shift=shift, member=member, by=UserFactory()).state == SignUpState.CONFIRMED


def test_a_shift_with_positions_gives_one_that_is_free():
    shift = ShiftFactory(begun=True)
    full, free = PositionFactory(shift=shift, capacity=1, places_taken=1), PositionFactory(shift=shift, capacity=1)
    member = UserFactory()

    assert walk_in(shift=shift, member=member, by=member).position == free
    free.refresh_from_db()
    assert (full.places_taken, free.places_taken) == (1, 1)
    with pytest.raises(NoPlaceLeftError):
        walk_in(shift=shift, member=UserFactory(), by=member)


def test_who_may_not_sign_up_may_not_walk_in():
    member = UserFactory(is_active=False)

    with pytest.raises(SignUpError):
        walk_in(shift=ShiftFactory(begun=True), member=member, by=UserFactory())


def test_who_still_waits_when_it_has_begun_gets_a_place_that_is_free():
    shift = ShiftFactory(begun=True, capacity=1)
    waiting = SignUpFactory(shift=shift, waiting=True)

    assert walk_in(shift=shift, member=waiting.member, by=waiting.member).state == SignUpState.CONFIRMED


def test_walking_in_has_a_beginning_an_end_and_no_overlap():
    member = UserFactory()
    SignUpFactory(shift=ShiftFactory(begun=True), member=member)

    for shift, refusal in (
        (ShiftFactory(begun=True), ShiftsOverlapError),
        (ShiftFactory(), AttendanceNotOpenError),
        (ShiftFactory(starts_at=timezone.now() - timedelta(hours=4)), ShiftIsOverError),
    ):
        with pytest.raises(refusal):
            walk_in(shift=shift, member=member, by=member)


def test_who_was_named_by_a_unit_and_withdrew_walks_in_by_themselves():
    group = GroupPlacesFactory(shift__begun=True)
    mine = SignUpFactory(shift=group.shift, group=group, state=SignUpState.WITHDRAWN)

    came = walk_in(shift=group.shift, member=mine.member, by=UserFactory())

    assert (came.state, came.group) == (SignUpState.CONFIRMED, None)
