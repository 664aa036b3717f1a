from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from portal.annual_reports.actions import acknowledge, draft_report, edit_report, redraft_report, send_report
from portal.annual_reports.enums import ReportState, Side
from portal.annual_reports.errors import (
    AlreadyAnsweredError,
    HomeCommunityMissingError,
    HomeUnitMissingError,
    NotARecipientError,
    NotYourReportError,
    ReplyMissingError,
    ReportAlreadySentError,
    YearNotOpenError,
)
from portal.annual_reports.models import AnnualReport, ReportingYear
from portal.annual_reports.wagtail_hooks import LOG_ACTIONS
from portal.members.models import HomeMembership
from portal.notices.models import Message
from portal.records.enums import RecordState
from portal.records.models import ServiceRecord
from portal.report_in.models import MemberReportIn
from tests.factories.annual_reports import (
    AnnualReportFactory,
    ReportingYearFactory,
    community_of,
    receipt_of,
    recipient_of,
)
from tests.factories.members import UserFactory
from tests.factories.organisations import PostFactory
from tests.factories.report_in import MemberReportInFactory


def logged(instance):
    entries = ModelLogEntry.objects.for_instance(instance).order_by("pk")
    return [entry.action.rpartition(".")[2] for entry in entries]


def close(year):
    ReportingYear.objects.filter(pk=year.pk).update(
        opens_on=timezone.localdate() - timedelta(days=9), closes_on=timezone.localdate() - timedelta(days=1)
    )
    year.refresh_from_db()


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


def test_sending_reaches_community_and_unit_at_once(report):
    send_report(report=report, by=report.member)

    report.refresh_from_db()
    membership = HomeMembership.objects.get(person=report.member)
    assert report.state == ReportState.SENT
    assert [(receipt.side, receipt.recipient) for receipt in report.receipts.all()] == [
        (Side.COMMUNITY, community_of(report.member)),
        (Side.UNIT, membership.unit),
    ]
    assert {receipt.received_at for receipt in report.receipts.all()} == {report.sent_at}
    assert logged(report) == ["sent"]
    assert logged(receipt_of(report, Side.UNIT)) == ["delivered"]


def test_sending_tells_organisers_contacts_and_the_member(report):
    community = community_of(report.member)
    organiser = PostFactory(area=community).person
    PostFactory(area=community.get_parent())
    contact = PostFactory(unit_contact=True, unit=HomeMembership.objects.get(person=report.member).unit).person
    PostFactory()

    send_report(report=report, by=report.member)

    told = {message.recipient: message.url for message in Message.objects.select_related("recipient")}
    assert told == {
        organiser: f"/portal/reports/received/{receipt_of(report, Side.COMMUNITY).pk}/",
        contact: f"/portal/reports/received/{receipt_of(report, Side.UNIT).pk}/",
        report.member: f"/portal/reports/{report.year}/",
    }


def test_where_a_community_has_no_organiser_the_next_level_is_told(report):
    organiser = PostFactory(area=community_of(report.member).get_parent()).person

    send_report(report=report, by=report.member)

    assert Message.objects.filter(recipient=organiser).count() == 1


def test_a_message_to_a_recipient_names_nobody(report):
    organiser = PostFactory(area=community_of(report.member)).person

    send_report(report=report, by=report.member)

    message = Message.objects.get(recipient=organiser)
    assert report.member.name not in message.title + message.body


def test_a_member_who_is_their_own_organiser_is_told_once(report):
    PostFactory(person=report.member, area=community_of(report.member))

    send_report(report=report, by=report.member)

    assert Message.objects.filter(recipient=report.member).count() == 1


def test_the_snapshot_equals_the_records_at_the_moment_of_sending(report, serve):
    day = timezone.localdate().replace(month=1, day=5)
    first = serve(report.member, title="河道清洁", minutes=45, on=day)
    second = serve(report.member, minutes=90, state=RecordState.POSTED)
    serve(report.member, minutes=500, state=RecordState.REVERSED)
    serve(report.member, minutes=500, on=day.replace(year=day.year - 1))
    serve(UserFactory(), minutes=500)

    send_report(report=report, by=report.member)

    report.refresh_from_db()
    assert report.snapshot == {
        "minutes": 135,
        "count": 2,
        "communities": [str(first.area), str(second.area)],
        "records": [
            {"served_on": day.isoformat(), "title": "河道清洁", "area": str(first.area), "minutes": 45},
            {"served_on": second.served_on.isoformat(), "title": "敬老助餐", "area": str(second.area), "minutes": 90},
        ],
    }


def test_what_happens_to_the_records_later_leaves_the_snapshot_alone(report, serve):
    serve(report.member, minutes=90)
    send_report(report=report, by=report.member)

    serve(report.member, minutes=60)
    ServiceRecord.objects.filter(minutes=90).update(minutes=1)

    report.refresh_from_db()
    assert (report.snapshot["count"], report.snapshot["minutes"]) == (1, 90)


def test_sending_after_the_year_closed_is_refused(year, report):
    close(year)

    with pytest.raises(YearNotOpenError):
        send_report(report=report, by=report.member)

    assert_nothing_was_sent(report)


def test_sending_without_a_home_unit_is_refused(report):
    HomeMembership.objects.filter(person=report.member).update(ends_on=timezone.localdate())

    with pytest.raises(HomeUnitMissingError):
        send_report(report=report, by=report.member)

    assert_nothing_was_sent(report)


def test_sending_before_a_community_accepted_the_member_is_refused(year):
    report = AnnualReportFactory(year=year, member=MemberReportInFactory().person)

    with pytest.raises(HomeCommunityMissingError):
        send_report(report=report, by=report.member)

    assert_nothing_was_sent(report)


def assert_nothing_was_sent(report):
    report.refresh_from_db()
    assert report.state == ReportState.DRAFT
    assert report.snapshot == {}
    assert not report.receipts.exists()
    assert not Message.objects.exists()
    assert logged(report) == []


@pytest.mark.parametrize("side", Side)
def test_a_recipient_answers_with_a_reply_and_the_member_is_told(year, side):
    report = AnnualReportFactory(sent=True)
    receipt = receipt_of(report, side)
    by = recipient_of(receipt)

    acknowledge(receipt=receipt, by=by, reply="  已收到，谢谢您。 ")

    receipt.refresh_from_db()
    assert (receipt.acknowledged_by, receipt.reply) == (by, "已收到，谢谢您。")
    assert receipt.is_answered
    assert logged(receipt) == ["delivered", "acknowledged"]
    assert Message.objects.filter(recipient=report.member, body="已收到，谢谢您。").count() == 1


def test_the_report_is_answered_when_both_sides_replied(year):
    report = AnnualReportFactory(sent=True)
    first, second = report.receipts.all()

    acknowledge(receipt=first, by=recipient_of(first), reply="已收到。")
    report.refresh_from_db()
    assert report.state == ReportState.SENT

    acknowledge(receipt=second, by=recipient_of(second), reply="已收到。")
    report.refresh_from_db()
    assert report.state == ReportState.ANSWERED
    assert logged(report) == ["sent", "answered"]


def test_a_second_answer_is_refused_and_the_first_stays(year):
    receipt = receipt_of(AnnualReportFactory(sent=True), Side.UNIT)
    by = recipient_of(receipt)
    acknowledge(receipt=receipt, by=by, reply="第一次。")

    with pytest.raises(AlreadyAnsweredError):
        acknowledge(receipt=receipt, by=by, reply="第二次。")

    receipt.refresh_from_db()
    assert receipt.reply == "第一次。"


@pytest.mark.parametrize("reply", ["", "  \n"])
def test_an_answer_without_words_is_refused(year, reply):
    receipt = receipt_of(AnnualReportFactory(sent=True), Side.UNIT)

    with pytest.raises(ReplyMissingError):
        acknowledge(receipt=receipt, by=recipient_of(receipt), reply=reply)


def test_one_who_is_no_recipient_does_not_answer(year):
    receipt = receipt_of(AnnualReportFactory(sent=True), Side.COMMUNITY)

    with pytest.raises(NotARecipientError):
        acknowledge(receipt=receipt, by=PostFactory().person, reply="已收到。")

    receipt.refresh_from_db()
    assert not receipt.is_answered


def test_members_may_move_house_without_their_report_following(year):
    report = AnnualReportFactory(sent=True)
    before = receipt_of(report, Side.COMMUNITY).area

    MemberReportIn.objects.filter(person=report.member).update(state="moved")
    MemberReportInFactory(person=report.member, accepted=True)

    assert receipt_of(report, Side.COMMUNITY).area == before


def test_every_log_action_has_a_label():
    registered = {name for name, _label in registry.get_choices()}

    assert set(LOG_ACTIONS) <= registered
