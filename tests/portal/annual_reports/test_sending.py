import pytest
from django.utils import timezone

from portal.annual_reports.actions import send_report
from portal.annual_reports.enums import ReportState, Side
from portal.annual_reports.errors import (
    HomeCommunityMissingError,
    HomeUnitMissingError,
    YearNotOpenError,
)
from portal.members.models import HomeMembership
from portal.notices.models import Message
from portal.records.enums import RecordState
from portal.records.models import ServiceRecord
from portal.report_in.models import MemberReportIn
from tests.factories.annual_reports import (
    AnnualReportFactory,
    community_of,
    receipt_of,
)
from tests.factories.members import HomeMembershipFactory, UserFactory
from tests.factories.organisations import PostFactory, UnitFactory
from tests.factories.report_in import MemberReportInFactory
from tests.portal.annual_reports.steps import close, logged


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


def test_members_may_move_house_without_their_report_following(year):
    report = AnnualReportFactory(sent=True)
    before = receipt_of(report, Side.COMMUNITY).area

    MemberReportIn.objects.filter(person=report.member).update(state="moved")
    MemberReportInFactory(person=report.member, accepted=True)

    assert receipt_of(report, Side.COMMUNITY).area == before


@pytest.mark.django_db
def test_where_the_only_organiser_and_contact_report_the_next_level_is_told():
    contact = PostFactory(unit_contact=True)
    branch = UnitFactory(above=contact.unit)
    member = PostFactory(unit_contact=True, unit=branch).person
    HomeMembershipFactory(person=member, unit=branch)
    report_in = MemberReportInFactory(person=member, accepted=True)
    PostFactory(person=member, area=report_in.area)
    organiser = PostFactory(area=report_in.area.get_parent()).person

    report = AnnualReportFactory(member=member, sent=True)

    arrivals = Message.objects.filter(title__contains="收到一份")
    assert {message.recipient for message in arrivals} == {contact.person, organiser}
    assert report.receipts.count() == 2
