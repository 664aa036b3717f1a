"""Every reason of the enum refuses somebody here, by its own words; a reason nobody meets has no place in the enum."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from portal.activities.actions import (
    accept_offer,
    ask_for_cover,
    hold_places,
    name_member,
    record_attendance,
    release_places,
    sign_up,
    take_cover,
    withdraw,
)
from portal.activities.enums import Refusal
from portal.activities.errors import SignUpError
from portal.activities.models import CoverAsk, Shift
from tests.factories.activities import ShiftFactory, SignUpFactory
from tests.factories.members import HomeMembershipFactory, UserFactory
from tests.factories.organisations import UnitFactory
from tests.portal.activities.test_exceptions import SCENES as EXCEPTIONS

pytestmark = pytest.mark.django_db

SCENES: dict[Refusal, Callable[..., object]] = {}


def scene(reason: Refusal) -> Callable[[Callable[..., object]], Callable[..., object]]:
    def remember(make: Callable[..., object]) -> Callable[..., object]:
        SCENES[reason] = make
        return make

    return remember


def come(shift: Shift, **how: Any) -> object:
    return sign_up(shift=shift, member=how.pop("member", None) or UserFactory(), **how)


@scene(Refusal.ARRIVED)
def _arrived(settings):
    mine = SignUpFactory(shift__starts_at=timezone.now() + timedelta(minutes=30))
    record_attendance(sign_up=mine, by=UserFactory(), state="arrived")
    withdraw(sign_up=mine, by=mine.member)


@scene(Refusal.WITHDRAW_CLOSED)
def _withdraw_closed(settings):
    mine = SignUpFactory(shift__starts_at=timezone.now() + timedelta(hours=1))
    withdraw(sign_up=mine, by=mine.member)


@scene(Refusal.OFFER_LAPSED)
def _offer_lapsed(settings):
    accept_offer(sign_up=SignUpFactory(waiting=True), by=UserFactory())


@scene(Refusal.COVER_TAKEN)
def _cover_taken(settings):
    mine = SignUpFactory()
    take_cover(request=ask_for_cover(sign_up=mine, by=mine.member), by=UserFactory())


@scene(Refusal.COMES_ALREADY)
def _comes_already(settings):
    mine = SignUpFactory()
    other = SignUpFactory(shift=mine.shift)
    request = ask_for_cover(sign_up=mine, by=mine.member)
    CoverAsk.objects.create(request=request, member=other.member)
    take_cover(request=request, by=other.member)


@scene(Refusal.COVER_UNEVEN)
def _uneven(settings):
    mine = SignUpFactory()
    later = ShiftFactory(activity=mine.shift.activity, starts_at=mine.shift.ends_at)
    other = SignUpFactory(shift=later, places=2)
    request = ask_for_cover(sign_up=mine, by=mine.member, wanted=later)
    CoverAsk.objects.create(request=request, member=other.member)
    take_cover(request=request, by=other.member)


@scene(Refusal.NOT_CONFIRMED)
def _not_confirmed(settings):
    mine = SignUpFactory(waiting=True)
    ask_for_cover(sign_up=mine, by=mine.member)


def held(shift: Shift | None = None, places: int = 1):
    shift = shift or ShiftFactory()
    return hold_places(shift=shift, unit=UnitFactory(), by=UserFactory(), held=places, name_until=shift.starts_at)


@scene(Refusal.NOT_OF_THE_UNIT)
def _not_of_the_unit(settings):
    name_member(group=held(), member=UserFactory(), by=UserFactory())


@scene(Refusal.GROUP_CLOSED)
def _group_closed(settings):
    group = release_places(group=held(), by=UserFactory())
    name_member(group=group, member=UserFactory(), by=UserFactory())


@scene(Refusal.GROUP_FULL)
def _group_full(settings):
    group = held()
    for _ in range(2):
        name_member(group=group, member=HomeMembershipFactory(unit=group.unit).person, by=UserFactory())


@scene(Refusal.GROUP_HELD)
def _group_held(settings):
    group = held()
    hold_places(shift=group.shift, unit=group.unit, by=UserFactory(), held=1, name_until=group.name_until)


@scene(Refusal.UNIT_ENDED)
def _unit_ended(settings):
    shift, unit = ShiftFactory(), UnitFactory(ends_on=timezone.localdate())
    hold_places(shift=shift, unit=unit, by=UserFactory(), held=1, name_until=shift.starts_at)


@scene(Refusal.GROUP_TOO_LARGE)
def _group_too_large(settings):
    held(ShiftFactory(capacity=2), places=3)


def test_every_reason_is_met():
    assert set(SCENES) | set(EXCEPTIONS) == set(Refusal)


@pytest.mark.parametrize("reason", SCENES, ids=str)
def test_the_refusal_names_this_reason_in_its_own_words(reason, settings):
    with pytest.raises(SignUpError) as refused:
        SCENES[reason](settings)

    assert refused.value.reason == reason
    assert refused.value.message
    assert "%(" not in refused.value.message
