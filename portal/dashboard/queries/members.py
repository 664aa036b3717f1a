"""A member's first page: what waits, what is next, where one stands."""

from dataclasses import dataclass

from django.utils import timezone

from portal.activities.enums import SignUpState
from portal.activities.models import SignUp
from portal.activities.queries import upcoming_sign_ups
from portal.annual_reports.models import AnnualReport, ReportingYear
from portal.annual_reports.queries import open_year, reports_of
from portal.members.models import UnitMove, User
from portal.members.queries import home_unit, open_moves, units_naming
from portal.organisations.models import Unit
from portal.points.queries import balance
from portal.proxies.models import HandOver
from portal.proxies.queries import entries_of, offers_to
from portal.records.queries import counted_minutes
from portal.report_in.enums import ReportInKind, ReportInState
from portal.report_in.models import MemberReportIn
from portal.report_in.queries import open_report_ins


@dataclass(frozen=True)
class MemberDesk:
    """Everything a member sees first."""

    unit: Unit | None
    has_to_choose_unit: bool
    report_in: MemberReportIn | None
    move: MemberReportIn | None
    stays: list[MemberReportIn]
    sign_ups: list[SignUp]
    year: int
    minutes: int
    points: int
    reporting_year: ReportingYear | None
    report: AnnualReport | None
    moves: list[UnitMove]
    has_entries: bool
    kept_accounts: list[HandOver]

    @property
    def is_member(self) -> bool:
        return bool(self.unit or self.has_to_choose_unit or self.report_in or self.sign_ups or self.minutes)

    @property
    def asked_back(self) -> list[MemberReportIn]:
        """What communities wait for an answer to."""
        own = [self.report_in, self.move, *self.stays]
        return [one for one in own if one and one.state == ReportInState.ASKED_BACK]

    @property
    def ending_stays(self) -> list[MemberReportIn]:
        """The temporary report-ins of whose end the person was told."""
        return [stay for stay in self.stays if stay.state == ReportInState.ACCEPTED and stay.reminded_at]

    @property
    def is_vouched_for(self) -> bool:
        """Whoever has no unit, and none to choose, neither reports in nor writes a report."""
        return self.unit is not None or self.has_to_choose_unit

    @property
    def has_to_report_in(self) -> bool:
        return self.is_vouched_for and self.report_in is None and self.move is None

    @property
    def waits_for_community(self) -> bool:
        return self.report_in is not None and self.report_in.state == ReportInState.SUBMITTED

    @property
    def is_received(self) -> bool:
        return self.report_in is not None and self.report_in.state == ReportInState.ACCEPTED

    @property
    def offers(self) -> list[SignUp]:
        return [sign_up for sign_up in self.sign_ups if sign_up.state == SignUpState.OFFERED]

    @property
    def next_sign_up(self) -> SignUp | None:
        return next((sign_up for sign_up in self.sign_ups if sign_up.state != SignUpState.OFFERED), None)

    @property
    def report_is_due(self) -> bool:
        is_open = self.is_vouched_for and self.reporting_year is not None
        return is_open and (self.report is None or self.report.is_draft)

    @property
    def has_something_waiting(self) -> bool:
        return bool(
            self.moves
            or self.kept_accounts
            or self.has_to_choose_unit
            or self.has_to_report_in
            or self.asked_back
            or self.ending_stays
            or self.offers
            or self.report_is_due
        )


def member_desk(person: User) -> MemberDesk:
    unit, reporting_year, year = home_unit(person), open_year(), timezone.localdate().year
    own = open_report_ins(person)
    return MemberDesk(
        unit=unit,
        has_to_choose_unit=unit is None and units_naming(person).exists(),
        report_in=next((one for one in own if one.kind == ReportInKind.RESIDENCE), None),
        move=next((one for one in own if one.kind == ReportInKind.MOVE), None),
        stays=[one for one in own if one.is_temporary],
        sign_ups=list(upcoming_sign_ups(person)),
        year=year,
        minutes=counted_minutes(person, year=year),
        points=balance(person),
        reporting_year=reporting_year,
        report=reports_of(person).filter(year=reporting_year).first() if reporting_year else None,
        moves=[one for one in open_moves(person) if one.waits],
        has_entries=entries_of(person).exists(),
        kept_accounts=list(offers_to(person)),
    )
