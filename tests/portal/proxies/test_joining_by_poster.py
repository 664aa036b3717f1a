"""Somebody without a unit follows a community's poster and joins it as a resident volunteer."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from portal.notices.models import Message
from portal.organisations.actions import merge_areas
from portal.proxies.actions import join_community, leave_community, redeem
from portal.proxies.errors import JoinedAlreadyError, LivesElsewhereError, VouchedForError
from portal.proxies.models import Joining, ResidentVolunteer
from portal.proxies.queries import community_of
from portal.report_in.errors import NotACommunityError
from tests.factories.members import HomeMembershipFactory, UserFactory
from tests.factories.organisations import CommunityFactory
from tests.factories.proxies import InvitationCodeFactory, ResidentVolunteerFactory, organiser_of
from tests.factories.report_in import MemberReportInFactory
from tests.portal.activities.logs import logged

pytestmark = pytest.mark.django_db

HOME, START = reverse("dashboard:home"), reverse("report_in:start")


@pytest.fixture(autouse=True)
def _no_rates_from_before(db):
    cache.clear()


@pytest.fixture
def area():
    return CommunityFactory(name="云水社区")


def poster(area):
    return reverse("report_in:send", args=[area.code])


def door(area):
    return reverse("join:community", args=[area.code])


def test_from_the_poster_to_the_community(client, area):
    organiser, person = organiser_of(area), UserFactory(name="陈桂兰")
    client.force_login(person)

    assertContains(client.get(poster(area)), f'href="{door(area)}"')
    asked = client.get(door(area))
    assertContains(asked, "社区会看到您的姓名和手机号")
    assertContains(asked, "陈桂兰")
    assert not ResidentVolunteer.objects.exists()  # nothing happens by looking
    assertContains(client.post(door(area), follow=True), "欢迎加入云水社区")

    residency = ResidentVolunteer.objects.get()
    assert (residency.person, residency.area) == (person, area)
    assert logged(residency) == ["proxies.residentvolunteer.joined"]
    told = Message.objects.get(recipient=organiser)
    assert told.title == "有居民加入云水社区。"
    client.force_login(organiser)
    assert client.get(told.url).status_code == 200


def test_whoever_has_no_name_says_one(client, area):
    person = UserFactory(name="")
    client.force_login(person)

    assert client.post(door(area)).status_code == 422
    client.post(door(area), {"name": "林远舟"})

    person.refresh_from_db()
    assert (person.name, community_of(person)) == ("林远舟", area)


def test_one_residency_at_a_time(client, area):
    resident = ResidentVolunteerFactory()
    client.force_login(resident.person)

    assertNotContains(client.get(poster(area)), door(area))
    assertContains(client.post(door(area), follow=True), "已经加入了另一个社区")
    with pytest.raises(LivesElsewhereError):
        join_community(area=area, person=resident.person)
    with pytest.raises(JoinedAlreadyError):
        join_community(area=resident.area, person=resident.person)
    assert ResidentVolunteer.objects.get() == resident


def test_whom_a_unit_vouches_for_reports_in(client, area):
    member = HomeMembershipFactory().person
    client.force_login(member)

    assert client.get(door(area)).url == client.post(door(area)).url == poster(area)
    with pytest.raises(VouchedForError):
        join_community(area=area, person=member)
    assert not ResidentVolunteer.objects.exists()


def test_whoever_waits_for_a_community_cannot_join_another(area):
    with pytest.raises(LivesElsewhereError):
        join_community(area=area, person=MemberReportInFactory().person)


def test_a_community_that_is_no_more_leads_to_the_one_that_follows(client, area):
    after = CommunityFactory()
    client.force_login(UserFactory())
    merge_areas(areas=[area], into=after, by=None)

    assert client.get(door(area)).url == door(after)
    assert client.get(reverse("join:community", args=["unknown"])).status_code == 404
    with pytest.raises(NotACommunityError):
        join_community(area=area, person=UserFactory())


def test_coming_and_going_is_slowed_down(client, area):
    person = UserFactory()
    client.force_login(person)
    answers = []
    for _ in range(6):
        answers.append(client.post(door(area)).status_code)
        leave_community(person=person)

    assert answers == [302] * 5 + [429]


def test_by_other_ways_of_reporting_in_nobody_joins(client, area):
    client.force_login(UserFactory())

    assert client.get(reverse("report_in:stay", args=[area.code])).url == START
    assert client.post(poster(area)).url == START


def test_whoever_left_comes_back_by_the_same_link():
    link, person = InvitationCodeFactory(max_uses=2), UserFactory()
    first = redeem(code=link, person=person)
    assert redeem(code=link, person=person) == first
    leave_community(person=person)

    again = redeem(code=link, person=person)

    assert community_of(person) == link.invitation.area
    assert again == first == Joining.objects.get()
    assert again.residency.left_at is None
    link.refresh_from_db()
    assert link.uses == 1
