"""Service records, what members log themselves, and objections."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from portal.records.enums import HintRule, HintState, OwnServiceState, RecordState
from portal.records.models import Hint, Objection, OwnService, ServiceRecord
from portal.records.queries import last_day_of_objection
from tests.factories.activities import AttendanceFactory
from tests.factories.members import UserFactory
from tests.factories.organisations import CommunityFactory


class ServiceRecordFactory(DjangoModelFactory):
    """A confirmed record of two hours today; ``posted=True`` for one nobody objected to."""

    class Meta:
        model = ServiceRecord

    class Params:
        posted = factory.Trait(state=RecordState.POSTED)
        reversed = factory.Trait(state=RecordState.REVERSED, reversal_reason="时长写错了。")

    member = factory.SubFactory(UserFactory)
    attendance = factory.SubFactory(
        AttendanceFactory,
        sign_up__member=factory.SelfAttribute("...member"),
        minutes=factory.SelfAttribute("..minutes"),
        closed_at=factory.LazyFunction(timezone.now),
    )
    area = factory.SelfAttribute("attendance.sign_up.shift.activity.area")
    title = factory.SelfAttribute("attendance.sign_up.shift.activity.title")
    served_on = factory.LazyFunction(timezone.localdate)
    minutes = 120
    state = RecordState.CONFIRMED
    recorded_by = factory.SelfAttribute("attendance.recorded_by")
    confirmed_by = factory.SubFactory(UserFactory)
    confirmed_at = factory.LazyFunction(timezone.now)
    objections_until = factory.LazyFunction(lambda: last_day_of_objection(timezone.localdate()))


class OwnServiceFactory(DjangoModelFactory):
    """An hour of yesterday a member logged and sent; ``draft=True`` for one that was not sent."""

    class Meta:
        model = OwnService

    class Params:
        draft = factory.Trait(state=OwnServiceState.DRAFT, submitted_at=None)
        asked_back = factory.Trait(state=OwnServiceState.ASKED_BACK, reason="请写明地点。")

    member = factory.SubFactory(UserFactory)
    area = factory.SubFactory(CommunityFactory)
    title = "帮楼上老人买药"
    place = "三号楼"
    starts_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))
    minutes = 60
    ends_at = factory.LazyAttribute(lambda service: service.starts_at + timedelta(minutes=service.minutes))
    state = OwnServiceState.SUBMITTED
    recorded_by = factory.SelfAttribute("member")
    submitted_at = factory.LazyFunction(timezone.now)


class OwnServiceRecordFactory(ServiceRecordFactory):
    """A record that came from what somebody logged themselves."""

    attendance = None
    own_service = factory.SubFactory(
        OwnServiceFactory,
        member=factory.SelfAttribute("..member"),
        minutes=factory.SelfAttribute("..minutes"),
        state=OwnServiceState.CONFIRMED,
    )
    area = factory.SelfAttribute("own_service.area")
    title = factory.SelfAttribute("own_service.title")
    recorded_by = factory.SelfAttribute("own_service.recorded_by")


class ObjectionFactory(DjangoModelFactory):
    """An open objection; its record's period stands still."""

    class Meta:
        model = Objection

    record = factory.SubFactory(ServiceRecordFactory, paused_on=factory.LazyFunction(timezone.localdate))
    objector = factory.SubFactory(UserFactory)
    reason = "那天他只来了一个小时。"


class HintFactory(DjangoModelFactory):
    """A long day nobody has looked at yet."""

    class Meta:
        model = Hint

    rule = HintRule.LONG_DAY
    version = 1
    key = factory.Sequence(str)
    area = factory.SubFactory(CommunityFactory)
    member = factory.SubFactory(UserFactory)
    facts = factory.LazyFunction(lambda: {"day": timezone.localdate().isoformat(), "minutes": 1000})
    state = HintState.OPEN
