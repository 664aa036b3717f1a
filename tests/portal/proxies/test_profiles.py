"""What somebody who has never logged in can and would like to do, entered by an organiser."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.members.enums import Skill
from portal.members.models import Profile
from portal.members.queries import visible_profiles
from portal.notices.models import Message
from portal.proxies.actions import Mandate, profile_for
from portal.proxies.enums import ConsentKind, EntryKind
from portal.proxies.errors import NotManagedError, NotOursError, OwnEntryError
from portal.proxies.models import ProxyEntry
from tests.factories.members import UserFactory
from tests.factories.organisations import CommunityFactory
from tests.factories.proxies import ManagedPersonFactory, PaperFormFactory, ResidentVolunteerFactory, organiser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return CommunityFactory(name="云水社区")


@pytest.fixture
def mandate(area):
    return Mandate(by=organiser_of(area), area=area, consent=ConsentKind.SPOKEN)


@pytest.fixture
def elder(area):
    return ManagedPersonFactory(area=area).person


def to(name, person):
    return reverse(f"proxies:{name}", args=[person.pk])


def test_skills_and_wishes_are_entered_marked_and_told(mandate, elder):
    entry = profile_for(person=elder, mandate=mandate, skills=["law"], own_skills="会写毛笔字", wishes="教孩子写字")

    seen = visible_profiles([elder])[elder.pk]
    assert (seen.skills, seen.own_skills, seen.wishes) == ([Skill.LAW.label], "会写毛笔字", "教孩子写字")
    assert (entry.kind, entry.entered_by, entry.consent) == (EntryKind.PROFILE, mandate.by, ConsentKind.SPOKEN)
    assert "特长和想参加的服务" in Message.objects.get(recipient=elder).title
    assert ModelLogEntry.objects.get(action="members.profile.edited").user == mandate.by
    assert "毛笔" not in str(ModelLogEntry.objects.get(action="proxies.proxyentry.entered").data)


def test_entering_again_replaces_what_was_there(mandate, elder):
    profile_for(person=elder, mandate=mandate, skills=["law"], wishes="教孩子写字")
    profile_for(person=elder, mandate=mandate, skills=[], wishes="")

    assert visible_profiles([elder]) == {}
    assert Profile.objects.count() == 1


def test_what_is_not_of_the_list_is_refused_and_nothing_is_entered(mandate, elder):
    with pytest.raises(ValidationError):
        profile_for(person=elder, mandate=mandate, skills=["flying"])

    assert not ProxyEntry.objects.exists()
    assert not Profile.objects.exists()


def test_whoever_logs_in_writes_it_themselves(mandate, area):
    claimed = ManagedPersonFactory(area=area, claimed_at=timezone.now()).person
    ResidentVolunteerFactory(area=area, person=claimed)
    for person in (claimed, ResidentVolunteerFactory(area=area).person):
        with pytest.raises(NotManagedError):
            profile_for(person=person, mandate=mandate, skills=["law"])


def test_not_for_oneself_nor_for_others_people(mandate):
    with pytest.raises(OwnEntryError):
        profile_for(person=mandate.by, mandate=mandate, skills=[])
    with pytest.raises(NotOursError):
        profile_for(person=ManagedPersonFactory().person, mandate=mandate, skills=[])


def test_the_page_asks_and_enters(client, mandate, elder):
    client.force_login(mandate.by)
    assert to("profile", elder) in client.get(to("person", elder)).content.decode()
    typed = {"profile-skills": ["law"], "profile-wishes": "教孩子写字"}

    refused = client.post(to("profile", elder), typed)
    assert refused.status_code == 422
    assert "教孩子写字" in refused.content.decode()
    assert client.post(to("profile", elder), typed | {"profile-consent": "spoken"}).status_code == 302

    assert visible_profiles([elder])[elder.pk].wishes == "教孩子写字"
    assert "教孩子写字" in client.get(to("person", elder)).content.decode()


def test_with_a_paper_in_hand_it_is_not_asked(client, mandate, elder, area):
    client.force_login(mandate.by)
    paper = PaperFormFactory(area=area)

    body = client.get(to("person", elder), {"form": paper.code}).content.decode()

    assert to("profile", elder) not in body


def test_the_page_is_for_organisers_of_the_community(client, elder):
    assert client.post(to("profile", elder)).status_code == 302
    for person in (UserFactory(), organiser_of(CommunityFactory())):
        client.force_login(person)
        assert client.post(to("profile", elder), {"profile-consent": "spoken"}).status_code == 404
