import pytest
from django.urls import reverse

from portal.annual_reports.enums import Side
from portal.members.models import ReadLog
from portal.organisations.enums import Role
from tests.factories.annual_reports import (
    AnnualReportFactory,
    receipt_of,
    recipient_of,
)
from tests.factories.members import UserFactory
from tests.factories.organisations import PostFactory
from tests.portal.annual_reports.steps import cost, words

WHO_READS = [
    ("organiser", Side.COMMUNITY, 200),
    ("organiser", Side.UNIT, 404),
    ("contact", Side.UNIT, 200),
    ("contact", Side.COMMUNITY, 404),
    ("organiser elsewhere", Side.COMMUNITY, 404),
    ("contact elsewhere", Side.UNIT, 404),
    ("member", Side.COMMUNITY, 404),
    ("member", Side.UNIT, 404),
    ("supervisor", Side.COMMUNITY, 404),
    ("administrator", Side.COMMUNITY, 404),
]


@pytest.mark.parametrize(("who", "side", "status"), WHO_READS)
def test_who_reads_a_report(client, db, who, side, status):
    report = AnnualReportFactory(sent=True)
    receipt = receipt_of(report, side)
    area, unit = receipt_of(report, Side.COMMUNITY).area, receipt_of(report, Side.UNIT).unit
    people = {
        "organiser": lambda: PostFactory(area=area).person,
        "contact": lambda: PostFactory(unit_contact=True, unit=unit).person,
        "organiser elsewhere": lambda: PostFactory().person,
        "contact elsewhere": lambda: PostFactory(unit_contact=True).person,
        "member": lambda: report.member,
        "supervisor": lambda: PostFactory(area=area, role=Role.SUPERVISOR).person,
        "administrator": lambda: UserFactory(is_superuser=True),
    }
    client.force_login(people[who]())
    address = reverse("annual_reports:answer", args=[receipt.pk])

    assert client.get(address).status_code == status
    assert client.post(address, {"reply": "已收到。"}).status_code == (302 if status == 200 else 404)
    receipt.refresh_from_db()
    assert receipt.is_answered == (status == 200)


def test_reading_a_report_is_noted_for_its_member(client, db):
    receipt = receipt_of(AnnualReportFactory(sent=True), Side.COMMUNITY)
    reader = recipient_of(receipt)
    client.force_login(reader)

    client.get(reverse("annual_reports:answer", args=[receipt.pk]))

    read = ReadLog.objects.get(person=receipt.report.member)
    assert (read.reader, read.what) == (reader, f"{receipt.report.year} 年度报告")


def test_a_list_of_reports_is_not_noted_as_reading(client, db):
    receipt = receipt_of(AnnualReportFactory(sent=True), Side.COMMUNITY)
    client.force_login(recipient_of(receipt))

    client.get(reverse("annual_reports:received"))

    assert not ReadLog.objects.exists()


def test_a_reply_leads_back_to_the_list(client, db):
    receipt = receipt_of(AnnualReportFactory(sent=True), Side.UNIT)
    client.force_login(recipient_of(receipt))

    response = client.post(reverse("annual_reports:answer", args=[receipt.pk]), {"reply": "已收到。"}, follow=True)

    assert response.redirect_chain == [(reverse("annual_reports:received"), 302)]
    assert "已回复：“已收到。”报告人会收到消息。" in response.content.decode()
    assert "没有等待回复的报告" in response.content.decode()


@pytest.mark.parametrize("reply", ["", "   "])
def test_an_empty_reply_comes_back(client, db, reply):
    receipt = receipt_of(AnnualReportFactory(sent=True), Side.UNIT)
    client.force_login(recipient_of(receipt))

    response = client.post(reverse("annual_reports:answer", args=[receipt.pk]), {"reply": reply})

    assert response.status_code == 422
    assert "请写一句回复。" in response.content.decode()


def test_a_reply_after_a_colleague_answered_is_refused(client, db):
    report = AnnualReportFactory(sent=True, answered=True)
    receipt = receipt_of(report, Side.UNIT)
    client.force_login(recipient_of(receipt))

    response = client.post(reverse("annual_reports:answer", args=[receipt.pk]), {"reply": "我也回复。"})

    assert words(response) == ["这份报告已经回复过了。"]
    receipt.refresh_from_db()
    assert receipt.reply == "已收到，谢谢您。"


def test_the_list_parts_what_waits_from_what_is_answered(client, db):
    waiting = receipt_of(AnnualReportFactory(sent=True), Side.COMMUNITY)
    organiser = recipient_of(waiting)
    answered = receipt_of(AnnualReportFactory(sent=True, answered=True), Side.COMMUNITY)
    PostFactory(person=organiser, area=answered.area)
    client.force_login(organiser)

    first = client.get(reverse("annual_reports:received"))
    second = client.get(reverse("annual_reports:received"), {"state": "answered"})

    assert list(first.context["page"]) == [waiting]
    assert list(second.context["page"]) == [answered]


@pytest.mark.parametrize("state", ["waiting", "answered"])
def test_the_list_costs_the_same_for_one_and_for_three(client, db, state):
    organiser = UserFactory()
    client.force_login(organiser)
    costs = []
    for more in (1, 2):
        for _ in range(more):
            report = AnnualReportFactory(sent=True, answered=state == "answered")
            PostFactory(person=organiser, area=receipt_of(report, Side.COMMUNITY).area)
        costs.append(cost(client, reverse("annual_reports:received"), {"state": state}))

    assert costs[0] == costs[1]


def test_a_number_beyond_every_receipt_is_not_found(as_member):
    assert as_member.get(f"/portal/reports/received/{10**30}/").status_code == 404
