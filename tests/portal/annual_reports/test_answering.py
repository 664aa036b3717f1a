import pytest

from portal.annual_reports.actions import acknowledge
from portal.annual_reports.enums import ReportState, Side
from portal.annual_reports.errors import (
    AlreadyAnsweredError,
    NotARecipientError,
    ReplyMissingError,
)
from portal.notices.models import Message
from tests.factories.annual_reports import (
    AnnualReportFactory,
    receipt_of,
    recipient_of,
)
from tests.factories.organisations import PostFactory
from tests.portal.annual_reports.steps import logged


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
