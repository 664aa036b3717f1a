"""A unit contact's first page: who has still to report in, and which reports wait."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from portal.annual_reports.queries import waiting_receipts
from portal.members.models import RosterEntry, User
from portal.organisations.enums import Action
from portal.organisations.permissions import units_for
from portal.proxies.queries import joinings_to_confirm
from portal.report_in.enums import ReportInKind, ReportInState
from portal.report_in.models import MemberReportIn


@dataclass(frozen=True)
class ContactDesk:
    """What waits for a unit's contact."""

    on_roster: int
    not_reported_in: int
    reports: int
    joinings: int


def contact_desk(person: User) -> ContactDesk:
    return ContactDesk(
        on_roster=roster_of(person).count(),
        not_reported_in=not_reported_in(person).count(),
        reports=waiting_receipts(person).filter(unit__isnull=False).count(),
        joinings=joinings_to_confirm(person).count(),
    )


def roster_of(person: User) -> QuerySet[RosterEntry]:
    """Return the roster rows that stand today in the units ``person`` answers for."""
    return RosterEntry.objects.filter(unit__in=units_for(person, Action.KEEP_ROSTER), left_on__isnull=True)


def not_reported_in(person: User) -> QuerySet[RosterEntry]:
    """Return the roster rows whose person no community has received yet, by name: a list to help with, never a rank."""
    received = MemberReportIn.objects.filter(
        person=OuterRef("person"), kind=ReportInKind.RESIDENCE, state=ReportInState.ACCEPTED
    )
    return roster_of(person).filter(~Exists(received)).select_related("unit").order_by("unit__path", "name", "pk")
