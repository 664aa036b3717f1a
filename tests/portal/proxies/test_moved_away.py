"""A community says that somebody has moved away: it answers for them no more, and another may take them up."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from portal.notices.models import Message
from portal.organisations.actions import merge_areas
from portal.proxies.actions import Mandate, claim, say_moved_away, take_up
from portal.proxies.enums import ConsentKind, HandOverState
from portal.proxies.errors import CannotBeTakenUpError, NotOursError, OwnEntryError
from portal.proxies.models import ManagedPerson
from portal.proxies.queries import community_of, is_managed, may_enter_for
from tests.factories.members import UserFactory
from tests.factories.organisations import CommunityFactory
from tests.factories.proxies import HandOverFactory, ManagedPersonFactory, ResidentVolunteerFactory, organiser_of
from tests.factories.report_in import MemberReportInFactory
from tests.portal.activities.logs import logged

pytestmark = pytest.mark.django_db

PHONE = "+8613700000001"


def mandate_of(area):
    return Mandate(by=organiser_of(area), area=area, consent=ConsentKind.SPOKEN)


def take_up_at(area):
    return take_up(mandate=mandate_of(area), name="陈桂兰", phone=PHONE).person


@pytest.fixture
def area():
    return CommunityFactory(name="云水社区", phone="0591-1234567")


@pytest.fixture
def organiser(area):
    return organiser_of(area)


def page_of(person):
    return reverse("proxies:person", args=[person.pk])


def door(person):
    return reverse("proxies:moved_away", args=[person.pk])


def test_at_the_desk_the_registration_ends_and_the_person_is_told(client, area, organiser):
    resident = ResidentVolunteerFactory(area=area)
    client.force_login(organiser)
    assertContains(client.get(page_of(resident.person)), f'action="{door(resident.person)}"')

    assert client.post(door(resident.person)).url == reverse("proxies:find")

    resident.refresh_from_db()
    assert resident.left_at is not None
    assert logged(resident) == ["proxies.residentvolunteer.left"]
    assert Message.objects.get(recipient=resident.person).title == "云水社区登记您已搬走，您在那里的登记结束了。"
    assert client.get(page_of(resident.person)).status_code == client.post(door(resident.person)).status_code == 404


def test_another_community_takes_up_whom_the_first_let_go(area):
    person, there = take_up_at(area), CommunityFactory()
    with pytest.raises(CannotBeTakenUpError):
        take_up_at(there)

    say_moved_away(person=person, by=organiser_of(area))

    assert community_of(person) is None
    assert not is_managed(person)
    assert take_up_at(there) == person
    assert community_of(person) == there
    managed = ManagedPerson.objects.get(person=person)
    assert (managed.area, managed.left_at) == (there, None)
    assert logged(managed) == [f"proxies.managedperson.{what}" for what in ("taken_up", "left", "taken_up")]
    assert not may_enter_for(organiser_of(area), person, area)


def test_whoever_was_let_go_still_takes_the_account_into_their_own_hands(area):
    person = take_up_at(area)
    say_moved_away(person=person, by=organiser_of(area))

    claim(person=person)

    assert ManagedPerson.objects.get(person=person).claimed_at is not None


def test_a_hand_over_that_waits_is_taken_back(area, organiser):
    hand_over = HandOverFactory(area=area)

    say_moved_away(person=hand_over.person, by=organiser)

    hand_over.refresh_from_db()
    assert hand_over.state == HandOverState.WITHDRAWN


def test_whoever_was_let_go_does_not_follow_a_merger(area, organiser):
    managed = ManagedPersonFactory(area=area)
    say_moved_away(person=managed.person, by=organiser)

    merge_areas(areas=[area], into=CommunityFactory(), by=None)

    managed.refresh_from_db()
    assert managed.area == area
    assert community_of(managed.person) is None


def test_a_report_in_ends_by_its_own_door_first(client, area, organiser):
    managed = ManagedPersonFactory(area=area)
    MemberReportInFactory(person=managed.person, area=area)
    client.force_login(organiser)

    assertNotContains(client.get(page_of(managed.person)), door(managed.person))
    assertContains(client.post(door(managed.person), follow=True), "不在您的社区")
    assert is_managed(managed.person)


def test_nobody_else_ends_it(area, organiser):
    resident = ResidentVolunteerFactory(area=area)
    own = ResidentVolunteerFactory(area=area, person=organiser)

    for stranger in (UserFactory(), organiser_of(CommunityFactory())):
        with pytest.raises(NotOursError):
            say_moved_away(person=resident.person, by=stranger)
    with pytest.raises(OwnEntryError):
        say_moved_away(person=own.person, by=organiser)
    resident.refresh_from_db()
    assert resident.left_at is None
