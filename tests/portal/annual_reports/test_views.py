import pytest
from django.urls import reverse
from django.utils import timezone

from portal.annual_reports.actions import send_report
from portal.annual_reports.enums import ReportState
from portal.annual_reports.models import AnnualReport
from portal.members.models import HomeMembership
from tests.factories.annual_reports import (
    AnnualReportFactory,
    ReportingYearFactory,
)
from tests.factories.members import UserFactory
from tests.factories.report_in import MemberReportInFactory
from tests.portal.annual_reports.steps import cost, url, words

PAGES = ["mine", "edit", "preview", "print", "received", "answer"]
DOORS = ["redraft", "send"]


@pytest.mark.parametrize("name", [*PAGES, *DOORS])
def test_strangers_are_asked_to_log_in(client, db, name):
    args = [] if name in {"mine", "received"} else [2026]

    response = client.post(reverse(f"annual_reports:{name}", args=args))

    assert response.status_code == 302
    assert response["Location"].startswith("/account/")


@pytest.mark.parametrize("name", DOORS)
def test_a_door_opens_by_post_alone(as_member, report, name):
    assert as_member.get(url(name, report)).status_code == 405


@pytest.mark.parametrize("name", ["preview", "print"])
def test_the_report_of_another_is_not_found(client, report, name):
    client.force_login(UserFactory())

    assert client.get(url(name, report)).status_code == 404


@pytest.mark.parametrize("name", DOORS)
def test_the_report_of_another_cannot_be_changed(client, report, name):
    client.force_login(UserFactory())

    assert client.post(url(name, report)).status_code == 404
    report.refresh_from_db()
    assert report.state == ReportState.DRAFT


def test_the_years_show_where_each_report_stands(as_member, member, year):
    ReportingYearFactory(year=2001, closed=True)
    ReportingYearFactory(year=2099, upcoming=True)

    body = as_member.get(reverse("annual_reports:mine")).content.decode()

    assert "开始填写" in body
    assert "没有提交，已于" in body
    assert "开始填报" in body


def test_without_a_year_the_page_says_so(as_member, db):
    assert "还没有开放填报的年度" in as_member.get(reverse("annual_reports:mine")).content.decode()


def test_a_year_there_is_not_is_not_found(as_member, year):
    assert as_member.get("/portal/reports/1999/").status_code == 404


def test_the_first_look_shows_the_year_and_writes_nothing(as_member, member, year, serve):
    serve(member, title="敬老助餐", minutes=90)

    response = as_member.get(reverse("annual_reports:edit", args=[year.year]))

    body = response.content.decode()
    assert "敬老助餐" in body
    assert "1 小时 30 分钟" in body
    assert not AnnualReport.objects.exists()


def test_saving_keeps_what_was_typed(as_member, member, year):
    response = as_member.post(
        reverse("annual_reports:edit", args=[year.year]), {"summary": "我写的。", "plan": "继续。"}
    )

    assert response.status_code == 302
    report = AnnualReport.objects.get(member=member)
    assert (report.summary, report.plan) == ("我写的。", "继续。")
    assert "我写的。" in as_member.get(response["Location"]).content.decode()


def test_saving_to_preview_shows_what_goes_to_whom(as_member, member, year):
    response = as_member.post(
        reverse("annual_reports:edit", args=[year.year]),
        {"summary": "我写的。", "plan": "", "preview": "1"},
        follow=True,
    )

    body = response.content.decode()
    assert response.redirect_chain[-1][0] == f"/portal/reports/{year}/preview/"
    assert "我写的。" in body
    assert str(HomeMembership.objects.get(person=member).unit) in body
    assert "确认提交" in body


def test_an_empty_summary_comes_back_with_what_was_typed(as_member, member, year):
    response = as_member.post(reverse("annual_reports:edit", args=[year.year]), {"summary": "", "plan": "多陪老人。"})

    assert response.status_code == 422
    assert "请写一句本年的服务情况。" in response.content.decode()
    assert "多陪老人。" in response.content.decode()
    assert not AnnualReport.objects.exists()


def test_a_closed_year_takes_no_words(as_member, member):
    year = ReportingYearFactory(closed=True)

    response = as_member.post(reverse("annual_reports:edit", args=[year.year]), {"summary": "晚了。", "plan": ""})

    assert words(response) == ["这个年度现在不在填报时间内。"]
    assert not AnnualReport.objects.exists()
    assert "先保存" not in as_member.get(response["Location"]).content.decode()


def test_redrafting_takes_the_records_of_now(as_member, report, serve):
    serve(report.member, title="河道清洁")

    as_member.post(url("redraft", report))

    report.refresh_from_db()
    assert "河道清洁" in report.summary


def test_sending_ends_on_the_page_that_names_both_recipients(as_member, report):
    response = as_member.post(url("send", report), follow=True)

    body = response.content.decode()
    assert response.redirect_chain == [(url("edit", report), 302)]
    assert "已送达" in body
    for receipt in report.receipts.all():
        assert str(receipt.recipient) in body
    assert body.count("等待回复") == 2


def test_sending_twice_keeps_one_report_and_says_so(as_member, report):
    as_member.post(url("send", report))

    response = as_member.post(url("send", report))

    assert words(response) == ["这份报告已经提交，不能再改，也不用再交一次。"]
    assert report.receipts.count() == 2


def test_a_resident_is_offered_activities_and_no_report(client, year):
    client.force_login(UserFactory())

    body = client.get(reverse("annual_reports:mine")).content.decode()

    assert f"/portal/reports/{year}/" not in body
    assert "居民不用写" in body
    assert reverse("activities:list") in body


def test_a_draft_of_one_whose_unit_has_gone_is_kept_but_leads_nowhere(client, year):
    draft = AnnualReportFactory(year=year, member=UserFactory())
    client.force_login(draft.member)

    listed = client.get(reverse("annual_reports:mine")).content.decode()
    preview = client.get(url("preview", draft)).content.decode()

    assert "继续填写" not in listed
    assert f"{year} 年度报告" in listed
    assert "去报到" not in preview


def test_a_refusal_leads_back_to_the_preview_that_says_what_is_missing(client, year):
    report = AnnualReportFactory(year=year, member=MemberReportInFactory().person)
    client.force_login(report.member)

    response = client.post(url("send", report), follow=True)

    body = response.content.decode()
    assert response.redirect_chain[-1][0] == url("preview", report)
    assert "还没有社区接收您的报到" in body
    assert "确认提交" not in body


def test_a_member_without_a_unit_reads_what_to_do(as_member, report):
    HomeMembership.objects.filter(person=report.member).update(ends_on=timezone.localdate())

    body = as_member.get(url("preview", report)).content.decode()

    assert "请单位联络员把您的手机号列入名册" in body
    assert "确认提交" not in body


@pytest.mark.parametrize("name", ["edit", "redraft"])
def test_a_sent_report_takes_no_more_words(as_member, report, name):
    send_report(report=report, by=report.member)

    response = as_member.post(url(name, report), {"summary": "改一改。", "plan": ""})

    assert response.status_code == 302
    assert len(words(response)) == 1
    report.refresh_from_db()
    assert report.summary != "改一改。"


def test_a_sent_report_has_no_preview_any_more(as_member, report):
    send_report(report=report, by=report.member)

    assert as_member.get(url("preview", report)).status_code == 302


def test_the_paper_shows_the_records_and_the_replies(client, db, serve):
    report = AnnualReportFactory()
    serve(report.member, title="河道清洁")
    send_report(report=report, by=report.member)
    client.force_login(report.member)

    body = client.get(url("print", report)).content.decode()

    assert "河道清洁" in body
    assert body.count("签字（盖章）") == 2


def test_the_paper_of_an_answered_report_carries_the_replies(client, db):
    report = AnnualReportFactory(sent=True, answered=True)
    client.force_login(report.member)

    body = client.get(url("print", report)).content.decode()

    assert body.count("已收到，谢谢您。") == 2
    assert "签字（盖章）" not in body


def test_the_member_sees_the_replies(client, db):
    report = AnnualReportFactory(sent=True, answered=True)
    client.force_login(report.member)

    body = client.get(url("edit", report)).content.decode()

    assert body.count("已收到，谢谢您。") == 2
    assert "双方已回复" in body


def test_the_years_cost_the_same_for_one_and_for_three(as_member, member):
    costs = []
    for years in ([2026], [2024, 2025]):
        for number in years:
            AnnualReportFactory(year=ReportingYearFactory(year=number), member=member, sent=True)
        costs.append(cost(as_member, reverse("annual_reports:mine")))

    assert costs[0] == costs[1]


def test_a_report_costs_the_same_with_one_and_with_three_records(as_member, member, year, serve):
    costs = []
    for more in (1, 2):
        for _ in range(more):
            serve(member)
        costs.append(cost(as_member, reverse("annual_reports:edit", args=[year.year])))

    assert costs[0] == costs[1]


@pytest.mark.parametrize("address", ["", "preview/", "print/"])
def test_a_number_beyond_every_year_is_not_found(as_member, year, address):
    assert as_member.get(f"/portal/reports/{10**30}/{address}").status_code == 404
