from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from portal.members.models import User
from portal.records.enums import RecordState
from portal.records.models import ServiceRecord
from tests.factories.annual_reports import AnnualReportFactory, ReportingYearFactory
from tests.factories.records import ServiceRecordFactory
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
    """Let a member have served an hour today, confirmed by a second person."""

    def served(member: User, *, on: date | None = None, state: RecordState = RecordState.CONFIRMED, **fields: Any):
        return ServiceRecordFactory(
            member=member,
            served_on=on or timezone.localdate(),
            reversed=state == RecordState.REVERSED,
            posted=state == RecordState.POSTED,
            **{"title": "敬老助餐", "minutes": 60, **fields},
        )

    return served


@pytest.fixture
def as_member(client, member):
    client.force_login(member)
    return client
