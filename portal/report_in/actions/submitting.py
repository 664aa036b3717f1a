"""What a person sends to a community. The community is locked first, then the person, then the report-in."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portal.members.actions import give_consent
from portal.members.enums import Purpose
from portal.members.models import User
from portal.members.queries import home_unit
from portal.organisations.actions import hold_communities
from portal.organisations.models import Area, Unit
from portal.report_in.actions import rows
from portal.report_in.actions.grids import check_grid
from portal.report_in.enums import ReportInKind, ReportInState, TemporaryReason
from portal.report_in.errors import (
    AlreadyMovingError,
    AlreadyReportedInError,
    DaysInOrderError,
    NoHomeUnitError,
    NotACommunityError,
    NothingToMoveFromError,
    SameCommunityError,
    StationElsewhereError,
    TooLongError,
)
from portal.report_in.models import MemberReportIn, Station
from portal.report_in.queries import open_move, open_residence, open_temporary, stations_of
from portal.states import for_whom, lock, save

CONSENT_VERSION = "2026-1"


@transaction.atomic
def submit_report_in(
    *, person: User, area: Area, note: str = "", grid: Area | None = None, by: User | None = None
) -> MemberReportIn:
    """Report ``person`` in to the community ``area``, noting their consent. Locks the community, then the person.

    ``by`` is who enters it for them, and has their consent on paper or by word.

    Raises:
        NoHomeUnitError: no unit vouches for the person.
        NotACommunityError: ``area`` is not a community that is open.
        AlreadyReportedInError: a report-in waits or stands already.
        GridElsewhereError: ``grid`` is not an open one of that community.
    """
    person, unit = _hold(person, area)
    if open_residence(person):
        raise AlreadyReportedInError
    report_in = MemberReportIn(person=person, unit=unit, area=area, grid=grid, kind=ReportInKind.RESIDENCE, note=note)
    return _send(report_in, by=by)


@transaction.atomic
def ask_to_move(*, person: User, area: Area, note: str = "", grid: Area | None = None) -> MemberReportIn:
    """Report ``person`` in where they move to; the old one stays until the new one accepts. Locks as the first one.

    Raises:
        NothingToMoveFromError: no community has accepted the person yet.
        SameCommunityError: ``area`` is where they live already.
        AlreadyMovingError: a move waits already.
        NoHomeUnitError, NotACommunityError, GridElsewhereError: as for a first report-in.
    """
    person, unit = _hold(person, area)
    residence = open_residence(person)
    if residence is None or residence.state != ReportInState.ACCEPTED:
        raise NothingToMoveFromError
    if residence.area_id == area.pk:
        raise SameCommunityError
    if open_move(person):
        raise AlreadyMovingError
    report_in = MemberReportIn(
        person=person, unit=unit, area=area, grid=grid, kind=ReportInKind.MOVE, moves_from=residence, note=note
    )
    return _send(report_in)


@transaction.atomic
def report_in_for_a_time(
    *,
    person: User,
    area: Area,
    reason: TemporaryReason,
    starts_on: date,
    expires_on: date,
    note: str = "",
    station: Station | None = None,
    grid: Area | None = None,
) -> MemberReportIn:
    """Report ``person`` in to the community ``area`` from day to day, beside where they live. Locks as the first one.

    Raises:
        DaysInOrderError: the last day is over, or before the first.
        TooLongError: more days than the city allows.
        SameCommunityError: the community is where they live.
        StationElsewhereError: the station is not an open one of that community.
        AlreadyReportedInError: one waits or stands there already.
        NoHomeUnitError, NotACommunityError, GridElsewhereError: as for a first report-in.
    """
    person, unit = _hold(person, area)
    check_days(starts_on, expires_on)
    if station and not stations_of(area).filter(pk=station.pk).exists():
        raise StationElsewhereError
    residence = open_residence(person)
    if residence and residence.area_id == area.pk:
        raise SameCommunityError
    if open_temporary(person, area):
        raise AlreadyReportedInError
    report_in = MemberReportIn(
        person=person,
        unit=unit,
        area=area,
        grid=grid,
        kind=ReportInKind.TEMPORARY,
        temporary_reason=reason,
        starts_on=starts_on,
        expires_on=expires_on,
        note=note,
        station=station,
    )
    return _send(report_in)


@transaction.atomic
def resubmit(*, report_in: MemberReportIn, by: User, note: str) -> MemberReportIn:
    """Send a report-in again after the community asked it back; the clock for the answer begins anew."""
    report_in = rows.hold(report_in)
    report_in.note = note
    report_in.submitted_at = timezone.now()
    report_in.escalated_at = None
    rows.move_to(report_in, to=ReportInState.SUBMITTED, by=by)
    rows.tell_community(report_in)
    return report_in


@transaction.atomic
def withdraw(*, report_in: MemberReportIn, by: User) -> MemberReportIn:
    """Take a report-in back before the community has accepted it; the consent ends with the last one. Idempotent."""
    report_in = rows.hold(report_in)
    if report_in.state == ReportInState.WITHDRAWN:
        return report_in
    report_in.ended_on = timezone.localdate()
    rows.move_to(report_in, to=ReportInState.WITHDRAWN, by=by)
    rows.end_consent(report_in.person)
    return report_in


def check_days(starts_on: date, expires_on: date) -> None:
    """Raise when a temporary stay would be over already, end before it begins, or last too long."""
    if expires_on < starts_on or expires_on < timezone.localdate():
        raise DaysInOrderError
    if expires_on - starts_on > timedelta(days=settings.TEMPORARY_REPORT_IN_MAX_DAYS):
        raise TooLongError


def _hold(person: User, area: Area) -> tuple[User, Unit]:
    is_open = bool(hold_communities(area))
    person = lock(person)
    unit = home_unit(person)
    if unit is None:
        raise NoHomeUnitError
    if not is_open:
        raise NotACommunityError
    return person, unit


def _send(report_in: MemberReportIn, *, by: User | None = None) -> MemberReportIn:
    person = report_in.person
    check_grid(report_in.area, report_in.grid)
    give_consent(person=person, purpose=Purpose.REPORT_IN, text_version=CONSENT_VERSION, by=by)
    save(report_in, action=ReportInState.SUBMITTED, by=by or person, data=for_whom(person.pk, by))
    rows.tell_community(report_in)
    return report_in
