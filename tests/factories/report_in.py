"""Report-ins in each state."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from portal.members.models import HomeMembership, User
from portal.report_in.enums import (
    LeaveKind,
    LeaveState,
    ReportInKind,
    ReportInState,
    TemporaryReason,
    UnitReportInState,
)
from portal.report_in.models import Leave, MemberReportIn, UnitReportIn
from tests.factories.members import HomeMembershipFactory, UserFactory
from tests.factories.organisations import CommunityFactory, UnitFactory


class MemberReportInFactory(DjangoModelFactory):
    """A member of a unit who waits for a community; ``accepted=True`` for one who was received.

    ``person`` gets a home unit unless they have one.
    """

    class Meta:
        model = MemberReportIn

    person = factory.SubFactory(UserFactory)
    unit = factory.LazyAttribute(lambda report: _home_of(report.person).unit)
    area = factory.SubFactory(CommunityFactory)

    class Params:
        accepted = factory.Trait(
            state=ReportInState.ACCEPTED,
            number=factory.Sequence(lambda n: f"BD-2020-{n:06}"),
            decided_at=factory.LazyFunction(timezone.now),
            decided_by=factory.SubFactory(UserFactory),
        )
        asked_back = factory.Trait(state=ReportInState.ASKED_BACK, reason="请写明住在哪一栋。")


def _home_of(person: User) -> HomeMembership:
    open_one = HomeMembership.objects.filter(person=person, ends_on__isnull=True).first()
    return open_one or HomeMembershipFactory(person=person)


class TemporaryReportInFactory(MemberReportInFactory):
    """Somebody who is in another community for a month."""

    kind = ReportInKind.TEMPORARY
    temporary_reason = TemporaryReason.FAMILY
    starts_on = factory.LazyFunction(timezone.localdate)
    expires_on = factory.LazyAttribute(lambda report: report.starts_on + timedelta(days=30))


class MoveFactory(MemberReportInFactory):
    """Somebody who lives in one community and waits for another."""

    kind = ReportInKind.MOVE
    moves_from = factory.LazyAttribute(lambda report: MemberReportInFactory(person=report.person, accepted=True))


class UnitReportInFactory(DjangoModelFactory):
    """A unit that waits for a community; ``accepted=True`` for one that was received."""

    class Meta:
        model = UnitReportIn

    unit = factory.SubFactory(UnitFactory)
    area = factory.SubFactory(CommunityFactory)
    contact_name = "何静宜"
    contact_phone = "010-5550 0101"
    offer = "周末开放停车场"
    submitted_by = factory.SubFactory(UserFactory)

    class Params:
        accepted = factory.Trait(
            state=UnitReportInState.ACCEPTED,
            number=factory.Sequence(lambda n: f"DW-2020-{n:06}"),
            decided_at=factory.LazyFunction(timezone.now),
            decided_by=factory.SubFactory(UserFactory),
        )
        asked_back = factory.Trait(state=UnitReportInState.ASKED_BACK, reason="请写上联系电话。")


class LeaveFactory(DjangoModelFactory):
    """Somebody's request for leave for ten days from today; ``granted=True`` for one that stands."""

    class Meta:
        model = Leave

    person = factory.SubFactory(UserFactory)
    kind = LeaveKind.ILLNESS
    starts_on = factory.LazyFunction(timezone.localdate)
    ends_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=10))
    reason = "手术以后在家休养"
    unit = factory.LazyAttribute(lambda leave: _home_of(leave.person).unit)

    class Params:
        granted = factory.Trait(
            state=LeaveState.GRANTED,
            decided_at=factory.LazyFunction(timezone.now),
            decided_by=factory.SubFactory(UserFactory),
        )
