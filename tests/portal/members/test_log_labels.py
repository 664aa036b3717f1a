"""The log outlives a person's name and more people read it, so it calls nobody by name."""

import pytest
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from portal.activities.actions import record_attendance, sign_up
from portal.annual_reports.enums import Side
from portal.members import actions
from portal.members.models import User
from portal.organisations.actions import appoint
from portal.organisations.enums import Role
from portal.records.actions import confirm_attendance
from portal.report_in.actions import accept, ask_back, resubmit, submit_report_in, withdraw
from tests.factories.activities import AttendanceFactory, ShiftFactory, SignUpFactory
from tests.factories.annual_reports import AnnualReportFactory, receipt_of
from tests.factories.members import HomeMembershipFactory, RosterEntryFactory, UserFactory
from tests.factories.organisations import CommunityFactory

pytestmark = pytest.mark.django_db


def labels():
    return list(ModelLogEntry.objects.values_list("label", flat=True))


def names():
    return [name for name in User.objects.values_list("name", flat=True) if name]


def test_a_roster_row_a_name_and_a_home():
    phone = str(RosterEntryFactory(name="林远舟").phone)
    person = actions.open_account(phone=phone)
    actions.verify_phone(person=person, phone=phone)
    actions.activate_from_roster(person=person)

    assert names() == ["林远舟"]
    assert len(labels()) == 4
    assert not any("林远舟" in label for label in labels())


def test_a_report_in_and_its_consent():
    person, organiser = UserFactory(name="林远舟"), UserFactory(name="何敏")
    HomeMembershipFactory(person=person)
    for _ in range(2):
        report_in = submit_report_in(person=person, area=CommunityFactory())
        ask_back(report_in=report_in, by=organiser, reason="请补充")
        withdraw(report_in=resubmit(report_in=report_in, by=person, note="5 栋"), by=person)
    accept(report_in=submit_report_in(person=person, area=CommunityFactory()), by=organiser)

    logged = ModelLogEntry.objects.values_list("action", flat=True)
    assert {"members.consent.given", "members.consent.withdrawn", "report_in.memberreportin.accepted"} <= set(logged)
    assert not any(name in label for label in labels() for name in names())


def test_a_sign_up_an_attendance_a_record_a_post_and_a_report():
    sign_up(shift=ShiftFactory(), member=UserFactory(name="林远舟"))
    came = SignUpFactory(shift=ShiftFactory(past=True), member__name="林远舟")
    record_attendance(sign_up=came, by=UserFactory(), state="completed")
    confirm_attendance(attendance=AttendanceFactory(sign_up__member__name="林远舟"), by=UserFactory())
    appoint(person=UserFactory(name="林远舟"), role=Role.ORGANISER, area=CommunityFactory(), by=None)
    report = AnnualReportFactory(sent=True, answered=True)

    assert receipt_of(report, Side.UNIT).is_answered
    assert not any(name in label for label in labels() for name in names())


def test_a_person_changed_in_the_editors_desk():
    person = UserFactory(name="林远舟")

    log(person, "wagtail.edit")

    assert labels() == [f"用户 #{person.pk}"]
