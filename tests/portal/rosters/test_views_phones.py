"""The phone of a row: masked, whole by a click; whoever has met the row sees who looked and why."""

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from portal.members.models import ReadLog
from tests.factories.members import RosterEntryFactory, UserFactory
from tests.factories.organisations import PostFactory

pytestmark = pytest.mark.django_db

PHONE, MASKED, WHOLE = "+8613812345678", "138****5678", "138 1234 5678"
CALL = {"purpose": "roster"}


@pytest.fixture
def entry():
    return RosterEntryFactory(phone=PHONE, person=UserFactory(phone=PHONE))


@pytest.fixture
def contact(client, entry):
    person = PostFactory(unit_contact=True, unit=entry.unit).person
    client.force_login(person)
    return person


def to(name, entry):
    return reverse(f"rosters:{name}", args=[entry.pk])


def test_the_phone_is_shown_once_and_the_person_sees_who(client, contact, entry):
    before = client.get(to("correct", entry))
    assertContains(before, MASKED)
    assertContains(before, "本人会看到是谁、为什么看了手机号。")
    assertNotContains(before, WHOLE)

    shown = client.post(to("show_phone", entry), CALL)

    assertContains(shown, WHOLE)
    assert "no-store" in shown["Cache-Control"]
    read = ReadLog.objects.get()
    assert (read.reader, read.person, read.what, read.purpose) == (contact, entry.person, "手机号", "核对名册")
    assert read.office == f"{entry.unit} 单位联络员"
    assertNotContains(client.get(to("correct", entry)), WHOLE)
    assertContains(shown, f'action="{to("correct", entry)}"')  # what is typed now is still a correction

    client.force_login(entry.person)
    assertContains(client.get(reverse("members:reads_of_me")), "核对名册")


def test_a_row_nobody_has_met_has_nobody_to_tell(client, contact, entry):
    awaited = RosterEntryFactory(unit=entry.unit, phone="+8613912345678")
    assertNotContains(client.get(to("correct", awaited)), "本人会看到")

    assertContains(client.post(to("show_phone", awaited), CALL), "139 1234 5678")
    assert not ReadLog.objects.exists()


@pytest.mark.parametrize("purpose", ["", "activity", "curiosity"])
def test_another_purpose_shows_nothing_and_notes_nothing(client, contact, entry, purpose):
    answer = client.post(to("show_phone", entry), {"purpose": purpose})

    assertNotContains(answer, WHOLE, status_code=422)
    assert not ReadLog.objects.exists()


def test_who_was_taken_off_is_not_shown(client, contact, entry):
    entry.left_on = timezone.localdate()
    entry.save()

    assert client.post(to("show_phone", entry), CALL).status_code == 404


def test_the_button_is_not_there_for_others(client, entry):
    assert client.post(to("show_phone", entry), CALL).status_code == 302
    for person in (UserFactory(), entry.person, PostFactory().person, PostFactory(unit_contact=True).person):
        client.force_login(person)
        assert client.post(to("show_phone", entry), CALL).status_code == 404
    assert not ReadLog.objects.exists()


def test_a_link_shows_no_phone(client, contact, entry):
    assert client.get(to("show_phone", entry), CALL).status_code == 405
