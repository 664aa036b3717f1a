"""A resident volunteer leaves, or reports in, and is free to belong to another community."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains
from wagtail.models import ModelLogEntry

from portal.proxies.actions import leave_community, redeem
from portal.proxies.errors import LivesElsewhereError
from portal.proxies.queries import community_of, may_enter_for, open_residency
from portal.report_in.actions import accept, ask_to_move
from tests.factories.members import UserFactory
from tests.factories.organisations import CommunityFactory, PostFactory
from tests.factories.proxies import InvitationCodeFactory, ResidentVolunteerFactory, organiser_of
from tests.factories.report_in import MemberReportInFactory, TemporaryReportInFactory
from tests.portal.activities.logs import logged

pytestmark = pytest.mark.django_db

START, MINE, LEAVE = reverse("report_in:start"), reverse("proxies:mine"), reverse("proxies:leave_community")
LEFT = "proxies.residentvolunteer.left"


@pytest.fixture
def resident():
    return ResidentVolunteerFactory(area__name="云水社区")


@pytest.mark.parametrize("address", [START, MINE])
def test_a_resident_sees_where_they_belong_and_leaves(client, resident, address):
    client.force_login(resident.person)
    page = client.get(address)
    assertContains(page, "您是云水社区的居民志愿者")
    assertContains(page, f'action="{LEAVE}"')

    left = client.post(LEAVE, follow=True)

    assertContains(left, "您已离开云水社区")
    assertNotContains(left, LEAVE)
    assert community_of(resident.person) is None
    assert not may_enter_for(organiser_of(resident.area), resident.person, resident.area)
    assert logged(resident) == [LEFT]
    assert client.post(LEAVE).status_code == 302  # nothing is left to end


def test_whoever_left_joins_another_community_by_card(resident):
    card = InvitationCodeFactory()
    with pytest.raises(LivesElsewhereError):
        redeem(code=card, person=resident.person)

    assert leave_community(person=resident.person) == resident.area
    redeem(code=card, person=resident.person)

    assert community_of(resident.person) == card.invitation.area
    assert leave_community(person=UserFactory()) is None


def test_a_stranger_to_every_community_has_nothing_to_leave(client):
    client.force_login(UserFactory())

    assertNotContains(client.get(START), LEAVE)
    assertNotContains(client.get(MINE), LEAVE)


@pytest.mark.parametrize("is_here", [True, False])
def test_a_residence_that_is_accepted_takes_the_place_of_the_residency(resident, is_here):
    area = resident.area if is_here else CommunityFactory()
    report_in = MemberReportInFactory(person=resident.person, area=area)
    organiser = PostFactory(area=area).person
    assert open_residency(resident.person)

    accept(report_in=report_in, by=organiser)

    assert open_residency(resident.person) is None
    assert community_of(resident.person) == area
    assert may_enter_for(organiser_of(resident.area), resident.person, resident.area) == is_here
    line = ModelLogEntry.objects.get(action=LEFT)
    assert (line.user, line.data) == (organiser, {"for": resident.person.pk})


def test_a_move_that_is_accepted_does_the_same():
    residence = MemberReportInFactory(accepted=True)
    resident = ResidentVolunteerFactory(person=residence.person)
    move = ask_to_move(person=residence.person, area=CommunityFactory())

    accept(report_in=move, by=PostFactory(area=move.area).person)

    resident.refresh_from_db()
    assert resident.left_at is not None


def test_a_stay_for_a_time_leaves_the_residency_alone(resident):
    stay = TemporaryReportInFactory(person=resident.person)

    accept(report_in=stay, by=PostFactory(area=stay.area).person)

    assert open_residency(resident.person)
