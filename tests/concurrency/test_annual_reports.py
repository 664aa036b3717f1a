"""A report is sent once and answered once, however many hands ask at the same moment (R04, R09)."""

import inspect
import threading
from collections import Counter

import pytest
from wagtail.models import ModelLogEntry

from portal.annual_reports import actions
from portal.annual_reports.actions import acknowledge, draft_report, send_report
from portal.annual_reports.enums import ReportState, Side
from portal.annual_reports.errors import AlreadyAnsweredError, ReportAlreadySentError, ReportError
from portal.annual_reports.models import AnnualReport, Receipt
from portal.annual_reports.rules import is_recipient
from portal.members.models import User
from portal.notices.models import Message
from tests.concurrency.race import race
from tests.factories.annual_reports import AnnualReportFactory, ReportingYearFactory, receipt_of, recipient_of
from tests.factories.report_in import MemberReportInFactory

pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("committed")]

HANDS = 5


def times_logged(action: str) -> int:
    return ModelLogEntry.objects.filter(action=f"annual_reports.{action}").count()


def send(report: AnnualReport) -> str:
    try:
        send_report(report=report, by=report.member)
    except ReportError as refusal:
        return type(refusal).__name__
    return "sent"


def test_the_same_report_sent_five_times_at_once_is_sent_once():
    report = AnnualReportFactory()

    outcomes = race(send, [report] * HANDS, threads=HANDS)

    assert Counter(outcomes) == {"sent": 1, ReportAlreadySentError.__name__: HANDS - 1}
    assert Receipt.objects.count() == 2
    assert Message.objects.filter(recipient=report.member).count() == 1
    assert (times_logged("annualreport.sent"), times_logged("receipt.delivered")) == (1, 2)


def test_without_the_lock_it_is_sent_twice(monkeypatch: pytest.MonkeyPatch):
    # The control: were this to send once, the test above would prove nothing.
    report = AnnualReportFactory()
    everyone_has_read = threading.Barrier(2, timeout=30)

    def read_without_lock(report: AnnualReport) -> AnnualReport:
        read = AnnualReport.objects.select_related("year", "member").get(pk=report.pk)
        everyone_has_read.wait()
        return read

    monkeypatch.setattr(actions, "_lock_person", lambda person: None)
    monkeypatch.setattr(actions, "_lock", read_without_lock)
    unguarded = inspect.unwrap(send_report)  # the action without its transaction

    def attempt(report: AnnualReport) -> str:
        try:
            unguarded(report=report, by=report.member)
        except Exception as error:  # the database stops the second pair of receipts, in its own words
            return type(error).__name__
        return "sent"

    outcomes = race(attempt, [report] * 2, threads=2)

    assert times_logged("annualreport.sent") == 2
    assert ReportAlreadySentError.__name__ not in outcomes


def test_the_same_draft_begun_five_times_at_once_is_one():
    year, member = ReportingYearFactory(), MemberReportInFactory(accepted=True).person

    reports = race(lambda _: draft_report(member=member, year=year), range(HANDS), threads=HANDS)

    assert len({report.pk for report in reports}) == 1
    assert times_logged("annualreport.drafted") == 1


def test_the_same_answer_sent_five_times_at_once_is_given_once():
    report = AnnualReportFactory(sent=True)
    receipt = receipt_of(report, Side.UNIT)
    by = recipient_of(receipt)

    def answer(_: int) -> str:
        try:
            acknowledge(receipt=receipt, by=by, reply="已收到。")
        except AlreadyAnsweredError:
            return "refused"
        return "answered"

    assert Counter(race(answer, range(HANDS), threads=HANDS)) == {"answered": 1, "refused": HANDS - 1}
    assert times_logged("receipt.acknowledged") == 1


@pytest.mark.parametrize("attempt", range(3))
def test_both_sides_answering_at_once_complete_the_report(attempt):
    report = AnnualReportFactory(sent=True)
    answers = [(receipt, recipient_of(receipt)) for receipt in report.receipts.all()]

    race(lambda pair: acknowledge(receipt=pair[0], by=pair[1], reply="已收到。"), answers, threads=2)

    report.refresh_from_db()
    assert report.state == ReportState.ANSWERED
    assert times_logged("annualreport.answered") == 1


@pytest.mark.postgresql
def test_an_answer_and_a_second_click_on_send_never_wait_for_each_other(monkeypatch: pytest.MonkeyPatch):
    # The click holds the member and wants the report; the answer holds the report and writes to the member.
    report = AnnualReportFactory(sent=True)
    receipt = receipt_of(report, Side.UNIT)
    by = recipient_of(receipt)
    both_hold_theirs = threading.Barrier(2, timeout=30)
    lock_person = actions._lock_person

    def lock_person_and_wait(person: User) -> None:
        lock_person(person)
        both_hold_theirs.wait()

    def wait_and_look(by: User, receipt: Receipt) -> bool:
        both_hold_theirs.wait()
        return is_recipient(by, receipt)

    monkeypatch.setattr(actions, "_lock_person", lock_person_and_wait)
    monkeypatch.setattr(actions, "is_recipient", wait_and_look)

    def do(what: str) -> str:
        if what == "send":
            return send(report)
        acknowledge(receipt=receipt, by=by, reply="已收到。")
        return "answered"

    assert race(do, ["send", "answer"], threads=2) == [ReportAlreadySentError.__name__, "answered"]
