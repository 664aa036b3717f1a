"""Who may do what with a report-in."""

from typing import TYPE_CHECKING

import rules

from portal.organisations.enums import Action
from portal.organisations.permissions import may, may_somewhere

if TYPE_CHECKING:
    from portal.members.models import User
    from portal.report_in.models import MemberReportIn


@rules.predicate
def is_reviewer(person: "User") -> bool:
    return may_somewhere(person, Action.REVIEW_REPORT_IN) or may_somewhere(person, Action.REVIEW_SILENT_REPORT_IN)


@rules.predicate
def is_own(person: "User", report_in: "MemberReportIn | None") -> bool:
    return report_in is not None and report_in.person_id == person.pk


@rules.predicate
def answers_for_community(person: "User", report_in: "MemberReportIn | None") -> bool:
    return report_in is not None and may(person, Action.REVIEW_REPORT_IN, report_in.area)


@rules.predicate
def answers_for_silence(person: "User", report_in: "MemberReportIn | None") -> bool:
    """The level above may answer what the community has let lie, and nothing else."""
    if report_in is None or not report_in.was_passed_up:
        return False
    return may(person, Action.REVIEW_SILENT_REPORT_IN, report_in.area)


@rules.predicate
def answers_for_unit(person: "User", report_in: "MemberReportIn | None") -> bool:
    if report_in is None or report_in.unit is None:
        return False
    return may(person, Action.SEE_GAP_LIST, report_in.unit)


rules.add_perm("report_in.review_any", rules.is_active & is_reviewer)
rules.add_perm("report_in.review_report_in", rules.is_active & (answers_for_community | answers_for_silence) & ~is_own)
rules.add_perm("report_in.end_report_in", rules.is_active & answers_for_community & ~is_own)
rules.add_perm("report_in.change_report_in", rules.is_active & is_own)
rules.add_perm("report_in.view_receipt", rules.is_active & (is_own | answers_for_community | answers_for_unit))
