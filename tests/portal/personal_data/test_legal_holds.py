"""An administrator notes that the law asks for somebody's data to be kept, and finds them by one of two numbers."""

import pytest
from structlog.testing import capture_logs
from wagtail.models import ModelLogEntry

from portal.members.models import ReadLog
from portal.personal_data.models import LegalHold
from tests.factories.members import UserFactory
from tests.factories.personal_data import LegalHoldFactory

pytestmark = pytest.mark.django_db

ADD = "/cms/snippets/personal_data/legalhold/add/"
PHONE = "+8613800138123"


@pytest.fixture
def kept():
    return UserFactory(phone=PHONE, name="何静宜")


def said(**fields):
    return {"person": "", "phone": "", "reason": "法院要求", "until": "", **fields}


def test_by_the_number_of_the_account_and_nobody_is_listed(admin_client, kept):
    assert f'<option value="{kept.pk}"' not in admin_client.get(ADD).text

    admin_client.post(ADD, said(person=kept.pk))

    assert LegalHold.objects.get().person == kept
    assert not ReadLog.objects.exists()


@pytest.mark.parametrize("phone", ["138 0013 8123", "+86 13800138123", "１３８００１３８１２３"])
def test_by_the_whole_phone_which_is_noted_and_kept_nowhere(admin_client, admin_user, kept, phone, caplog):
    with capture_logs() as lines:
        answer = admin_client.post(ADD, said(phone=phone))

    assert LegalHold.objects.get().person == kept
    (read,) = ReadLog.objects.all()
    assert (read.reader, read.person) == (admin_user, kept)
    assert "保存" not in read.what + read.purpose  # the person reads it
    written = f"{answer['Location']} {lines} {caplog.text} {list(ModelLogEntry.objects.values())}"
    assert "0013" not in written
    assert "138123" not in written


def test_whom_nobody_knows_or_two_numbers_mean_is_refused(admin_client, kept):
    other = UserFactory()

    unknown = admin_client.post(ADD, said(phone="13900139123")).text
    both = admin_client.post(ADD, said(phone=PHONE, person=other.pk)).text
    neither = admin_client.post(ADD, said(reason="")).text
    no_phone = admin_client.post(ADD, said(phone="123")).text

    assert "没有账户用这个手机号" in unknown
    assert "不是同一个人的" in both
    assert "请填写手机号，或者用户编号" in neither
    assert "这不像是一个手机号" in no_phone
    assert not LegalHold.objects.exists()


def test_a_phone_that_was_found_is_noted_though_another_field_is_wrong(admin_client, kept):
    admin_client.post(ADD, said(phone=PHONE, reason=""))

    assert not LegalHold.objects.exists()
    assert ReadLog.objects.get().person == kept


def test_a_hold_is_changed_without_saying_again_who_it_is(admin_client):
    hold = LegalHoldFactory()
    page = f"/cms/snippets/personal_data/legalhold/edit/{hold.pk}/"
    assert hold.person.phone.as_e164 not in admin_client.get(page).text

    admin_client.post(page, said(person=hold.person_id, reason="文书换了"))

    hold.refresh_from_db()
    assert hold.reason == "文书换了"
