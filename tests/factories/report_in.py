"""Report-ins in each state."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from portal.members.models import HomeMembership, User
from portal.report_in.enums import ReportInKind, ReportInState, TemporaryReason
from portal.report_in.models import MemberReportIn
from tests.factories.members import HomeMembershipFactory, UserFactory
from tests.factories.organisations import CommunityFactory


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
