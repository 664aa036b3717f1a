"""Service records, each from an attendance a second person stood by."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from portal.records.enums import RecordState
from portal.records.models import ServiceRecord
from portal.records.queries import last_day_of_objection
from tests.factories.activities import AttendanceFactory
from tests.factories.members import UserFactory


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
