"""Whom an activity is for: who is shown it, and who may sign up."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from config.providers import activities as public_calendar
from portal.activities import actions, queries
from portal.activities.enums import Audience, Refusal, RuleKind, Training
from portal.activities.errors import ActivityCancelledError, AudienceMissingError, SignUpError
from portal.activities.models import AgeDeclaration, Qualification
from portal.activities.queries.audience import belonging, member_named
from portal.activities.queries.entry import refusal
from portal.activities.structured import events
from portal.organisations.actions import merge_areas
from portal.organisations.enums import Action
from portal.organisations.permissions import may
from portal.report_in.actions import say_grid
from search.documents.activities import activity_documents
from tests.factories.activities import ActivityFactory, ShiftFactory, SignUpFactory
from tests.factories.members import HomeMembershipFactory, UserFactory
from tests.factories.organisations import CommunityFactory, GridFactory, PostFactory, UnitFactory
from tests.factories.proxies import ManagedPersonFactory, ResidentVolunteerFactory
from tests.factories.report_in import MemberReportInFactory
from tests.factories.teams import TeamMembershipFactory
from tests.portal.activities.logs import logged
from webui.providers import ActivityQuestion

pytestmark = pytest.mark.django_db


def only(activity, *rules, audience=Audience.EVERYONE):
    return actions.set_audience(activity=activity, by=activity.created_by, audience=audience, rules=rules)


def area_rule(area):
    return {"kind": RuleKind.AREA, "area": area}


@pytest.fixture
def shift():
    return ShiftFactory()


@pytest.fixture
def neighbour(shift):
    return MemberReportInFactory(area=shift.activity.area, accepted=True).person


def test_by_default_members_and_residents_alike_may_sign_up(shift):
    assert refusal(shift, None, UserFactory()) is None


def test_an_area_means_its_subtree(shift, neighbour):
    only(shift.activity, area_rule(shift.activity.area.get_parent()))

    assert refusal(shift, None, neighbour) is None
    assert refusal(shift, None, UserFactory()) == Refusal.AUDIENCE


@pytest.mark.parametrize("belongs", [ResidentVolunteerFactory, ManagedPersonFactory])
def test_a_resident_of_the_area_fits_and_is_shown_it(shift, belongs):
    area, here, elsewhere = shift.activity.area, belongs(area=shift.activity.area), belongs()
    only(shift.activity, area_rule(area.get_parent()), audience=Audience.LISTED)

    assert refusal(shift, None, here.person) is None
    assert queries.visible_activities(here.person).filter(pk=shift.activity.pk).exists()
    assert refusal(shift, None, elsewhere.person) == Refusal.AUDIENCE
    assert not queries.visible_activities(elsewhere.person).filter(pk=shift.activity.pk).exists()


def test_whoever_is_no_resident_any_more_fits_no_more(shift):
    only(shift.activity, area_rule(shift.activity.area))
    left = ResidentVolunteerFactory(area=shift.activity.area, left_at=timezone.now())
    claimed = ManagedPersonFactory(area=shift.activity.area, claimed_at=timezone.now())

    assert refusal(shift, None, left.person) == refusal(shift, None, claimed.person) == Refusal.AUDIENCE


def test_belonging_costs_the_same_however_one_belongs(neighbour, django_assert_num_queries):
    ResidentVolunteerFactory(person=neighbour)
    ManagedPersonFactory(person=neighbour)

    with django_assert_num_queries(3):
        assert len(belonging(neighbour).areas) > 3


def test_a_resident_is_found_by_phone():
    resident = ResidentVolunteerFactory()

    assert member_named(str(resident.person.phone), [resident.area]) == (resident.person, resident.area)
    assert member_named(str(resident.person.phone), [CommunityFactory()]) is None


def test_what_is_for_a_community_is_for_the_one_that_follows_it(shift, neighbour):
    organiser, after = PostFactory(area=shift.activity.area).person, CommunityFactory()
    only(shift.activity, area_rule(shift.activity.area))
    past = ShiftFactory(starts_at=timezone.now() - timedelta(days=2), ends_at=timezone.now() - timedelta(days=1))
    only(past.activity, area_rule(shift.activity.area))

    merge_areas(areas=[shift.activity.area], into=after, by=None)

    assert refusal(shift, None, neighbour) is None
    assert past.activity.entry_rules.get().area == shift.activity.area
    assert may(organiser, Action.RUN_ACTIVITIES, shift.activity.area)


def test_a_grid_is_named_as_the_reason(shift, neighbour):
    only(shift.activity, area_rule(GridFactory(above=shift.activity.area)))

    assert refusal(shift, None, neighbour) == Refusal.GRID


def test_whoever_said_they_live_in_the_grid_may_sign_up(shift, neighbour):
    grid = GridFactory(above=shift.activity.area)
    only(shift.activity, area_rule(grid))

    say_grid(report_in=neighbour.report_ins.get(), grid=grid, by=neighbour)

    assert refusal(shift, None, neighbour) is None


def test_a_unit_means_its_branches(shift):
    unit = UnitFactory()
    member = HomeMembershipFactory(unit=UnitFactory(above=unit)).person
    only(shift.activity, {"kind": RuleKind.UNIT, "unit": unit})

    assert refusal(shift, None, member) is None
    assert refusal(shift, None, UserFactory()) == Refusal.AUDIENCE


def test_a_team_lets_its_members_in(shift):
    membership = TeamMembershipFactory()
    only(shift.activity, {"kind": RuleKind.TEAM, "team": membership.team})

    assert refusal(shift, None, membership.person) is None
    assert refusal(shift, None, UserFactory()) == Refusal.TEAM


def test_one_group_that_fits_is_enough(shift, neighbour):
    membership = TeamMembershipFactory()
    only(shift.activity, {"kind": RuleKind.TEAM, "team": membership.team}, area_rule(shift.activity.area))

    assert refusal(shift, None, neighbour) is None
    assert refusal(shift, None, membership.person) is None


def test_age_is_declared_and_only_the_yes_is_kept(client, shift):
    only(shift.activity, {"kind": RuleKind.MIN_AGE, "age": 18})
    member = UserFactory()
    client.force_login(member)
    url = reverse("activities:declare", args=[shift.activity.code])
    assert refusal(shift, None, member) == Refusal.AGE
    assertContains(client.get(reverse("activities:detail", args=[shift.activity.code])), "您是否已满 18 周岁")

    client.post(url, {"meets": "no"})
    assert not AgeDeclaration.objects.exists()
    client.post(url, {"meets": "yes"})
    client.post(url, {"meets": "yes"})

    assert [(one.kind, one.age) for one in AgeDeclaration.objects.all()] == [("min_age", 18)]
    assert refusal(shift, None, member) is None
    with pytest.raises(SignUpError):
        actions.sign_up(shift=shift, member=UserFactory())


def test_a_training_is_held_on_the_day_of_the_shift(shift):
    only(shift.activity, {"kind": RuleKind.TRAINING, "training": Training.FIRST_AID})
    member, area = UserFactory(), shift.activity.area
    today = timezone.localdate()
    grant = {"holder": member, "by": UserFactory(), "area": area, "training": Training.FIRST_AID}
    assert refusal(shift, None, member) == Refusal.TRAINING

    actions.grant_qualification(**grant, starts_on=today - timedelta(days=9), ends_on=today)
    assert refusal(shift, None, member) == Refusal.TRAINING
    held = actions.grant_qualification(**grant, starts_on=today)
    assert refusal(shift, None, member) is None

    actions.end_qualification(qualification=held, by=member)
    actions.end_qualification(qualification=held, by=member)
    assert refusal(shift, None, member) == Refusal.TRAINING
    assert logged(held) == ["activities.qualification.granted", "activities.qualification.ended"]


def test_only_named_people_see_what_is_for_them(client, shift, neighbour):
    only(shift.activity, area_rule(shift.activity.area), audience=Audience.LISTED)
    url = reverse("activities:detail", args=[shift.activity.code])

    assert client.get(url).status_code == 404
    client.force_login(UserFactory())
    assert client.get(url).status_code == 404
    assertNotContains(client.get(reverse("activities:list")), shift.activity.title)
    client.force_login(neighbour)
    assertContains(client.get(url), shift.activity.title)
    assertNotContains(client.get(url), "og:title")
    assertContains(client.get(reverse("activities:list")), shift.activity.title)


def test_whoever_is_signed_up_still_sees_it(client, shift):
    member = SignUpFactory(shift=shift).member
    only(shift.activity, area_rule(CommunityFactory()), audience=Audience.LISTED)
    client.force_login(member)

    assert client.get(reverse("activities:detail", args=[shift.activity.code])).status_code == 200


def test_what_is_for_named_people_is_never_public_or_indexed(shift):
    assert len(public_calendar(ActivityQuestion())) == 1
    assert len(list(activity_documents())) == 1

    only(shift.activity, area_rule(shift.activity.area), audience=Audience.LISTED)

    shift.activity.refresh_from_db()
    assert not public_calendar(ActivityQuestion())
    assert not list(activity_documents())
    assert not queries.public_activities()
    assert events(shift.activity, [shift], url="") == {}


def test_what_was_for_named_people_and_called_off_is_not_public(shift):
    only(shift.activity, area_rule(shift.activity.area), audience=Audience.LISTED)
    actions.cancel(activity=shift.activity, by=shift.activity.created_by, reason="大雨")

    assert not public_calendar(ActivityQuestion(with_cancelled=True))


def test_nobody_named_is_refused_and_so_is_what_was_called_off(shift):
    with pytest.raises(AudienceMissingError):
        only(shift.activity, audience=Audience.LISTED)
    with pytest.raises(ActivityCancelledError):
        only(ActivityFactory(cancelled=True))


def test_a_copy_is_for_the_same_people(shift):
    only(shift.activity, area_rule(shift.activity.area), audience=Audience.LISTED)
    shift.activity.refresh_from_db()

    copy = actions.copy_activity(activity=shift.activity, by=shift.activity.created_by)

    assert copy.audience == Audience.LISTED
    assert [rule.area for rule in copy.entry_rules.all()] == [shift.activity.area]


def test_an_organiser_sets_the_audience_on_one_page(client):
    post = PostFactory()
    activity = ActivityFactory(area=post.area)
    client.force_login(post.person)
    url = reverse("activities:audience", args=[activity.code])
    form = {"audience": "listed", "areas": [post.area.pk], "min_age": "16", "trainings": ["first_aid"]}

    assert client.get(url).status_code == 200
    client.post(url, form)

    activity.refresh_from_db()
    assert activity.audience == Audience.LISTED
    assert {(rule.kind, rule.said) for rule in activity.entry_rules.all()} == {
        ("area", str(post.area)),
        ("min_age", "16"),
        ("training", "急救培训"),
    }
    assert logged(activity) == ["activities.activity.audience_set"]
    wrong = client.post(url, {"audience": "everyone", "min_age": "60", "max_age": "20"})
    assertContains(wrong, "最大年龄不能比最小年龄小", status_code=422)
    assertContains(client.post(url, {"audience": "listed"}), "请至少选一个", status_code=422)


@pytest.mark.parametrize(("who", "status"), [("nobody", 302), ("member", 404), ("organiser elsewhere", 404)])
def test_others_do_not_set_the_audience(client, who, status):
    activity = ActivityFactory()
    if who != "nobody":
        client.force_login(PostFactory().person if who == "organiser elsewhere" else UserFactory())

    assert client.get(reverse("activities:audience", args=[activity.code])).status_code == status


def test_an_organiser_notes_and_ends_what_a_neighbour_has_learnt(client):
    post = PostFactory()
    neighbour = MemberReportInFactory(area=post.area, accepted=True).person
    client.force_login(post.person)
    url = reverse("activities:qualifications")
    form = {"training": "first_aid", "starts_on": timezone.localdate().isoformat(), "ends_on": ""}
    assert member_named(str(neighbour.phone), []) is None

    stranger = client.post(url, {**form, "phone": str(UserFactory().phone)})
    client.post(url, {**form, "phone": str(neighbour.phone)})

    assertContains(stranger, "本社区没有用这个手机号的成员或者居民志愿者", status_code=422)
    held = Qualification.objects.get()
    assert (held.holder, held.area, held.granted_by) == (neighbour, post.area, post.person)
    assertContains(client.get(url), neighbour.name)
    client.post(reverse("activities:end_qualification", args=[held.pk]))
    held.refresh_from_db()
    assert held.ends_on == timezone.localdate()
    client.force_login(neighbour)
    assertContains(client.get(reverse("activities:own_qualifications")), "急救培训")
    assert client.post(reverse("activities:end_qualification", args=[held.pk])).status_code == 404
    assert client.get(url).status_code == 403
