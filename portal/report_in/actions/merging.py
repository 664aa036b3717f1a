"""Two accounts of one person have reported in: what stands of the one that stays goes before what the other has."""

from portal.members.models import User
from portal.report_in.actions.ending import end_own
from portal.report_in.actions.leaves import end_leave
from portal.report_in.actions.submitting import withdraw
from portal.report_in.enums import OPEN, LeaveState, ReportInKind, ReportInState
from portal.report_in.models import Leave, MemberReportIn

HOME = (ReportInKind.MOVE, ReportInKind.RESIDENCE)  # in this order: a move alone would become a residence


def yield_report_ins(*, gone: User, kept: User) -> int:
    """End what ``gone`` has open where ``kept`` has the same open; return how many. The caller holds both people."""
    open_of_both = MemberReportIn.objects.filter(state__in=OPEN, person__in=(gone, kept)).select_related("person")
    theirs = [report_in for report_in in open_of_both if report_in.person_id == gone.pk]
    own = [report_in for report_in in open_of_both if report_in.person_id == kept.pk]
    lives_somewhere = any(report_in.kind in HOME for report_in in own)
    stays = {report_in.area_id for report_in in own if report_in.is_temporary}
    twice = [
        one for one in theirs if (one.kind in HOME and lives_somewhere) or (one.is_temporary and one.area_id in stays)
    ]
    for report_in in sorted(twice, key=lambda one: one.kind != ReportInKind.MOVE):
        if report_in.state == ReportInState.ACCEPTED:
            end_own(report_in=report_in, by=gone)
        else:
            withdraw(report_in=report_in, by=gone)
    if Leave.objects.filter(person=kept, state=LeaveState.REQUESTED).exists():
        for leave in Leave.objects.filter(person=gone, state=LeaveState.REQUESTED):
            end_leave(leave=leave, by=gone)
    return len(twice)
