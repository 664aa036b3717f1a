from datetime import date

import pytest

from portal.annual_reports.enums import Side
from portal.annual_reports.queries import (
    Figures,
    Line,
    answered_receipts,
    draft_text,
    figures_in,
    figures_of,
    open_year,
    receipts_reaching,
    report_on,
    waiting_receipts,
    years_of,
)
from portal.records.queries import counted_minutes
from tests.factories.annual_reports import (
    AnnualReportFactory,
    ReportingYearFactory,
    receipt_of,
    recipient_of,
)
from tests.factories.members import UserFactory
from tests.factories.organisations import CommunityFactory, PostFactory

LINES = (
    Line(date(2026, 3, 1), "敬老助餐", "春风社区", 90),
    Line(date(2026, 3, 8), "河道清洁", "春风社区", 60),
    Line(date(2026, 4, 8), "敬老助餐", "和平社区", 45),
)


def test_figures_count_times_minutes_and_communities():
    figures = Figures(LINES)

    assert (figures.count, figures.minutes, figures.communities) == (3, 195, ["春风社区", "和平社区"])
    assert figures.top_activities == [("敬老助餐", 2), ("河道清洁", 1)]


def test_figures_come_out_of_a_snapshot_as_they_went_in():
    figures = Figures(LINES)

    assert Figures.from_snapshot(figures.as_snapshot()) == figures
    assert Figures.from_snapshot({}) == Figures(())


def test_the_draft_is_plain_chinese():
    assert draft_text(Figures(LINES), 2026) == (
        "2026 年，我在春风社区、和平社区参加志愿服务 3 次，共 3 小时 15 分钟。\n"
        "参加较多的是：敬老助餐 2 次，河道清洁 1 次。"
    )


def test_activities_that_happened_once_are_named_without_counting():
    assert draft_text(Figures(LINES[:2]), 2026) == (
        "2026 年，我在春风社区参加志愿服务 2 次，共 2 小时 30 分钟。\n参加的活动有：敬老助餐、河道清洁。"
    )


def test_a_long_row_of_activities_is_cut_short():
    lines = [Line(date(2026, 1, n), f"活动{n}", "春风社区", 60) for n in range(1, 9)]

    assert draft_text(Figures(tuple(lines)), 2026).endswith(
        "\n参加了活动1、活动2、活动3、活动4、活动5、活动6等 8 项活动。"
    )


def test_figures_equal_what_the_records_count(member, year, serve):
    serve(member, minutes=90)
    serve(member, minutes=25)

    assert figures_of(member, year.year).minutes == counted_minutes(member, year=year.year) == 115


def test_a_draft_shows_the_records_and_a_sent_report_its_snapshot(report, serve):
    draft_figures = figures_in(report)
    sent = AnnualReportFactory(sent=True)
    serve(report.member)
    serve(sent.member)

    assert draft_figures.count == 0
    assert figures_in(report).count == 1
    assert figures_in(sent).count == 0


def test_looking_at_a_report_on_a_year_makes_none(member, year):
    assert report_on(year, member=member).pk is None
    assert not member.annual_reports.exists()


def test_the_open_year_is_the_latest_that_takes_reports(db):
    ReportingYearFactory(year=2030, upcoming=True)
    ReportingYearFactory(year=2028, closed=True)
    year = ReportingYearFactory(year=2029)

    assert open_year() == year


def test_no_year_is_open(db):
    ReportingYearFactory(closed=True)

    assert open_year() is None


def test_years_of_a_member_name_each_report(report):
    other = ReportingYearFactory(year=2000, closed=True)
    AnnualReportFactory(year=report.year)

    assert years_of(report.member) == [(report.year, report), (other, None)]


@pytest.mark.parametrize("side", Side)
def test_a_report_waits_until_it_is_answered(db, side):
    report = AnnualReportFactory(sent=True)
    receipt = receipt_of(report, side)
    person = recipient_of(receipt)
    assert list(waiting_receipts(person)) == [receipt]

    receipt.acknowledged_at, receipt.acknowledged_by, receipt.reply = report.sent_at, person, "已收到。"
    receipt.save()

    assert not waiting_receipts(person).exists()
    assert list(answered_receipts(person)) == [receipt]


def test_reports_reach_only_those_who_answer_there(db):
    receipt = receipt_of(AnnualReportFactory(sent=True), Side.COMMUNITY)
    organiser = PostFactory(area=receipt.area).person
    PostFactory(person=organiser, area=CommunityFactory())

    assert list(receipts_reaching(organiser)) == [receipt]
    assert not receipts_reaching(PostFactory().person).exists()
    assert not receipts_reaching(UserFactory()).exists()
    assert not receipts_reaching(receipt.report.member).exists()


def test_nobody_receives_their_own_report(db):
    receipt = receipt_of(AnnualReportFactory(sent=True), Side.COMMUNITY)
    PostFactory(person=receipt.report.member, area=receipt.area)

    assert not receipts_reaching(receipt.report.member).exists()
