import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.members.models import User
from portal.organisations.enums import Role
from portal.organisations.models import Post
from tests.factories.members import UserFactory
from tests.factories.organisations import CityFactory, CommunityFactory

pytestmark = pytest.mark.django_db

PHONE = "138 1234 5678"


def test_the_first_administrator_gets_an_account_and_a_post_at_the_city(capsys):
    city = CityFactory()

    call_command("appoint_administrator", PHONE)
    call_command("appoint_administrator", PHONE)

    post = Post.objects.get()
    assert (str(post.person.phone), post.role, post.area) == ("+8613812345678", Role.ADMINISTRATOR, city)
    assert ModelLogEntry.objects.filter(action="organisations.post.appointed").count() == 1
    assert "Already" in capsys.readouterr().out


def test_an_account_that_is_there_is_taken_and_an_area_may_be_named():
    person, community = UserFactory(), CommunityFactory()

    call_command("appoint_administrator", str(person.phone), area=community.code)

    assert (Post.objects.get().person, Post.objects.get().area) == (person, community)


@pytest.mark.parametrize(("phone", "area"), [("12", None), (PHONE, "nowhere")])
def test_a_wrong_phone_or_area_appoints_nobody(phone, area):
    CityFactory()

    with pytest.raises(CommandError):
        call_command("appoint_administrator", phone, area=area)
    assert not Post.objects.exists()
    assert not User.objects.exists()


def test_without_the_post_there_is_no_account():
    ended = CommunityFactory(ends_on=timezone.localdate())

    with pytest.raises(CommandError):
        call_command("appoint_administrator", PHONE, area=ended.code)
    assert not User.objects.exists()
