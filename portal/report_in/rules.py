"""Who may do what with a report-in."""

from typing import TYPE_CHECKING

import rules

from portal.organisations.enums import Role
from portal.organisations.queries import posts_held, reaches_area, reaches_unit

if TYPE_CHECKING:
    from portal.members.models import User
    from portal.report_in.models import MemberReportIn

REVIEWING = (Role.ORGANISER,)


@rules.predicate
def is_organiser(person: "User") -> bool:
    return posts_held(person, role=Role.ORGANISER).exists()


@rules.predicate
def is_own(person: "User", report_in: "MemberReportIn | None") -> bool:
    return report_in is not None and report_in.person_id == person.pk


@rules.predicate
def answers_for_community(person: "User", report_in: "MemberReportIn | None") -> bool:
    return report_in is not None and reaches_area(person, report_in.area, roles=REVIEWING)


@rules.predicate
def answers_for_unit(person: "User", report_in: "MemberReportIn | None") -> bool:
    if report_in is None or report_in.unit is None:
        return False
    return reaches_unit(person, report_in.unit, roles=(Role.UNIT_CONTACT,))


rules.add_perm("report_in.review_any", rules.is_active & is_organiser)
rules.add_perm("report_in.review_report_in", rules.is_active & answers_for_community & ~is_own)
rules.add_perm("report_in.change_report_in", rules.is_active & is_own)
rules.add_perm("report_in.view_receipt", rules.is_active & (is_own | answers_for_community | answers_for_unit))
