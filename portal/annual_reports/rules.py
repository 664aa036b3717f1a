"""Who may do what with a yearly report."""

from typing import TYPE_CHECKING

import rules

from portal.organisations.enums import Role
from portal.organisations.queries import reaches_area, reaches_unit

if TYPE_CHECKING:
    from portal.annual_reports.models import AnnualReport, Receipt
    from portal.members.models import User

ANSWER_FOR_AREA = (Role.ORGANISER,)
ANSWER_FOR_UNIT = (Role.UNIT_CONTACT,)


@rules.predicate
def is_own_report(person: "User", report: "AnnualReport") -> bool:
    return report.member_id == person.pk


@rules.predicate
def is_recipient(person: "User", receipt: "Receipt") -> bool:
    """Hold for those who answer for the receipt's community or unit; nobody answers their own report."""
    if receipt.report.member_id == person.pk:
        return False
    if receipt.area:
        return reaches_area(person, receipt.area, roles=ANSWER_FOR_AREA)
    return receipt.unit is not None and reaches_unit(person, receipt.unit, roles=ANSWER_FOR_UNIT)


rules.add_perm("annual_reports.edit_report", is_own_report)
rules.add_perm("annual_reports.send_report", is_own_report)
rules.add_perm("annual_reports.answer_receipt", is_recipient)
