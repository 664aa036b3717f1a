import pytest
from django.core.exceptions import ValidationError

from portal.annual_reports.actions import draft_report, edit_report, redraft_report, send_report
from portal.annual_reports.enums import ReportState
from portal.annual_reports.errors import (
    NotYourReportError,
    ReportAlreadySentError,
    YearNotOpenError,
)
from portal.annual_reports.models import AnnualReport
from tests.factories.annual_reports import (
    AnnualReportFactory,
    ReportingYearFactory,
)
from tests.factories.members import UserFactory
from tests.portal.annual_reports.steps import close, logged


def test_a_draft_tells_the_year_from_the_records(year, member, serve):
    serve(member, title="敬老助餐", minutes=90)
    serve(member, title="敬老助餐", minutes=60)
    serve(member, title="河道清洁", minutes=30)

    report = draft_report(member=member, year=year)

    assert report.state == ReportState.DRAFT
    assert "3 次" in report.summary
    assert "3 小时" in report.summary
    assert "敬老助餐 2 次，河道清洁 1 次" in report.summary
    assert logged(report) == ["drafted"]


def test_a_draft_of_a_year_without_records_says_so(year, member):
    report = draft_report(member=member, year=year)

    assert report.summary == f"{year} 年，我还没有已确认的服务记录。"


def test_drafting_again_returns_the_same_report_with_what_was_written(year, member, serve):
    report = draft_report(member=member, year=year)
    edit_report(report=report, by=member, summary="我自己写的。", plan="")
    serve(member)

    again = draft_report(member=member, year=year)

    assert again == report
    assert again.summary == "我自己写的。"
    assert AnnualReport.objects.count() == 1


@pytest.mark.parametrize("trait", ["closed", "upcoming"])
def test_no_draft_is_begun_outside_the_days_of_a_year(member, trait):
    year = ReportingYearFactory(**{trait: True})

    with pytest.raises(YearNotOpenError):
        draft_report(member=member, year=year)

    assert not AnnualReport.objects.exists()


def test_a_draft_that_is_there_is_found_after_the_year_closed(year, report):
    close(year)

    assert draft_report(member=report.member, year=year) == report


def test_editing_keeps_what_the_member_wrote(report):
    edit_report(report=report, by=report.member, summary="助餐和巡河。", plan="多陪老人聊天。")

    report.refresh_from_db()
    assert (report.summary, report.plan) == ("助餐和巡河。", "多陪老人聊天。")
    assert logged(report) == ["edited"]


def test_an_empty_summary_is_refused(report):
    with pytest.raises(ValidationError, match="summary"):
        edit_report(report=report, by=report.member, summary="", plan="")


def test_redrafting_takes_the_records_as_they_are_now_and_leaves_the_plan(report, serve):
    edit_report(report=report, by=report.member, summary="旧的。", plan="明年继续。")
    serve(report.member, title="河道清洁")

    redraft_report(report=report, by=report.member)

    report.refresh_from_db()
    assert "河道清洁" in report.summary
    assert report.plan == "明年继续。"


@pytest.mark.parametrize(
    "change",
    [
        lambda report, by: edit_report(report=report, by=by, summary="改", plan=""),
        lambda report, by: redraft_report(report=report, by=by),
        lambda report, by: send_report(report=report, by=by),
    ],
)
def test_nobody_changes_or_sends_the_report_of_another(report, change):
    with pytest.raises(NotYourReportError):
        change(report, UserFactory())

    report.refresh_from_db()
    assert report.state == ReportState.DRAFT


@pytest.mark.parametrize(
    "change",
    [
        lambda report: edit_report(report=report, by=report.member, summary="改", plan=""),
        lambda report: redraft_report(report=report, by=report.member),
        lambda report: send_report(report=report, by=report.member),
    ],
)
def test_a_sent_report_is_neither_changed_nor_sent_again(year, change):
    report = AnnualReportFactory(sent=True)
    before = AnnualReport.objects.values().get(pk=report.pk)

    with pytest.raises(ReportAlreadySentError):
        change(report)

    assert AnnualReport.objects.values().get(pk=report.pk) == before
    assert report.receipts.count() == 2
