from itertools import product

import pytest

from portal.annual_reports.enums import REPORT_TRANSITIONS, ReportState
from portal.states import IllegalMoveError, move
from tests.factories.annual_reports import AnnualReportFactory

ALLOWED = {("draft", "sent"), ("sent", "answered")}


@pytest.mark.parametrize(("before", "after"), list(product(ReportState.values, ReportState.values)))
def test_a_report_moves_only_forward(db, before, after):
    report = AnnualReportFactory(answered=False, sent=before != "draft")
    report.state = before

    if (before, after) in ALLOWED:
        report.sent_at = report.sent_at or report.updated_at
        move(report, to=after, by=report.member, transitions=REPORT_TRANSITIONS)
        assert report.state == after
    else:
        with pytest.raises(IllegalMoveError):
            move(report, to=after, by=report.member, transitions=REPORT_TRANSITIONS)


def test_a_sent_report_never_becomes_a_draft_again():
    assert all(ReportState.DRAFT not in after for after in REPORT_TRANSITIONS.values())
