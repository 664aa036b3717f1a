import pytest

from portal.notices.models import Message
from portal.organisations.actions import Part, merge_areas, split_area
from portal.proxies.actions import invite_by_cards, redeem
from portal.proxies.errors import JoinedAlreadyError
from portal.proxies.queries import community_of, may_enter_for
from tests.factories.members import UserFactory
from tests.factories.organisations import CommunityFactory, PostFactory
from tests.factories.proxies import ManagedPersonFactory, ResidentVolunteerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def post():
    return PostFactory()


def test_an_elder_and_a_resident_follow_their_community(post):
    after = CommunityFactory()
    elder, resident = ManagedPersonFactory(area=post.area), ResidentVolunteerFactory(area=post.area)
    old_cards, _shown = invite_by_cards(place=post.area, by=post.person)
    new_cards, _shown = invite_by_cards(place=after, by=PostFactory(area=after).person)
    newcomer = UserFactory()

    merge_areas(areas=[post.area], into=after, by=None)

    assert community_of(elder.person) == community_of(resident.person) == after
    assert may_enter_for(post.person, elder.person, after)
    assert "居民志愿者" in Message.objects.get(recipient=resident.person).title
    with pytest.raises(JoinedAlreadyError):
        redeem(code=new_cards.codes.first(), person=resident.person)
    redeem(code=old_cards.codes.first(), person=newcomer)
    assert community_of(newcomer) == after


def test_a_split_hands_them_to_the_first_part(post):
    elder = ManagedPersonFactory(area=post.area)

    first, _second = split_area(area=post.area, parts=[Part("N", "北"), Part("S", "南")], by=None)

    assert may_enter_for(post.person, elder.person, first)
