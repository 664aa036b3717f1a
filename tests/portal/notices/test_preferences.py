"""The page on which one says how one wants to be told."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from portal.notices import actions
from portal.notices.enums import Channel, MessageKind
from portal.notices.models import Preference
from tests.factories.members import ConsentFactory, UserFactory

pytestmark = pytest.mark.django_db
PAGE = reverse("notices:preferences")
TYPED = {
    "quiet_from": "22:00",
    "quiet_until": "07:00",
    "lead": "3h",
    "evening_hour": "20",
    "digest": "weekly",
    "digest_hour": "9",
    "offer-email": "on",
    "records-muted": "on",
}


@pytest.fixture
def person(client):
    person = UserFactory()
    client.force_login(person)
    return person


def test_strangers_have_no_settings(client):
    assert client.get(PAGE).status_code == 302


def test_the_page_says_what_holds_without_a_choice(client, person):
    page = client.get(PAGE).content.decode()

    assert 'value="21:00"' in page or 'value="00:00"' in page
    assert "还没有同意用短信提醒" in page
    ConsentFactory(person=person, purpose="sms_reminders")
    assert "还没有同意用短信提醒" not in client.get(PAGE).content.decode()


def test_saving_keeps_every_tick(client, person):
    assert client.post(PAGE, TYPED).status_code == 302

    mine = Preference.objects.get(person=person)
    assert (mine.quiet_hours[0].hour, mine.lead, mine.digest, mine.digest_hour) == (22, "3h", "weekly", 9)
    assert mine.evening_hour == 20
    assert mine.wants(MessageKind.OFFER, Channel.EMAIL)
    assert not mine.wants(MessageKind.OFFER, Channel.SMS)
    assert mine.is_muted(MessageKind.RECORDS)
    assert ModelLogEntry.objects.get(action="notices.preference.set").user == person
    assert client.post(PAGE, TYPED).status_code == 302
    assert Preference.objects.count() == 1


@pytest.mark.parametrize("name", ["digest_hour", "evening_hour"])
def test_a_wrong_choice_keeps_what_was_typed(client, person, name):
    response = client.post(PAGE, {**TYPED, name: "3"})

    assert response.status_code == 422
    assert 'value="22:00"' in response.content.decode()
    assert not Preference.objects.exists()


def test_kinds_of_duties_are_shown_where_one_has_come(client, person):
    assert "单位成员报到的进展" not in client.get(PAGE).content.decode()
    actions.tell(recipient=person, title="林远舟已报到。", kind=MessageKind.PROGRESS)

    page = client.get(PAGE).content.decode()

    assert "单位成员报到的进展" in page
    assert 'name="tallies"' in page


def test_the_inbox_leads_there(client, person):
    assert PAGE in client.get(reverse("notices:inbox")).content.decode()
