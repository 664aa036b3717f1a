"""Who may do what with a report-in."""

from typing import TYPE_CHECKING

import rules

from portal.organisations.enums import Action
from portal.organisations.permissions import may, may_somewhere
from portal.report_in.enums import LeaveState

if TYPE_CHECKING:
    from portal.members.models import User
    from portal.report_in.models import Leave, MemberReportIn, UnitReportIn


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


@rules.predicate
def reviews_units(person: "User") -> bool:
    silent = Action.REVIEW_SILENT_REPORT_IN
    return may_somewhere(person, Action.REVIEW_UNIT_REPORT_IN) or may_somewhere(person, silent)


@rules.predicate
def reports_units(person: "User") -> bool:
    return may_somewhere(person, Action.REPORT_UNIT_IN)


@rules.predicate
def receives_unit(person: "User", report_in: "UnitReportIn | None") -> bool:
    return report_in is not None and may(person, Action.REVIEW_UNIT_REPORT_IN, report_in.area)


@rules.predicate
def receives_silent_unit(person: "User", report_in: "UnitReportIn | None") -> bool:
    """The level above may answer what the community has let lie, and nothing else."""
    if report_in is None or not report_in.was_passed_up:
        return False
    return may(person, Action.REVIEW_SILENT_REPORT_IN, report_in.area)


@rules.predicate
def sends_unit(person: "User", report_in: "UnitReportIn | None") -> bool:
    return report_in is not None and may(person, Action.REPORT_UNIT_IN, report_in.unit)


@rules.predicate
def decides_leave(person: "User", leave: "Leave | None") -> bool:
    if leave is None or leave.person_id == person.pk:
        return False
    if leave.unit is not None and may(person, Action.DECIDE_LEAVE, leave.unit):
        return True
    return leave.area is not None and may(person, Action.DECIDE_EXEMPTION, leave.area)


@rules.predicate
def reads_reason(person: "User", leave: "Leave | None") -> bool:
    """Why somebody is away is for whoever decides, and once decided for whoever did; what ended unread, for nobody."""
    return leave is not None and (leave.state == LeaveState.REQUESTED or leave.decided_by_id == person.pk)


rules.add_perm("report_in.review_units", rules.is_active & reviews_units)
rules.add_perm("report_in.report_units", rules.is_active & reports_units)
rules.add_perm("report_in.review_unit", rules.is_active & (receives_unit | receives_silent_unit))
rules.add_perm("report_in.change_unit", rules.is_active & sends_unit)
rules.add_perm("report_in.view_unit", rules.is_active & (receives_unit | sends_unit))
rules.add_perm("report_in.decide_leave", rules.is_active & decides_leave)
rules.add_perm("report_in.read_leave_reason", rules.is_active & decides_leave & reads_reason)
rules.add_perm("report_in.review_any", rules.is_active & is_reviewer)
rules.add_perm("report_in.review_report_in", rules.is_active & (answers_for_community | answers_for_silence) & ~is_own)
rules.add_perm("report_in.end_report_in", rules.is_active & answers_for_community & ~is_own)
rules.add_perm("report_in.change_report_in", rules.is_active & is_own)
rules.add_perm("report_in.view_receipt", rules.is_active & (is_own | answers_for_community | answers_for_unit))
