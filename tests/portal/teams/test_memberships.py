"""People ask, come in, lead and leave."""

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from portal.notices.models import Message
from portal.states import IllegalMoveError
from portal.teams import actions
from portal.teams.enums import MembershipState, TeamKind, TeamRole
from portal.teams.errors import (
    AccountClosedError,
    NotInTeamError,
    NotYoursError,
    OnlyByInvitationError,
    TeamEndedError,
)
from portal.teams.models import TeamMembership
from tests.factories.members import UserFactory
from tests.factories.organisations import PostFactory
from tests.factories.teams import TeamFactory, TeamMembershipFactory
from tests.portal.activities.logs import logged

pytestmark = pytest.mark.django_db

FIELDS = {"name": "巡河队", "kind": TeamKind.ENVIRONMENT}


def organiser_of(team):
    return PostFactory(area=team.area).person


def told(person):
    return list(Message.objects.filter(recipient=person).values_list("title", flat=True))


def test_joining_an_open_team_is_at_once_and_once():
    team, person = TeamFactory(), UserFactory()

    first, again = actions.join(team=team, person=person), actions.join(team=team, person=person)

    assert first == again
    assert (first.state, first.starts_on) == (MembershipState.JOINED, timezone.localdate())
    assert logged(first) == ["teams.teammembership.joined"]


def test_asking_tells_the_leads_and_without_one_the_organisers():
    led, unled = TeamFactory(on_request=True), TeamFactory(on_request=True)
    lead, away, organiser = TeamMembershipFactory(team=led, lead=True).person, organiser_of(led), organiser_of(unled)

    for team in (led, unled):
        assert actions.join(team=team, person=UserFactory()).state == MembershipState.REQUESTED

    assert [len(told(one)) for one in (lead, away, organiser)] == [1, 0, 1]


def test_a_team_by_invitation_lets_nobody_else_in():
    team = TeamFactory(by_invitation=True)
    invited = TeamMembershipFactory(team=team, invited=True)

    with pytest.raises(OnlyByInvitationError):
        actions.join(team=team, person=UserFactory())

    assert actions.join(team=team, person=invited.person).is_joined


def test_nobody_joins_what_is_over():
    with pytest.raises(TeamEndedError):
        actions.join(team=TeamFactory(ended=True), person=UserFactory())


@pytest.mark.parametrize(("is_accepted", "state"), [(True, MembershipState.JOINED), (False, MembershipState.REFUSED)])
def test_a_request_is_answered_by_lead_or_organiser_and_told(is_accepted, state):
    for who in ("lead", "organiser"):
        asking = TeamMembershipFactory(requested=True)
        by = TeamMembershipFactory(team=asking.team, lead=True).person if who == "lead" else organiser_of(asking.team)

        for _twice in range(2):
            answered = actions.answer_request(membership=asking, by=by, is_accepted=is_accepted)

        assert answered.state == state
        assert len(told(asking.person)) == 1


def test_nobody_else_answers_and_nobody_their_own():
    asking = TeamMembershipFactory(requested=True)
    member = TeamMembershipFactory(team=asking.team)
    PostFactory(area=asking.team.area, person=asking.person)

    for by in (member.person, PostFactory().person, asking.person):
        with pytest.raises(NotYoursError):
            actions.answer_request(membership=asking, by=by, is_accepted=True)


def test_what_was_refused_is_not_accepted_later_but_may_be_asked_again():
    asking = TeamMembershipFactory(requested=True, team__on_request=True)
    by = organiser_of(asking.team)
    actions.answer_request(membership=asking, by=by, is_accepted=False)

    with pytest.raises(IllegalMoveError):
        actions.answer_request(membership=asking, by=by, is_accepted=True)

    assert actions.join(team=asking.team, person=asking.person) != asking


def test_inviting_asks_and_lets_in_whoever_asked():
    lead = TeamMembershipFactory(lead=True)
    person, asking = UserFactory(), TeamMembershipFactory(team=lead.team, requested=True)

    asked = [actions.invite(team=lead.team, person=person, by=lead.person) for _ in range(2)]
    let_in = actions.invite(team=lead.team, person=asking.person, by=lead.person)

    assert asked[0] == asked[1]
    assert asked[0].state == MembershipState.INVITED
    assert let_in.is_joined
    assert len(told(person)) == 1


def test_inviting_is_refused_to_members_and_for_closed_accounts():
    lead = TeamMembershipFactory(lead=True)

    with pytest.raises(NotYoursError):
        actions.invite(team=lead.team, person=UserFactory(), by=TeamMembershipFactory(team=lead.team).person)
    with pytest.raises(AccountClosedError):
        actions.invite(team=lead.team, person=UserFactory(is_active=False), by=lead.person)


def test_an_invitation_is_the_invited_persons_to_answer():
    yes, no = TeamMembershipFactory(invited=True), TeamMembershipFactory(invited=True)

    for _twice in range(2):
        assert actions.accept_invitation(membership=yes, by=yes.person).is_joined
        assert actions.decline_invitation(membership=no, by=no.person).state == MembershipState.WITHDRAWN
    with pytest.raises(NotYoursError):
        actions.accept_invitation(membership=yes, by=no.person)


def test_leaving_ends_today_and_coming_back_begins_anew():
    inside = TeamMembershipFactory()

    left = actions.leave(team=inside.team, person=inside.person)
    back = actions.join(team=inside.team, person=inside.person)

    assert (left.state, left.ends_on) == (MembershipState.LEFT, timezone.localdate())
    assert back.pk != left.pk
    with pytest.raises(NotInTeamError):
        actions.leave(team=inside.team, person=UserFactory())


def test_a_request_taken_back_was_never_a_membership():
    asking = TeamMembershipFactory(requested=True)

    assert actions.leave(team=asking.team, person=asking.person).state == MembershipState.WITHDRAWN


def test_the_last_lead_to_leave_is_made_known_to_the_organisers():
    lead = TeamMembershipFactory(lead=True)
    TeamMembershipFactory(team=lead.team)
    organiser = organiser_of(lead.team)

    actions.leave(team=lead.team, person=lead.person)

    assert told(organiser) == [f"“{lead.team}”现在没有队长"]


def test_removing_is_by_lead_or_organiser_and_told_once():
    inside = TeamMembershipFactory()
    lead = TeamMembershipFactory(team=inside.team, lead=True)

    with pytest.raises(NotYoursError):
        actions.remove(membership=lead, by=inside.person)
    with pytest.raises(NotYoursError):
        actions.remove(membership=lead, by=lead.person)
    for _twice in range(2):
        assert actions.remove(membership=inside, by=lead.person).state == MembershipState.LEFT

    assert len(told(inside.person)) == 1


def test_an_organiser_appoints_a_lead_and_lets_them_step_down():
    inside = TeamMembershipFactory()
    by = organiser_of(inside.team)

    for _twice in range(2):
        assert actions.appoint_lead(membership=inside, by=by).is_lead
    assert len(told(inside.person)) == 1
    assert not actions.step_down(membership=inside, by=by).is_lead

    assert logged(inside) == ["teams.teammembership.appointed", "teams.teammembership.stepped_down"]


def test_leading_is_for_members_and_given_by_organisers():
    inside, asking = TeamMembershipFactory(), TeamMembershipFactory(requested=True)
    lead = TeamMembershipFactory(team=inside.team, lead=True)

    with pytest.raises(NotYoursError):
        actions.appoint_lead(membership=inside, by=lead.person)
    with pytest.raises(NotYoursError):
        actions.step_down(membership=lead, by=inside.person)
    with pytest.raises(NotInTeamError):
        actions.appoint_lead(membership=asking, by=organiser_of(asking.team))


def test_a_lead_hands_over_and_stays_a_member():
    lead = TeamMembershipFactory(lead=True)
    heir = TeamMembershipFactory(team=lead.team)

    actions.hand_over(membership=heir, by=lead.person)

    roles = dict(TeamMembership.objects.values_list("pk", "role"))
    assert roles == {lead.pk: TeamRole.MEMBER, heir.pk: TeamRole.LEAD}
    with pytest.raises(NotYoursError):
        actions.hand_over(membership=heir, by=lead.person)


def test_the_database_keeps_one_open_membership_a_person():
    inside = TeamMembershipFactory()

    with pytest.raises(DatabaseError), transaction.atomic():
        TeamMembershipFactory(team=inside.team, person=inside.person, requested=True)
