"""Activities with every notice item, shifts to come, and people who hold a place or wait for one."""

from datetime import timedelta
from typing import Any

import factory
from django.db.models import F
from django.utils import timezone
from factory.django import DjangoModelFactory

from portal.activities.enums import HOLDS_A_PLACE, ActivityState, AttendanceState, SignUpState
from portal.activities.models import Activity, Attendance, GroupPlaces, Position, Shift, SignUp
from tests.factories.members import UserFactory
from tests.factories.organisations import CommunityFactory, UnitFactory


class ActivityFactory(DjangoModelFactory):
    """A published activity; ``draft=True`` for one that could be published once it has a shift."""

    class Meta:
        model = Activity

    area = factory.SubFactory(CommunityFactory)
    code = factory.Sequence(lambda n: f"HD{n:06}")
    title = factory.Sequence(lambda n: f"楼道清洁第{n}次")
    place = "一号楼前"
    content = "一起清扫楼道，整理杂物。"
    conditions = "年满 18 周岁。"
    risks = "地面湿滑，小心摔倒。"
    safeguards = "提供手套和意外保险。"
    contact_name = "王敏"
    contact_phone = "010-5550 0100"
    state = ActivityState.PUBLISHED
    published_at = factory.LazyFunction(timezone.now)
    created_by = factory.SubFactory(UserFactory)

    class Params:
        draft = factory.Trait(state=ActivityState.DRAFT, published_at=None)
        cancelled = factory.Trait(
            state=ActivityState.CANCELLED, cancelled_at=factory.LazyFunction(timezone.now), cancel_reason="有大雨。"
        )


class ShiftFactory(DjangoModelFactory):
    """Two hours the day after tomorrow; ``begun=True`` for now, ``past=True`` for two hours that ended an hour ago."""

    class Meta:
        model = Shift

    activity = factory.SubFactory(ActivityFactory)
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=2))
    ends_at = factory.LazyAttribute(lambda shift: shift.starts_at + timedelta(hours=2))
    capacity = 10

    class Params:
        begun = factory.Trait(starts_at=factory.LazyFunction(lambda: timezone.now() - timedelta(minutes=30)))
        past = factory.Trait(starts_at=factory.LazyFunction(lambda: timezone.now() - timedelta(hours=3)))


class PositionFactory(DjangoModelFactory):
    """A part of a shift; the shift counts the sums of its positions."""

    class Meta:
        model = Position

    shift = factory.SubFactory(ShiftFactory)
    name = factory.Sequence(lambda n: f"岗位{n}")
    capacity = 5

    @classmethod
    def _create(cls, model_class: type[Position], *args: Any, **kwargs: Any) -> Position:
        position: Position = super()._create(model_class, *args, **kwargs)
        total = sum(position.shift.positions.values_list("capacity", flat=True))
        Shift.objects.filter(pk=position.shift_id).update(capacity=total)
        position.shift.refresh_from_db(fields=["capacity"])
        return position


class SignUpFactory(DjangoModelFactory):
    """Someone who has a place; the shift counts it. Other states by ``state=``."""

    class Meta:
        model = SignUp

    shift = factory.SubFactory(ShiftFactory)
    member = factory.SubFactory(UserFactory)
    state = SignUpState.CONFIRMED

    class Params:
        waiting = factory.Trait(state=SignUpState.WAITING, queued_at=factory.LazyFunction(timezone.now))
        offered = factory.Trait(
            state=SignUpState.OFFERED,
            queued_at=factory.LazyFunction(timezone.now),
            offered_until=factory.LazyFunction(lambda: timezone.now() + timedelta(hours=24)),
        )

    @classmethod
    def _create(cls, model_class: type[SignUp], *args: Any, **kwargs: Any) -> SignUp:
        sign_up: SignUp = super()._create(model_class, *args, **kwargs)
        if sign_up.state in HOLDS_A_PLACE:
            more = F("places_taken") + sign_up.places
            Shift.objects.filter(pk=sign_up.shift_id).update(places_taken=more)
            if sign_up.position_id:
                Position.objects.filter(pk=sign_up.position_id).update(places_taken=more)
            sign_up.shift.refresh_from_db(fields=["places_taken"])
        return sign_up


class AttendanceFactory(DjangoModelFactory):
    """Someone who came for the two hours, as an organiser noted."""

    class Meta:
        model = Attendance

    sign_up = factory.SubFactory(SignUpFactory, shift=factory.SubFactory(ShiftFactory, past=True))
    state = AttendanceState.COMPLETED
    minutes = 120
    recorded_by = factory.SubFactory(UserFactory)
    recorded_at = factory.LazyFunction(timezone.now)


class GroupPlacesFactory(DjangoModelFactory):
    """Two places a unit holds; the shift and its position count them."""

    class Meta:
        model = GroupPlaces

    shift = factory.SubFactory(ShiftFactory)
    unit = factory.SubFactory(UnitFactory)
    held = 2
    name_until = factory.LazyFunction(lambda: timezone.now() + timedelta(days=1))
    held_by = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class: type[GroupPlaces], *args: Any, **kwargs: Any) -> GroupPlaces:
        group: GroupPlaces = super()._create(model_class, *args, **kwargs)
        more = F("places_taken") + group.held
        Shift.objects.filter(pk=group.shift_id).update(places_taken=more)
        if group.position_id:
            Position.objects.filter(pk=group.position_id).update(places_taken=more)
        return group
