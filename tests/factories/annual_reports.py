"""Years, and reports in each state. A sent report went through the action, so its receipts are there."""

from datetime import date, timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from portal.annual_reports.actions import acknowledge, send_report
from portal.annual_reports.enums import Side
from portal.annual_reports.models import AnnualReport, Receipt, ReportingYear
from portal.members.models import User
from portal.report_in.models import MemberReportIn
from tests.factories.members import UserFactory
from tests.factories.organisations import PostFactory
from tests.factories.report_in import MemberReportInFactory


def _days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


class ReportingYearFactory(DjangoModelFactory):
    """The running year, open for reports."""

    class Meta:
        model = ReportingYear
        django_get_or_create = ("year",)

    year = factory.LazyFunction(lambda: timezone.localdate().year)
    opens_on = factory.LazyFunction(lambda: _days(-10))
    closes_on = factory.LazyFunction(lambda: _days(10))

    class Params:
        closed = factory.Trait(
            opens_on=factory.LazyFunction(lambda: _days(-20)), closes_on=factory.LazyFunction(lambda: _days(-1))
        )
        upcoming = factory.Trait(
            opens_on=factory.LazyFunction(lambda: _days(1)), closes_on=factory.LazyFunction(lambda: _days(20))
        )


class AnnualReportFactory(DjangoModelFactory):
    """A draft of a member who belongs to a unit and was received by a community; ``sent=True`` sends it."""

    class Meta:
        model = AnnualReport
        skip_postgeneration_save = True

    year = factory.SubFactory(ReportingYearFactory)
    member = factory.LazyFunction(lambda: MemberReportInFactory(accepted=True).person)
    summary = "今年我参加了社区的助餐服务。"

    @factory.post_generation
    def sent(self, create: bool, extracted: bool | None, **kwargs: Any) -> None:
        if extracted:
            send_report(report=self, by=self.member)
            self.refresh_from_db()

    @factory.post_generation
    def answered(self, create: bool, extracted: bool | None, **kwargs: Any) -> None:
        if extracted:
            for receipt in self.receipts.all():
                acknowledge(receipt=receipt, by=recipient_of(receipt), reply="已收到，谢谢您。")
            self.refresh_from_db()


def community_of(member: User) -> Any:
    return MemberReportIn.objects.get(person=member).area


def receipt_of(report: AnnualReport, side: Side) -> Receipt:
    return report.receipts.get(side=side)


def recipient_of(receipt: Receipt) -> User:
    """Return a new person who answers for the receipt's community or unit."""
    person = UserFactory()
    if receipt.area:
        PostFactory(person=person, area=receipt.area)
    else:
        PostFactory(person=person, unit_contact=True, unit=receipt.unit)
    return person
