"""Phones of people signed up: masked for the organiser, whole by a click that says why and is noted."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from portal.activities.enums import SignUpState
from portal.members.models import ReadLog
from tests.factories.activities import ShiftFactory, SignUpFactory
from tests.factories.members import UserFactory
from tests.factories.organisations import PostFactory
from tests.portal.activities.counting import queries_for

pytestmark = pytest.mark.django_db

MASKED, WHOLE = "138****5678", "138 1234 5678"
CALL = {"purpose": "activity"}


@pytest.fixture
def mine():
    return SignUpFactory(member__phone="+8613812345678")


@pytest.fixture
def organiser(client, mine):
    person = PostFactory(area=mine.shift.activity.area, person__name="周社工").person
    client.force_login(person)
    return person


def phone_of(sign_up):
    return reverse("activities:show_phone", args=[sign_up.pk])


def people_of(sign_up):
    return reverse("activities:people", args=[sign_up.shift.activity.code])


def test_an_organiser_sees_the_phone_once_and_the_person_sees_who(client, organiser, mine):
    before = client.get(people_of(mine))
    assertContains(before, MASKED)
    assertContains(before, f'formaction="{phone_of(mine)}#sign-up-{mine.pk}"')
    assertNotContains(before, WHOLE)

    shown = client.post(phone_of(mine), CALL)

    assertContains(shown, WHOLE)
    assert "no-store" in shown["Cache-Control"]
    read = ReadLog.objects.get()
    assert (read.reader, read.person, read.what) == (organiser, mine.member, "手机号")
    assert read.purpose == "活动临时有变，通知本人"
    assert str(mine.shift.activity.area) in read.office
    assertNotContains(client.get(people_of(mine)), WHOLE)

    client.force_login(mine.member)
    assertContains(client.get(reverse("members:reads_of_me")), "周社工查看了手机号")


@pytest.mark.parametrize("purpose", ["", "roster", "curiosity"])
def test_another_purpose_shows_nothing_and_notes_nothing(client, organiser, mine, purpose):
    answer = client.post(phone_of(mine), {"purpose": purpose})

    assertNotContains(answer, WHOLE, status_code=422)
    assert not ReadLog.objects.exists()


@pytest.mark.parametrize("state", [SignUpState.REQUESTED, SignUpState.WAITING, SignUpState.OFFERED])
def test_whoever_waits_can_be_called(client, organiser, mine, state):
    now = timezone.now()
    one = SignUpFactory(shift=mine.shift, state=state, queued_at=now, offered_until=now, member__phone="+8613912345678")

    assertContains(client.post(phone_of(one), CALL), "139 1234 5678")


def test_one_click_shows_one_phone(client, organiser, mine):
    SignUpFactory(shift=mine.shift, member__phone="+8613912345678")

    shown = client.post(phone_of(mine), CALL)

    assertContains(shown, WHOLE)
    assertContains(shown, "139****5678")
    assertNotContains(shown, "139 1234 5678")


@pytest.mark.parametrize("state", [SignUpState.WITHDRAWN, SignUpState.REFUSED, SignUpState.LAPSED])
def test_who_is_no_longer_signed_up_is_not_called(client, organiser, mine, state):
    gone = SignUpFactory(shift=mine.shift, state=state)

    assert client.post(phone_of(gone), CALL).status_code == 404
    assert not ReadLog.objects.exists()


def test_after_the_time_to_come_the_phone_stays_masked(client, organiser, mine):
    grace = timedelta(minutes=settings.ATTENDANCE_GRACE_MINUTES)
    for since, status in ((grace - timedelta(minutes=1), 200), (grace + timedelta(minutes=1), 404)):
        ends_at = timezone.now() - since
        mine.shift.starts_at, mine.shift.ends_at = ends_at - timedelta(hours=2), ends_at
        mine.shift.save()
        assert client.post(phone_of(mine), CALL).status_code == status

    page = client.get(people_of(mine))
    assertContains(page, MASKED)
    assertNotContains(page, "formaction")
    assert ReadLog.objects.count() == 1


def test_nobody_is_told_of_a_look_at_their_own(client, organiser, mine):
    own = SignUpFactory(shift=mine.shift, member=organiser)

    assert client.post(phone_of(own), CALL).status_code == 200
    assert not ReadLog.objects.exists()


def test_the_button_is_not_there_for_others(client, mine):
    assert client.post(phone_of(mine), CALL).status_code == 302
    unit_contact = PostFactory(unit_contact=True).person
    for person in (UserFactory(), mine.member, PostFactory().person, unit_contact):
        client.force_login(person)
        assert client.post(phone_of(mine), CALL).status_code == 404
    assert not ReadLog.objects.exists()


def test_a_link_shows_no_phone(client, organiser, mine):
    assert client.get(phone_of(mine), CALL).status_code == 405


def test_the_answer_is_the_page_one_was_on_and_leads_on_in_the_list(client, organiser, mine):
    last = SignUpFactory.create_batch(40, shift=ShiftFactory(activity=mine.shift.activity, capacity=50))[-1]
    people = people_of(last)
    address = f"{phone_of(last)}?page=2"
    second = client.get(f"{people}?page=2")
    listed = second.context["page"][0]
    assertContains(second, f'formaction="{phone_of(listed)}?page=2#sign-up-{listed.pk}"')

    answer = client.post(address, CALL)

    assert answer.context["page"].number == 2
    assertContains(answer, f'href="{people}?page=3"')


def test_the_phones_cost_one_query_for_three_as_for_one(client, organiser, mine):
    once = queries_for(client, people_of(mine))
    SignUpFactory(shift=mine.shift)
    SignUpFactory(shift=mine.shift, state=SignUpState.REQUESTED)
    SignUpFactory(shift=ShiftFactory(activity=mine.shift.activity))

    assert queries_for(client, people_of(mine)) == once
