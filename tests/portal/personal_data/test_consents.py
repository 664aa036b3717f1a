import pytest
from django.urls import reverse

from portal.members.enums import Purpose, Visibility
from portal.members.models import Consent, Profile
from portal.personal_data import actions
from portal.personal_data.consents import ASKED
from portal.personal_data.errors import AskedElsewhereError
from portal.report_in.actions import accept, submit_report_in
from portal.report_in.enums import ReportInState
from tests.factories.members import ConsentFactory, HomeMembershipFactory, UserFactory
from tests.factories.organisations import CommunityFactory
from tests.factories.report_in import MemberReportInFactory

pytestmark = pytest.mark.django_db

CONSENTS = reverse("personal_data:consents")


def address(name, purpose):
    return reverse(f"personal_data:{name}", args=[purpose])


def is_on(person, purpose):
    return Consent.objects.filter(person=person, purpose=purpose, withdrawn_at__isnull=True).exists()


def reported_in():
    person = HomeMembershipFactory().person
    report_in = submit_report_in(person=person, area=CommunityFactory())
    return accept(report_in=report_in, by=UserFactory())


def test_every_purpose_is_put_to_people_once():
    assert [asked.purpose for asked in ASKED] == list(Purpose)


def test_a_purpose_is_switched_on_once_in_the_words_of_today():
    person = UserFactory()

    actions.give(person=person, purpose=Purpose.SMS_REMINDERS)
    actions.give(person=person, purpose=Purpose.SMS_REMINDERS)

    assert Consent.objects.get(person=person).text_version == "2026-1"


def test_reporting_in_is_agreed_to_where_one_reports_in():
    with pytest.raises(AskedElsewhereError):
        actions.give(person=UserFactory(), purpose=Purpose.REPORT_IN)


def test_withdrawing_twice_changes_nothing_more():
    consent = ConsentFactory(purpose=Purpose.PUBLIC_NAME)

    for _ in range(2):
        actions.withdraw(person=consent.person, purpose=Purpose.PUBLIC_NAME)

    assert not is_on(consent.person, Purpose.PUBLIC_NAME)
    assert Consent.objects.count() == 1


def test_without_the_consent_no_report_in_stands():
    report_in = reported_in()

    actions.withdraw(person=report_in.person, purpose=Purpose.REPORT_IN)

    report_in.refresh_from_db()
    assert report_in.state == ReportInState.ENDED
    assert not is_on(report_in.person, Purpose.REPORT_IN)


def test_a_report_in_that_waits_is_taken_back():
    report_in = MemberReportInFactory()

    actions.withdraw(person=report_in.person, purpose=Purpose.REPORT_IN)

    report_in.refresh_from_db()
    assert report_in.state == ReportInState.WITHDRAWN


def test_skills_are_hidden_with_their_consent():
    profile = Profile.objects.create(person=UserFactory(), skills_seen_by=Visibility.ORGANISERS)

    actions.withdraw(person=profile.person, purpose=Purpose.SKILLS)

    profile.refresh_from_db()
    assert profile.skills_seen_by == Visibility.ONLY_ME


def test_the_pages_are_for_who_is_logged_in(client):
    for asked in (CONSENTS, address("withdraw", "sms_reminders")):
        assert client.get(asked).status_code == 302
    assert client.post(address("give", "sms_reminders")).status_code == 302
    assert not Consent.objects.exists()


def test_one_switches_and_sees_the_dates(client):
    person = UserFactory()
    client.force_login(person)
    assert "没有同意" in client.get(CONSENTS).content.decode()

    client.post(address("give", "sms_reminders"))
    assert "说明版本 2026-1" in client.get(CONSENTS).content.decode()

    body = client.post(address("withdraw", "sms_reminders"), follow=True).content.decode()
    assert "已撤回" in body
    assert not is_on(person, Purpose.SMS_REMINDERS)


def test_withdrawing_says_first_what_ends(client):
    report_in = reported_in()
    client.force_login(report_in.person)

    body = client.get(address("withdraw", "report_in")).content.decode()
    report_in.refresh_from_db()
    assert report_in.area.name in body
    assert report_in.state == ReportInState.ACCEPTED

    client.post(address("withdraw", "report_in"))
    report_in.refresh_from_db()
    assert report_in.state == ReportInState.ENDED


def test_what_nobody_asks_is_not_found(client):
    client.force_login(UserFactory())

    assert client.get(address("withdraw", "nonsense")).status_code == 404
    assert client.post(address("give", "nonsense")).status_code == 404
    assert "要在报到的时候同意" in client.post(address("give", "report_in"), follow=True).content.decode()
