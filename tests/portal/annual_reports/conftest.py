from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone

from portal.members.models import User
from portal.organisations.models import Area
from portal.records.enums import RecordState
from portal.records.models import ServiceRecord
from tests.factories.annual_reports import AnnualReportFactory, ReportingYearFactory
from tests.factories.members import UserFactory
from tests.factories.organisations import CommunityFactory
from tests.factories.report_in import MemberReportInFactory

Serve = Callable[..., ServiceRecord]


@pytest.fixture
def year(db):
    return ReportingYearFactory()


@pytest.fixture
def member(db):
    """A member of a unit whom a community received."""
    return MemberReportInFactory(accepted=True).person


@pytest.fixture
def report(year, member):
    return AnnualReportFactory(year=year, member=member)


@pytest.fixture
def serve() -> Serve:
    """Let a member have served, confirmed by a second person."""

    def served(
        member: User,
        *,
        area: Area | None = None,
        title: str = "敬老助餐",
        minutes: int = 60,
        on: date | None = None,
        state: RecordState = RecordState.CONFIRMED,
    ) -> ServiceRecord:
        return ServiceRecord.objects.create(
            member=member,
            area=area or CommunityFactory(),
            title=title,
            minutes=minutes,
            served_on=on or timezone.localdate(),
            state=state,
            recorded_by=UserFactory(),
            confirmed_by=UserFactory(),
            confirmed_at=timezone.now(),
            reversal_reason="登记错了" if state == RecordState.REVERSED else "",
        )

    return served
