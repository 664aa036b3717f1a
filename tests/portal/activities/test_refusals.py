"""Every reason of the enum refuses somebody here, by its own words; a reason nobody meets has no place in the enum."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from portal.activities.actions import (
    accept_offer,
    ask_for_cover,
    call_off_shift,
    cancel,
    hold_places,
    name_member,
    record_attendance,
    release_places,
    sign_up,
    take_cover,
    withdraw,
)
from portal.activities.enums import Refusal, SignUpMode
from portal.activities.errors import SignUpError
from portal.activities.models import CoverAsk, Shift
from portal.members.enums import Skill
from tests.factories.activities import ActivityFactory, PositionFactory, ShiftFactory, SignUpFactory
from tests.factories.members import HomeMembershipFactory, ProfileFactory, UserFactory
from tests.factories.organisations import UnitFactory
from tests.portal.activities.queues import full_shift

pytestmark = pytest.mark.django_db

# Met in the tests of the entry rules, where their models are.
ENTRY_RULES = {Refusal.AUDIENCE, Refusal.AGE, Refusal.TRAINING, Refusal.TEAM, Refusal.GRID}
SCENES: dict[Refusal, Callable[..., object]] = {}


def scene(reason: Refusal) -> Callable[[Callable[..., object]], Callable[..., object]]:
    def remember(make: Callable[..., object]) -> Callable[..., object]:
        SCENES[reason] = make
        return make

    return remember


def come(shift: Shift, **how: Any) -> object:
    return sign_up(shift=shift, member=how.pop("member", None) or UserFactory(), **how)


@scene(Refusal.NOT_PUBLISHED)
def _draft(settings):
    come(ShiftFactory(activity__draft=True))


@scene(Refusal.CANCELLED)
def _cancelled(settings):
    come(ShiftFactory(activity__cancelled=True))


@scene(Refusal.CALLED_OFF)
def _called_off(settings):
    shift = ShiftFactory()
    ShiftFactory(activity=shift.activity)
    come(call_off_shift(shift=shift, by=shift.activity.created_by, reason="场地停电。"))


@scene(Refusal.STARTED)
def _started(settings):
    come(ShiftFactory(past=True))


@scene(Refusal.NOT_OPEN_YET)
def _not_open(settings):
    come(ShiftFactory(activity__sign_up_opens_at=timezone.now() + timedelta(hours=1)))


@scene(Refusal.CLOSED)
def _closed(settings):
    come(ShiftFactory(activity__sign_up_closes_at=timezone.now() - timedelta(hours=1)))


@scene(Refusal.OVERLAP)
def _overlap(settings):
    mine = SignUpFactory()
    come(ShiftFactory(starts_at=mine.shift.ends_at - timedelta(minutes=1)), member=mine.member)


@scene(Refusal.TRAVEL)
def _travel(settings):
    settings.TRAVEL_GAP_MINUTES = 30
    mine = SignUpFactory()
    come(ShiftFactory(starts_at=mine.shift.ends_at, activity__place="别处"), member=mine.member)


@scene(Refusal.NOT_INVITED)
def _not_invited(settings):
    come(ShiftFactory(activity__mode=SignUpMode.INVITED))


@scene(Refusal.ACCOUNT)
def _account(settings):
    come(ShiftFactory(), member=UserFactory(is_active=False))


@scene(Refusal.POSITION_NEEDED)
def _position(settings):
    come(PositionFactory().shift)


@scene(Refusal.SKILL)
def _skill(settings):
    desk = PositionFactory(skill=Skill.LAW)
    able = ProfileFactory().person
    able.profile.known_skills.create(skill=Skill.LAW)
    come(desk.shift, position=desk, member=able)
    come(desk.shift, position=desk)


@scene(Refusal.FULL)
def _full(settings):
    come(SignUpFactory(shift=ShiftFactory(capacity=1, activity__queue_policy="none")).shift)


@scene(Refusal.COMPANIONS)
def _companions(settings):
    come(ShiftFactory(activity__companions_limit=1), companions=2)


@scene(Refusal.TOO_LARGE)
def _too_large(settings):
    come(ShiftFactory(capacity=2, activity__companions_limit=5), companions=2)


@scene(Refusal.OVERLOAD)
def _overload(settings):
    settings.OVERLOAD_IS_REFUSED, settings.WEEKLY_MINUTES_LIMIT = True, 119
    come(ShiftFactory())


@scene(Refusal.REST)
def _rest(settings):
    settings.OVERLOAD_IS_REFUSED, settings.REST_HOURS = True, 30
    mine = SignUpFactory()
    come(ShiftFactory(starts_at=mine.shift.starts_at + timedelta(days=1)), member=mine.member)


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


@scene(Refusal.GROUP_TOO_LARGE)
def _group_too_large(settings):
    held(ShiftFactory(capacity=2), places=3)


def test_every_reason_is_met():
    assert set(SCENES) | ENTRY_RULES == set(Refusal)


@pytest.mark.parametrize("reason", SCENES, ids=str)
def test_the_refusal_names_this_reason_in_its_own_words(reason, settings):
    with pytest.raises(SignUpError) as refused:
        SCENES[reason](settings)

    assert refused.value.reason == reason
    assert refused.value.message
    assert "%(" not in refused.value.message


@pytest.mark.parametrize("reason", [Refusal.NOT_OPEN_YET, Refusal.CLOSED, Refusal.NOT_INVITED], ids=str)
def test_an_organiser_may_set_aside_a_rule_with_a_reason_that_is_kept(reason):
    now = timezone.now()
    fields = {
        Refusal.NOT_OPEN_YET: {"sign_up_opens_at": now + timedelta(hours=1)},
        Refusal.CLOSED: {"sign_up_closes_at": now - timedelta(hours=1)},
        Refusal.NOT_INVITED: {"mode": SignUpMode.INVITED},
    }[reason]
    organiser = UserFactory()

    mine = sign_up(
        shift=ShiftFactory(activity=ActivityFactory(**fields)),
        member=UserFactory(),
        by=organiser,
        override_reason="现场人手不够。",
    )

    mine.refresh_from_db()
    assert (mine.state, mine.override_reason, mine.overridden_by) == ("confirmed", "现场人手不够。", organiser)


@pytest.mark.parametrize("reason", [Refusal.OVERLAP, Refusal.FULL])
def test_time_and_places_may_not_be_set_aside(reason):
    full, [holder], [_] = full_shift(activity__queue_policy="first_come")
    full.activity.queue_policy = "none"
    full.activity.save()
    shift = ShiftFactory(starts_at=full.starts_at) if reason == Refusal.OVERLAP else full
    member = holder.member if reason == Refusal.OVERLAP else UserFactory()

    with pytest.raises(SignUpError) as refused:
        sign_up(shift=shift, member=member, by=UserFactory(), override_reason="想来。")
    assert refused.value.reason == reason


def test_a_cancelled_activity_refuses_even_with_an_override():
    shift = ShiftFactory()
    cancel(activity=shift.activity, by=UserFactory(), reason="有雨。")

    with pytest.raises(SignUpError) as refused:
        sign_up(shift=shift, member=UserFactory(), by=UserFactory(), override_reason="想来。")
    assert refused.value.reason == Refusal.CANCELLED
