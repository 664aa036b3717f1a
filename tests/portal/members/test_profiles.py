from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from portal.members import actions, queries
from portal.members.enums import FREE_TIMES, Purpose, ShownAt, Skill, Visibility
from portal.members.models import Consent, Profile, User
from portal.personal_data.queries import exported
from tests.factories.members import HomeMembershipFactory, ProfileFactory, UserFactory

pytestmark = pytest.mark.django_db

PAGE = reverse("members:profile")
NUMBER = "5101040012345"
ALL_MINE = {f"{part}_seen_by": Visibility.ONLY_ME for part in Profile.PARTS}


def shown_of(person):
    return queries.visible_profiles([person]).get(person.pk)


def test_a_member_writes_a_profile_and_the_log_does_not_say_what():
    person = UserFactory()

    profile = actions.edit_profile(
        person=person, skills=["law", "health"], parts={"own_skills": "会修自行车", "free_times": ["sat-am"]}
    )

    assert queries.skills_of(profile) == ["health", "law"]
    assert (profile.own_skills, profile.free_times) == ("会修自行车", ["sat-am"])
    entry = ModelLogEntry.objects.get(action="members.profile.edited")
    assert (entry.user, entry.data) == (person, {})
    assert "自行车" not in entry.label


def test_writing_again_replaces_what_was_there():
    person = UserFactory()
    actions.edit_profile(person=person, skills=["law", "health"], parts={"wishes": "陪老人聊天"})

    profile = actions.edit_profile(person=person, skills=["law", "driving"], parts={"wishes": ""})

    assert sorted(queries.skills_of(profile)) == ["driving", "law"]
    assert Profile.objects.get().wishes == ""


@pytest.mark.parametrize(
    ("skills", "parts"),
    [(["flying"], {}), ([], {"free_times": ["sun-night"]}), ([], {"shows_unit_at": ["street"]})],
)
def test_values_that_are_not_of_the_lists_are_refused(skills, parts):
    with pytest.raises(ValidationError):
        actions.edit_profile(person=UserFactory(), skills=skills, parts=parts)


def test_the_database_refuses_a_visibility_it_does_not_know():
    profile = ProfileFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Profile.objects.filter(pk=profile.pk).update(contact_seen_by="everybody")


def test_what_nobody_opened_nobody_sees():
    person = HomeMembershipFactory().person
    actions.edit_profile(person=person, skills=["law"], parts={"wishes": "陪老人聊天", "free_times": list(FREE_TIMES)})

    assert shown_of(person) is None
    assert not queries.with_skill(User.objects.all(), Skill.LAW).exists()


@pytest.mark.parametrize("part", Profile.PARTS)
def test_each_part_is_opened_by_itself(part):
    person = UserFactory()
    parts = {"own_skills": "修车", "free_times": ["sat-am"], "wishes": "陪聊", "contact": "晚上"}
    actions.edit_profile(person=person, skills=["law"], parts={**parts, f"{part}_seen_by": Visibility.ORGANISERS})

    shown = shown_of(person)

    seen = {
        "skills": bool(shown.skills and shown.own_skills),
        "free_times": shown.free_times == ["周六：上午"],
        "wishes": bool(shown.wishes),
        "contact": bool(shown.contact),
    }
    assert seen == {name: name == part for name in Profile.PARTS}


def test_only_organisers_see_what_was_opened_to_organisers():
    profile = ProfileFactory(shown=True)

    assert queries.visible_profiles([profile.person], for_organiser=False) == {}


def test_the_unit_is_named_only_where_the_person_says_so():
    home = HomeMembershipFactory()
    profile = ProfileFactory(person=home.person, shown=True)
    assert shown_of(home.person).unit is None

    profile.shows_unit_at = [ShownAt.LISTS, ShownAt.DOOR]
    profile.save()
    assert shown_of(home.person).unit is None
    assert profile.shows_unit(ShownAt.LISTS)
    assert profile.shows_unit(ShownAt.DOOR)

    profile.shows_unit_at = [ShownAt.PROFILE]
    profile.save()
    assert shown_of(home.person).unit == home.unit


def test_a_door_ticked_before_there_was_a_sign_is_forgotten():
    profile = ProfileFactory(shows_unit_at=["lists", "door"])

    import_module("portal.members.migrations.0013_no_unit_at_the_door").leave_the_door(apps, None)

    profile.refresh_from_db()
    assert profile.shows_unit_at == ["lists"]


def test_a_list_is_narrowed_by_a_skill_people_show():
    shown, hidden = ProfileFactory(shown=True), ProfileFactory()
    for profile in (shown, hidden):
        profile.known_skills.create(skill=Skill.LAW)

    assert list(queries.with_skill(User.objects.all(), Skill.LAW)) == [shown.person]
    assert not queries.with_skill(User.objects.all(), Skill.ARTS).exists()


def test_profiles_of_many_cost_what_those_of_one_cost():
    people = [HomeMembershipFactory().person for _ in range(3)]
    for person in people:
        ProfileFactory(person=person, shown=True, shows_unit_at=["profile"]).known_skills.create(skill=Skill.LAW)
    costs = []
    for some in (people[:1], people):
        with CaptureQueriesContext(connection) as asked:
            assert len(queries.visible_profiles(some)) == len(some)
        costs.append(len(asked))

    assert costs == [3, 3]


def test_strangers_are_asked_to_log_in(client):
    assert client.get(PAGE)["Location"].startswith("/account/")


def test_the_page_shows_and_keeps_what_is_ticked(client):
    person = UserFactory()
    client.force_login(person)
    data = {"skills": ["law"], "free_times": ["sun-eve"], "wishes": "陪聊", **ALL_MINE}

    assert client.post(PAGE, data).status_code == 302
    body = client.get(PAGE).content.decode()

    assert 'value="law" id="id_skills_2" checked' in body or 'value="law" checked' in body
    assert body.count("checked") == 2
    assert "陪聊" in body


def test_what_is_too_long_is_said_and_kept(client):
    client.force_login(UserFactory())

    response = client.post(PAGE, {"wishes": "好" * 201, **ALL_MINE})

    assert response.status_code == 422
    assert "好" * 201 in response.content.decode()
    assert not Profile.objects.exists()


@pytest.mark.parametrize("number", ["440524188001010014", "12 34", "好" * 8])
def test_a_volunteer_number_is_no_other_number(client, number):
    client.force_login(UserFactory())

    response = client.post(PAGE, {"volunteer_number": number, **ALL_MINE})

    assert response.status_code == 422
    assert not Profile.objects.exists()


def test_a_volunteer_number_is_kept_for_its_owner_alone(client):
    person = UserFactory()
    client.force_login(person)

    client.post(PAGE, {**ALL_MINE, "wishes": "陪聊", "wishes_seen_by": "organisers", "volunteer_number": NUMBER})

    assert NUMBER in client.get(PAGE).content.decode()
    assert NUMBER in str([list(rows) for _holding, rows in exported(person)])
    assert shown_of(person).wishes == "陪聊"
    assert NUMBER not in str(shown_of(person))


def test_one_writes_ones_own_profile_alone(client):
    other = ProfileFactory(wishes="别人的")
    client.force_login(UserFactory())

    client.post(PAGE, {"wishes": "我的", "person": other.person_id, **ALL_MINE})

    other.refresh_from_db()
    assert other.wishes == "别人的"


def test_skills_are_seen_with_the_consent_that_opening_them_gives_and_hidden_when_it_ends():
    person = UserFactory()
    opened = {"own_skills": "修车", "skills_seen_by": Visibility.ORGANISERS}
    actions.edit_profile(person=person, skills=["law"], parts=opened)
    actions.edit_profile(person=person, skills=["law"], parts=opened)
    assert Consent.objects.get().purpose == Purpose.SKILLS
    assert shown_of(person).own_skills == "修车"
    assert queries.with_skill(User.objects.all(), Skill.LAW).exists()

    actions.withdraw_consent(person=person, purpose=Purpose.SKILLS)

    assert shown_of(person) is None
    assert not queries.with_skill(User.objects.all(), Skill.LAW).exists()
