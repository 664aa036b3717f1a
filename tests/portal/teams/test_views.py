"""What people, leads and organisers see of teams and do."""

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from portal.activities.enums import Audience, RuleKind
from portal.activities.models import EntryRule
from portal.members.enums import Purpose
from portal.teams.enums import MembershipState, TeamKind, TeamRole
from portal.teams.errors import TeamEndedError
from portal.teams.models import Team, TeamMembership
from portal.teams.queries import TeamActivity, activities
from tests.factories.activities import ShiftFactory
from tests.factories.members import ConsentFactory, UserFactory
from tests.factories.organisations import CommunityFactory, PostFactory
from tests.factories.report_in import MemberReportInFactory
from tests.factories.teams import TeamFactory, TeamMembershipFactory
from tests.portal.activities.counting import queries_for

pytestmark = pytest.mark.django_db

FORM = {"name": "巡河队", "kind": TeamKind.ENVIRONMENT, "description": "每月一次。", "way": "open"}


@pytest.fixture
def person(client):
    somebody = UserFactory()
    client.force_login(somebody)
    return somebody


@pytest.fixture
def post(client):
    held = PostFactory()
    client.force_login(held.person)
    return held


def url(name, *args):
    return reverse(f"teams:{name}", args=args)


@pytest.mark.parametrize("name", ["list", "manage", "create"])
def test_teams_are_behind_the_log_in(client, name):
    assert client.get(url(name)).url.startswith(reverse("account_request_login_code"))


@pytest.mark.parametrize("name", ["manage", "create"])
def test_making_teams_is_for_organisers(client, person, name):
    assert client.get(url(name)).status_code == 403


@pytest.mark.parametrize("name", ["edit", "end", "invite"])
@pytest.mark.parametrize(("who", "status"), [("member", 403), ("organiser elsewhere", 403), ("organiser", 200)])
def test_only_organisers_of_the_place_change_a_team(client, name, who, status):
    team = TeamFactory()
    area = {"organiser": team.area, "organiser elsewhere": CommunityFactory()}.get(who)
    client.force_login(PostFactory(area=area).person if area else TeamMembershipFactory(team=team).person)

    answer = client.post(url(name, team.code)) if name == "invite" else client.get(url(name, team.code))

    assert answer.status_code == (422 if name == "invite" and status == 200 else status)


def test_the_list_shows_the_teams_of_ones_community_and_street(client, person):
    home = MemberReportInFactory(person=person, accepted=True).area
    here, street = TeamFactory(area=home), TeamFactory(area=home.get_parent())
    elsewhere = TeamFactory()

    page = client.get(url("list"))

    assertContains(page, here.name)
    assertContains(page, street.name)
    assertNotContains(page, elsewhere.name)
    assertContains(client.get(url("list"), {"where": "all"}), elsewhere.name)


def test_the_list_is_narrowed_by_kind_words_and_district(client, person):
    found = TeamFactory(kind=TeamKind.READING, name="晨读小组")
    other = TeamFactory()
    district = found.area.get_parent().get_parent()

    for asked in ({"kind": "reading"}, {"q": "晨读"}, {"where": district.code}):
        page = client.get(url("list"), asked)
        assertContains(page, found.name)
        assertNotContains(page, other.name)


def test_what_is_over_is_not_listed(client, person):
    assertNotContains(client.get(url("list")), TeamFactory(ended=True).name)


def test_the_list_costs_the_same_for_three_as_for_one(client, person):
    for _one in range(2):
        TeamMembershipFactory(person=person)
    once = queries_for(client, url("list"))

    for _more in range(3):
        TeamMembershipFactory(person=person)
        TeamFactory()

    assert queries_for(client, url("list")) == once


def test_joining_and_leaving(client, person):
    team = TeamFactory()

    client.post(url("join", team.code))
    assertContains(client.get(url("team", team.code)), "您已加入")
    assertContains(client.get(url("leave", team.code)), "离开“")
    client.post(url("leave", team.code))

    assert TeamMembership.objects.get().state == MembershipState.LEFT
    assertContains(client.post(url("leave", team.code), follow=True), "不在团队里")


def test_a_team_by_invitation_says_so(client, person):
    team = TeamFactory(by_invitation=True)

    assertNotContains(client.get(url("team", team.code)), url("join", team.code))
    assertContains(client.post(url("join", team.code), follow=True), "由队长邀请加入")


def test_an_invitation_is_accepted_or_declined(client, person):
    asked = TeamMembershipFactory(person=person, invited=True)

    assertContains(client.get(url("team", asked.team.code)), "谢绝")
    assertContains(client.get(url("list")), "已受邀")
    client.post(url("decline", asked.pk))

    asked.refresh_from_db()
    assert asked.state == MembershipState.WITHDRAWN
    assert client.post(url("decline", TeamMembershipFactory(invited=True).pk)).status_code == 404


def test_an_invitation_declined_too_late_is_answered_in_words(client, person):
    asked = TeamMembershipFactory(person=person, invited=True)
    Team.objects.filter(pk=asked.team.pk).update(ends_on=timezone.localdate())

    page = client.post(url("decline", asked.pk), follow=True)

    assertContains(page, str(TeamEndedError()))


def test_names_are_masked_unless_their_person_agreed(client, person):
    team = TeamMembershipFactory(person=person).team
    masked = TeamMembershipFactory(team=team, person__name="欧阳静好").person
    agreed = TeamMembershipFactory(team=team, person__name="李长河").person
    ConsentFactory(person=agreed, purpose=Purpose.PUBLIC_NAME)

    page = client.get(url("team", team.code))

    assertContains(page, "欧*")
    assertNotContains(page, masked.name)
    assertContains(page, agreed.name)


def test_strangers_see_the_lead_and_no_member(client, person):
    lead = TeamMembershipFactory(lead=True, person__name="赵大河")
    TeamMembershipFactory(team=lead.team, person__name="钱小溪")

    page = client.get(url("team", lead.team.code))

    assertContains(page, "赵*")
    assertNotContains(page, "钱*")
    assertContains(page, "2 人")


def test_a_team_of_three_costs_as_many_queries_as_of_one(client, person):
    team = TeamMembershipFactory(person=person, lead=True).team
    TeamMembershipFactory(team=team, requested=True)
    once = queries_for(client, url("team", team.code))

    TeamMembershipFactory.create_batch(2, team=team)
    TeamMembershipFactory(team=team, requested=True)

    assert queries_for(client, url("team", team.code)) == once


def test_what_a_team_does_next_comes_from_the_room_above(client, person, monkeypatch):
    now = timezone.now()
    source = lambda team, limit, only_public: [TeamActivity("沿河清洁", "/portal/x/", "河边", now, now)]  # noqa: E731 -- one line
    monkeypatch.setattr(activities, "_sources", [source])

    assertContains(client.get(url("team", TeamFactory().code)), "沿河清洁")


def test_what_is_for_named_people_is_told_to_those_inside_alone(client, person):
    listed = ShiftFactory(activity__audience=Audience.LISTED).activity
    team = TeamFactory()
    EntryRule.objects.create(activity=listed, kind=RuleKind.TEAM, team=team)

    assertNotContains(client.get(url("team", team.code)), listed.title)
    TeamMembershipFactory(team=team, person=person)
    assertContains(client.get(url("team", team.code)), listed.title)


def test_a_lead_answers_requests(client, person):
    team = TeamMembershipFactory(person=person, lead=True).team
    asking, other = TeamMembershipFactory(team=team, requested=True), TeamMembershipFactory(requested=True)

    assertContains(client.get(url("list")), "等您答复")
    client.post(url("answer", asking.pk), {"answer": "accept"})

    asking.refresh_from_db()
    assert asking.is_joined
    assert client.post(url("answer", other.pk), {"answer": "accept"}).status_code == 404


def test_a_request_waits_until_one_of_its_buttons_is_pressed(client, person):
    team = TeamMembershipFactory(person=person, lead=True).team
    asking = TeamMembershipFactory(team=team, requested=True)

    client.post(url("answer", asking.pk))

    asking.refresh_from_db()
    assert asking.state == MembershipState.REQUESTED


def test_inviting_says_the_same_for_known_and_unknown_numbers(client, person):
    team = TeamMembershipFactory(person=person, lead=True).team
    known = UserFactory(phone="+8613900000001")

    said = [
        client.post(url("invite", team.code), {"phone": phone}, follow=True).text.count("如果这个手机号在这里登录过")
        for phone in ("13900000001", "13900000002")
    ]

    assert said == [1, 1]
    assert TeamMembership.objects.get(person=known).state == MembershipState.INVITED


def test_a_number_that_is_none_is_refused_and_kept(client, person):
    team = TeamMembershipFactory(person=person, lead=True).team

    assertContains(client.post(url("invite", team.code), {"phone": "12"}), "请填写 11 位手机号", status_code=422)


def test_members_are_changed_by_lead_and_organiser_only(client, person):
    team = TeamMembershipFactory(person=person).team
    other = TeamMembershipFactory(team=team)

    assert client.get(url("membership", other.pk)).status_code == 404

    TeamMembership.objects.filter(person=person).update(role=TeamRole.LEAD)
    assertContains(client.get(url("membership", other.pk)), "把队长交给这个人")
    client.post(url("membership", other.pk), {"do": "hand_over"})

    other.refresh_from_db()
    assert other.is_lead


def test_an_organiser_appoints_and_removes(client, post):
    team = TeamFactory(area=post.area)
    one = TeamMembershipFactory(team=team)

    client.post(url("membership", one.pk), {"do": "appoint"})
    one.refresh_from_db()
    assert one.is_lead

    client.post(url("membership", one.pk), {"do": "remove"})
    one.refresh_from_db()
    assert one.state == MembershipState.LEFT
    assertContains(client.post(url("membership", one.pk), {"do": "appoint"}, follow=True), "不在团队里")


def test_an_organiser_makes_changes_and_ends_a_team(client, post):
    made = client.post(url("create"), FORM | {"area": post.area.pk})
    team = Team.objects.get()
    assertRedirects(made, url("team", team.code))
    assertContains(client.get(url("manage")), "巡河队")

    client.post(url("edit", team.code), FORM | {"name": "护河队"})
    team.refresh_from_db()
    assert team.name == "护河队"

    assertContains(client.get(url("end", team.code)), "不能再恢复")
    client.post(url("end", team.code))
    team.refresh_from_db()
    assert not team.is_open


def test_a_form_that_will_not_do_keeps_what_was_typed(client, post):
    TeamFactory(area=post.area, name="巡河队")

    taken = client.post(url("create"), FORM | {"area": post.area.pk})
    unnamed = client.post(url("create"), FORM | {"area": post.area.pk, "name": ""})

    assertContains(taken, "已经有同名的团队", status_code=422)
    assertContains(unnamed, "每月一次。", status_code=422)
    assert Team.objects.count() == 1


def test_an_identity_number_is_refused_in_the_description(client, post):
    page = client.post(url("create"), FORM | {"area": post.area.pk, "description": "找 11010519491231002X"})

    assertContains(page, "身份证号", status_code=422)
