"""Who may do what with a yearly report."""

from typing import TYPE_CHECKING

import rules

from portal.organisations.enums import Action
from portal.organisations.permissions import may

if TYPE_CHECKING:
    from portal.annual_reports.models import AnnualReport, Receipt
    from portal.members.models import User


@rules.predicate
def is_own_report(person: "User", report: "AnnualReport") -> bool:
    return report.member_id == person.pk


@rules.predicate
def is_recipient(person: "User", receipt: "Receipt") -> bool:
    """Hold for those who answer for the receipt's community or unit; nobody answers their own report."""
    if receipt.report.member_id == person.pk:
        return False
    if receipt.area:
        return may(person, Action.ANSWER_AREA_REPORTS, receipt.area)
    return receipt.unit is not None and may(person, Action.ANSWER_UNIT_REPORTS, receipt.unit)


rules.add_perm("annual_reports.edit_report", is_own_report)
rules.add_perm("annual_reports.send_report", is_own_report)
rules.add_perm("annual_reports.answer_receipt", is_recipient)
