"""Invitations: made by whoever may, redeemed as often as they say, confirmed by the unit's contact."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.members.errors import HasUnitError, OnRosterAlreadyError
from portal.members.models import HomeMembership, RosterEntry
from portal.members.queries import home_unit, units_on_offer
from portal.notices.models import Message
from portal.organisations.actions import end_unit
from portal.organisations.models import Unit
from portal.proxies import codes
from portal.proxies.actions import (
    confirm_joining,
    decline_joining,
    invite_by_cards,
    invite_by_link,
    redeem,
    revoke,
)
from portal.proxies.enums import JoiningState
from portal.proxies.errors import (
    CodeNotUsableError,
    JoinedAlreadyError,
    LivesElsewhereError,
    NotOursError,
    OwnEntryError,
)
from portal.proxies.models import InvitationCode, Joining, ResidentVolunteer
from portal.proxies.queries import code_row, invitable_units
from portal.states import IllegalMoveError
from tests.factories.members import HomeMembershipFactory, RosterEntryFactory, UserFactory
from tests.factories.organisations import CommunityFactory, PostFactory, UnitFactory
from tests.factories.proxies import InvitationCodeFactory, InvitationFactory, ResidentVolunteerFactory, organiser_of
from tests.portal.activities.logs import logged

pytestmark = pytest.mark.django_db


@pytest.fixture
def to_unit():
    return InvitationCodeFactory(invitation__to_unit=True)


@pytest.fixture
def contact(to_unit):
    return PostFactory(unit_contact=True, unit=to_unit.invitation.unit).person


def test_ten_cards_for_ten_people_keep_their_codes_to_themselves():
    area = CommunityFactory()

    invitation, made = invite_by_cards(place=area, by=organiser_of(area))

    assert len(set(made)) == 10
    assert all(codes.read_code(codes.shown(code)) == code for code in made)
    assert set(invitation.codes.values_list("max_uses", "uses")) == {(1, 0)}
    kept = str(list(InvitationCode.objects.values()))
    assert not any(code in kept for code in made)
    assert code_row(codes.shown(made[0]).lower()).invitation == invitation
    assert logged(invitation) == ["proxies.invitation.issued"]


def test_a_link_serves_as_many_as_it_says():
    unit = UnitFactory()
    invitation, code = invite_by_link(
        place=unit, by=PostFactory(unit_contact=True, unit=unit).person, max_uses=2, days=3
    )

    for _ in range(2):
        redeem(code=code_row(code), person=UserFactory())

    assert code_row(code) is None
    with pytest.raises(CodeNotUsableError):
        redeem(code=invitation.codes.get(), person=UserFactory())
    assert invitation.expires_at - invitation.issued_at >= timedelta(days=2, hours=23)


@pytest.mark.parametrize("post", [{}, {"supervisor": True}])
def test_nobody_invites_elsewhere(post):
    by = PostFactory(**post).person

    for place in (CommunityFactory(), UnitFactory()):
        with pytest.raises(NotOursError):
            invite_by_cards(place=place, by=by)


def test_a_card_of_a_community_makes_a_resident_volunteer():
    card = InvitationCodeFactory()
    person = UserFactory(name="")

    joining = redeem(code=card, person=person, name="陈桂兰")

    person.refresh_from_db()
    assert person.name == "陈桂兰"
    assert ResidentVolunteer.objects.get().area == card.invitation.area
    assert joining.state == JoiningState.JOINED
    assert Message.objects.filter(recipient=card.invitation.issued_by).count() == 1
    assert logged(joining) == ["proxies.joining.joined"]


def test_the_same_person_twice_uses_a_code_once():
    card = InvitationCodeFactory(max_uses=5)
    person = UserFactory()

    assert redeem(code=card, person=person) == redeem(code=card, person=person)
    card.refresh_from_db()
    assert card.uses == 1


def test_whoever_belongs_to_a_community_stays_there():
    card = InvitationCodeFactory()

    with pytest.raises(LivesElsewhereError):
        redeem(code=card, person=ResidentVolunteerFactory().person)
    with pytest.raises(JoinedAlreadyError):
        redeem(code=card, person=ResidentVolunteerFactory(area=card.invitation.area).person)
    card.refresh_from_db()
    assert card.uses == 0


def test_whom_a_unit_vouches_for_is_no_resident_volunteer():
    person = HomeMembershipFactory().person

    joining = redeem(code=InvitationCodeFactory(), person=person)

    assert joining.residency is None
    assert not ResidentVolunteer.objects.exists()


def test_a_card_of_a_unit_writes_a_row_that_vouches_for_nothing(to_unit, contact):
    person = UserFactory(name="林远舟")

    joining = redeem(code=to_unit, person=person)

    row = RosterEntry.objects.get()
    assert (row.unit, row.name, row.person, row.is_confirmed) == (to_unit.invitation.unit, "林远舟", person, False)
    assert joining.state == JoiningState.WAITING
    assert not units_on_offer(person).exists()
    assert home_unit(person) is None
    assert Message.objects.filter(recipient=contact).count() == 1


def test_the_contact_confirms_and_the_unit_is_home(to_unit, contact):
    joining = redeem(code=to_unit, person=UserFactory())

    confirm_joining(joining=joining, by=contact)
    confirm_joining(joining=joining, by=contact)

    assert home_unit(joining.person) == to_unit.invitation.unit
    assert HomeMembership.objects.count() == 1
    joining.refresh_from_db()
    assert joining.state == JoiningState.JOINED
    assert logged(RosterEntry.objects.get()) == ["members.rosterentry.asked", "members.rosterentry.confirmed"]
    with pytest.raises(IllegalMoveError):
        decline_joining(joining=joining, by=contact)


def test_the_contact_declines_and_the_row_is_gone(to_unit, contact):
    joining = redeem(code=to_unit, person=UserFactory())

    decline_joining(joining=joining, by=contact)
    decline_joining(joining=joining, by=contact)

    assert RosterEntry.objects.get().left_on == timezone.localdate()
    assert home_unit(joining.person) is None
    assert Message.objects.filter(recipient=joining.person).count() == 1
    with pytest.raises(IllegalMoveError):
        confirm_joining(joining=joining, by=contact)


def test_nobody_else_confirms_and_nobody_themselves(to_unit, contact):
    joining = redeem(code=to_unit, person=UserFactory())
    own = Joining(code=to_unit, person=contact, state=JoiningState.WAITING)

    with pytest.raises(NotOursError):
        confirm_joining(joining=joining, by=PostFactory(unit_contact=True).person)
    with pytest.raises(OwnEntryError):
        confirm_joining(joining=own, by=contact)


def test_whoever_is_on_the_roster_or_elsewhere_is_not_written_again(to_unit):
    person = UserFactory()
    RosterEntryFactory(unit=to_unit.invitation.unit, phone=person.phone)

    with pytest.raises(OnRosterAlreadyError):
        redeem(code=to_unit, person=person)
    with pytest.raises(HasUnitError):
        redeem(code=to_unit, person=HomeMembershipFactory().person)


def test_an_invitation_that_is_over_or_taken_back_lets_nobody_in():
    area = CommunityFactory()
    organiser = organiser_of(area)
    invitation, (first, *_rest) = invite_by_cards(place=area, by=organiser)
    row = invitation.codes.first()

    with time_machine.travel(invitation.expires_at + timedelta(seconds=1), tick=False):
        assert code_row(first) is None
        with pytest.raises(CodeNotUsableError):
            redeem(code=row, person=UserFactory())
    revoke(invitation=invitation, by=organiser)
    revoke(invitation=invitation, by=organiser)
    assert code_row(first) is None
    with pytest.raises(CodeNotUsableError):
        redeem(code=row, person=UserFactory())
    assert logged(invitation).count("proxies.invitation.revoked") == 1


def test_nobody_takes_back_what_is_another_places():
    with pytest.raises(NotOursError):
        revoke(invitation=InvitationFactory(), by=PostFactory().person)


def test_the_database_lets_no_code_be_used_too_often():
    card = InvitationCodeFactory(uses=1)

    with transaction.atomic(), pytest.raises(IntegrityError):
        InvitationCode.objects.filter(pk=card.pk).update(uses=2)


def test_cards_of_a_unit_that_ends_let_nobody_in_and_who_waits_is_told(to_unit, contact):
    person = UserFactory()
    joining = redeem(code=to_unit, person=person, name="张敏")
    other = InvitationCodeFactory(invitation=to_unit.invitation)

    end_unit(unit=to_unit.invitation.unit, by=None)

    joining.refresh_from_db()
    to_unit.invitation.refresh_from_db()
    assert (joining.state, to_unit.invitation.is_open) == (JoiningState.DECLINED, False)
    assert to_unit.invitation.revoked_at
    assert "不再进行" in Message.objects.get(recipient=person).title
    with pytest.raises(CodeNotUsableError):
        redeem(code=other, person=UserFactory(), name="王芳")


def test_an_invitation_left_open_in_an_ended_unit_is_over(to_unit):
    Unit.objects.update(ends_on=timezone.localdate())

    with pytest.raises(CodeNotUsableError):
        redeem(code=to_unit, person=UserFactory(), name="王芳")


def test_nobody_is_asked_to_invite_to_a_unit_that_ended():
    above = UnitFactory()
    contact = PostFactory(unit_contact=True, unit=above).person
    branch = UnitFactory(above=above)

    assert set(invitable_units(contact)) == {above, branch}
    end_unit(unit=branch, by=None)
    assert list(invitable_units(contact)) == [above]
