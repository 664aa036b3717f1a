import json
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from tests.factories.factors import with_authenticator
from tests.factories.members import PASSWORD, ConsentFactory, HomeMembershipFactory, UserFactory
from tests.factories.notices import MessageFactory
from tests.factories.records import ServiceRecordFactory
from tests.factories.report_in import MemberReportInFactory
from tests.portal.personal_data.proofs import prove

pytestmark = pytest.mark.django_db

MINE = reverse("personal_data:mine")
EXPORT = reverse("personal_data:export")


def given(client):
    response = client.get(EXPORT)
    return json.loads(b"".join(response.streaming_content))


def rows(data, kind):
    return next(held["rows"] for held in data["held"] if held["kind"] == kind)


@pytest.mark.parametrize("address", [MINE, EXPORT])
def test_the_pages_are_for_who_is_logged_in(client, address):
    assert client.get(address).status_code == 302


def test_one_sees_what_is_held_why_and_how_long(client):
    report_in = MemberReportInFactory(accepted=True, note="住 3 栋", decided_by__name="周社工")
    client.force_login(report_in.person)

    body = client.get(MINE).content.decode()

    assert "住 3 栋" in body
    assert report_in.area.name in body
    assert "谁能看到" in body
    assert "周*" in body
    assert "周社工" not in body


def test_nobody_elses_data_is_shown(client):
    MessageFactory(title="别人的消息")
    client.force_login(UserFactory())

    assert "别人的消息" not in client.get(MINE).content.decode()


def test_the_page_costs_the_same_for_many_rows(client):
    person = UserFactory()
    MessageFactory(recipient=person)
    client.force_login(person)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(MINE).status_code == 200
        return len(captured)

    queries()
    one = queries()
    MessageFactory.create_batch(2, recipient=person)

    assert queries() == one


def test_the_file_holds_everything_and_masks_others(client):
    person = UserFactory(name="林远舟")
    HomeMembershipFactory(person=person)
    ConsentFactory(person=person)
    record = ServiceRecordFactory(member=person, recorded_by=UserFactory(name="何静宜"))
    MessageFactory.create_batch(30, recipient=person)
    prove(client, person)

    data = given(client)

    assert rows(data, "members.User.pk")[0]["phone"] == str(person.phone)
    assert "password" not in rows(data, "members.User.pk")[0]
    assert len(rows(data, "notices.Message.recipient")) == 30
    assert rows(data, "records.ServiceRecord.member")[0]["minutes"] == record.minutes
    assert rows(data, "records.ServiceRecord.member")[0]["recorded_by__name"] == "何*"
    assert "何静宜" not in json.dumps(data, ensure_ascii=False)


def test_of_what_one_did_for_others_only_the_own_part_is_given(client):
    record = ServiceRecordFactory(title="上门看望李奶奶", member__name="李四方")
    prove(client, record.confirmed_by)

    told = json.dumps(given(client), ensure_ascii=False)

    assert "records.ServiceRecord.confirmed_by" in told
    assert "李奶奶" not in told
    assert "李四方" not in told


def test_the_file_is_noted_and_kept_nowhere(client):
    person = UserFactory()
    prove(client, person)

    response = client.get(EXPORT)

    assert response.streaming
    assert "no-store" in response["Cache-Control"]
    assert "attachment" in response["Content-Disposition"]
    assert ModelLogEntry.objects.get(action="personal_data.user.exported").user == person


def test_a_password_is_proof_enough_where_there_is_no_second_factor(client):
    person = UserFactory()
    client.force_login(person)

    assert client.get(EXPORT).status_code == 302

    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.get(EXPORT).status_code == 200


@pytest.mark.parametrize(("ago", "status"), [(10, 200), (3600, 302)])
def test_who_has_only_a_phone_proves_it_by_a_code_and_stays_logged_in(client, ago, status):
    prove(client, UserFactory(password=None), method="code", ago=ago)

    response = client.get(EXPORT)

    assert response.status_code == status
    if status == 302:
        assert response["Location"].startswith(reverse("account_reauthenticate_by_code"))
        assert "_auth_user_id" in client.session
    assert ModelLogEntry.objects.filter(action="personal_data.user.exported").exists() is (status == 200)


@pytest.mark.parametrize("address", [EXPORT, reverse("personal_data:close")])
@pytest.mark.parametrize(("method", "is_open"), [("password", False), ("code", False), ("mfa", True)])
def test_who_has_a_second_factor_proves_it_by_nothing_less(client, address, method, is_open):
    person = UserFactory()
    with_authenticator(person)
    Authenticator.objects.update(created_at=timezone.now() - timedelta(days=1))
    prove(client, person, method=method)

    response = client.get(address)

    assert response.status_code == (200 if is_open else 302)
    if not is_open:
        assert response["Location"].startswith(reverse("mfa_reauthenticate"))


def test_the_export_is_never_made_by_a_form_of_another_site(client):
    prove(client, UserFactory())

    assert client.post(EXPORT).status_code == 405
