"""A unit contact's first page: who has still to report in, and which reports wait."""

from dataclasses import dataclass

from django.db.models import QuerySet

from portal.annual_reports.queries import waiting_receipts
from portal.members.models import RosterEntry, User
from portal.organisations.enums import Action
from portal.organisations.permissions import in_units_of
from portal.proxies.queries import joinings_to_confirm
from portal.report_in.enums import UnitReportInState
from portal.report_in.queries import Counted, counted, gap_list, leaves_to_decide, report_ins_of_units


@dataclass(frozen=True)
class ContactDesk:
    """What waits for a unit's contact."""

    on_roster: Counted
    not_reported_in: Counted
    reports: int
    joinings: int
    leaves: int
    units_asked_back: int


def contact_desk(person: User) -> ContactDesk:
    return ContactDesk(
        on_roster=counted(roster_of(person)),
        not_reported_in=counted(gap_list(person)),
        reports=waiting_receipts(person).filter(unit__isnull=False).count(),
        leaves=leaves_to_decide(person).count(),
        units_asked_back=report_ins_of_units(person).filter(state=UnitReportInState.ASKED_BACK).count(),
        joinings=joinings_to_confirm(person).count(),
    )


def roster_of(person: User) -> QuerySet[RosterEntry]:
    """Return the roster rows that stand today in the units ``person`` answers for."""
    return RosterEntry.objects.filter(in_units_of(person, Action.KEEP_ROSTER), left_on__isnull=True)
