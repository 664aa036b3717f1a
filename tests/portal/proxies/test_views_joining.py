"""From the card to the account: known codes lead on, all others are answered alike and slowed down."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.members.models import HomeMembership, RosterEntry, User
from portal.members.queries import home_unit
from portal.proxies.enums import InvitationKind, JoiningState
from portal.proxies.models import Invitation, InvitationCode, Joining, ResidentVolunteer
from tests.factories.members import HomeMembershipFactory, RosterEntryFactory, UserFactory
from tests.factories.organisations import CommunityFactory, PostFactory, UnitFactory
from tests.factories.proxies import InvitationCodeFactory, InvitationFactory, ResidentVolunteerFactory, organiser_of
from tests.portal.members.doors import CONFIRM, SIGN_UP, ask, last_code

pytestmark = pytest.mark.django_db

JOIN, WHO, CONFIRM_JOIN = reverse("join:start"), reverse("join:who"), reverse("join:confirm")
INVITATIONS, JOININGS = reverse("proxies:invitations"), reverse("proxies:joinings")
NEXT = f"?next={CONFIRM_JOIN}"
CODE = re.compile(r"\b[2-9A-HJKMNP-Z]{4}(?:-[2-9A-HJKMNP-Z]{4}){1,2}\b")


@pytest.fixture(autouse=True)
def _no_rates_from_before(db):
    cache.clear()


def invite(person, invited_by, **fields):
    client = Client()
    client.force_login(person)
    return client.post(INVITATIONS, {"kind": invited_by, "max_uses": 5, "days": 30, **fields})


def test_cards_are_shown_once_and_bring_a_resident_in(client):
    area = CommunityFactory(name="云水社区")
    organiser = organiser_of(area)
    sheet = invite(organiser, InvitationKind.CARDS).text
    found = CODE.findall(sheet)
    assert len(set(found)) == 10
    assert sheet.count('class="qr"') == 10

    assert client.post(JOIN, {"code": found[0]}).url == WHO
    assert "云水社区" in client.get(WHO).text
    client.post(SIGN_UP + NEXT, {"phone": "137 0000 0001", "name": "陈桂兰", "next": CONFIRM_JOIN})
    assert client.post(CONFIRM, {"code": last_code(), "next": CONFIRM_JOIN}).url == CONFIRM_JOIN
    page = client.get(CONFIRM_JOIN).text
    assert "陈桂兰" in page
    assert 'name="name"' not in page
    assert client.post(CONFIRM_JOIN).url == reverse("dashboard:home")

    person = User.objects.get(name="陈桂兰")
    assert ResidentVolunteer.objects.get().person == person
    assert client.post(JOIN, {"code": found[0]}).status_code == 422


def test_a_link_brings_somebody_onto_a_roster_and_the_contact_confirms(client):
    unit = UnitFactory(name="市图书馆")
    contact = PostFactory(unit_contact=True, unit=unit).person
    link = CODE.search(invite(contact, InvitationKind.LINK).text).group()
    person = UserFactory(name="")
    client.force_login(person)

    assert client.post(JOIN, {"code": link}).url == CONFIRM_JOIN
    assert client.post(CONFIRM_JOIN).status_code == 422
    client.post(CONFIRM_JOIN, {"name": "林远舟"})

    desk = Client()
    desk.force_login(contact)
    assert "人凭邀请加入，等您确认" in desk.get(reverse("dashboard:home")).text
    assert "林远舟" in desk.get(JOININGS).text
    desk.post(reverse("proxies:settle", args=[Joining.objects.get().pk]), {"answer": "confirm"})
    assert home_unit(person) == unit


def test_the_contact_says_it_is_somebody_else():
    card = InvitationCodeFactory(invitation__to_unit=True)
    joining = Joining.objects.create(code=card, person=UserFactory(), state=JoiningState.WAITING)
    desk = Client()
    desk.force_login(PostFactory(unit_contact=True, unit=card.invitation.unit).person)

    desk.post(reverse("proxies:settle", args=[joining.pk]), {"answer": "decline"})

    joining.refresh_from_db()
    assert joining.state == JoiningState.DECLINED


def test_whom_a_unit_vouches_for_finds_the_community_chosen(client):
    card = InvitationCodeFactory()
    client.force_login(HomeMembershipFactory().person)
    client.post(JOIN, {"code": card.code})

    assert client.post(CONFIRM_JOIN).url == reverse("report_in:send", args=[card.invitation.area.code])


def test_all_codes_that_cannot_be_used_are_answered_alike(client):
    over = InvitationCodeFactory(invitation__expires_at=timezone.now() - timedelta(days=1))
    taken_back = InvitationCodeFactory(invitation__revoked_at=timezone.now())
    used_up = InvitationCodeFactory(uses=1)
    typed = [over.code, taken_back.code, used_up.code, "K7QF2M9R", "nonsense"]

    answers = {re.sub(r'(value="[^"]*"|csrf\S+)', "", client.post(JOIN, {"code": code}).text) for code in typed}

    assert len(answers) == 1
    assert "或者已经不能用了" in answers.pop()


def test_guessing_is_slowed_down_and_coming_is_not():
    for _ in range(15):
        assert Client().post(JOIN, {"code": InvitationCodeFactory().code}).status_code == 302
    statuses = [Client().post(JOIN, {"code": "K7QF2M9R"}).status_code for _ in range(11)]

    assert statuses == [422] * 10 + [429]
    assert Client().post(JOIN, {"code": InvitationCodeFactory().code}).status_code == 429


def test_the_limit_lapses():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(11):
            Client().post(JOIN, {"code": "K7QF2M9R"})
        clock.shift(timedelta(seconds=61))
        assert Client().post(JOIN, {"code": InvitationCodeFactory().code}).status_code == 302


def test_a_code_is_in_no_log_and_no_address(client, caplog):
    with caplog.at_level("DEBUG"):
        card = InvitationCodeFactory()
        response = client.post(JOIN, {"code": card.code})
        client.get(response.url)

    assert card.code not in caplog.text
    assert card.code not in response.url
    assert card.code not in str(dict(client.session))


@pytest.mark.parametrize("address", [WHO, CONFIRM_JOIN])
def test_without_a_code_one_begins_at_the_beginning(client, address):
    client.force_login(UserFactory())

    assert client.get(address).url == JOIN


def test_a_refusal_is_said_on_the_first_page(client):
    card = InvitationCodeFactory()
    client.force_login(ResidentVolunteerFactory().person)
    client.post(JOIN, {"code": card.code})

    assert "已经加入了另一个社区" in client.post(CONFIRM_JOIN, follow=True).text


@pytest.mark.parametrize("post", [None, {"supervisor": True}])
def test_nobody_else_invites(client, post):
    client.force_login(PostFactory(**post).person if post else UserFactory())

    assert client.get(INVITATIONS).status_code == client.get(JOININGS).status_code == 403
    assert client.post(INVITATIONS, {"kind": InvitationKind.CARDS, "max_uses": 1, "days": 1}).status_code == 403
    assert not Invitation.objects.exists()


def test_an_invitation_of_another_place_is_not_there(client):
    invitation = InvitationFactory()
    waiting = Joining.objects.create(
        code=InvitationCodeFactory(invitation__to_unit=True), person=UserFactory(), state=JoiningState.WAITING
    )
    client.force_login(PostFactory(unit_contact=True).person)

    assert client.get(reverse("proxies:invitation", args=[invitation.pk])).status_code == 404
    assert client.post(reverse("proxies:revoke", args=[invitation.pk])).status_code == 404
    assert client.post(reverse("proxies:settle", args=[waiting.pk])).status_code == 404


def test_the_lists_tell_uses_and_an_invitation_is_taken_back(client):
    card = InvitationCodeFactory(uses=1)
    invitation = card.invitation
    client.force_login(organiser_of(invitation.area))

    assert "用了 1 次，最多 1 次" in client.get(INVITATIONS).text
    assert "1 / 1" in client.get(reverse("proxies:invitation", args=[invitation.pk])).text
    client.post(reverse("proxies:revoke", args=[invitation.pk]))

    invitation.refresh_from_db()
    assert invitation.revoked_at is not None
    assert "已收回" in client.get(INVITATIONS).text


@pytest.mark.parametrize("typed", [{"max_uses": 0}, {"max_uses": 501}, {"days": 0}, {"days": 91}, {"kind": "x"}])
def test_what_cannot_be_an_invitation_is_said(typed):
    organiser = PostFactory().person

    assert invite(organiser, InvitationKind.LINK, **typed).status_code == 422
    assert not InvitationCode.objects.exists()


def test_nothing_already_known_is_asked_again_of_a_rostered_member(client):
    """A roster's phone, the community's card: name and unit are known, and the community is chosen already."""
    row, card = RosterEntryFactory(name="林远舟", unit__name="市图书馆"), InvitationCodeFactory()
    client.post(JOIN, {"code": card.code})
    ask(client, row.phone)
    client.post(CONFIRM, {"code": last_code()})

    page = client.get(CONFIRM_JOIN).text
    assert "林远舟" in page
    assert "<input" not in page.split('<form method="post" novalidate>')[-1].split("</form>")[0].replace(
        '<input type="hidden"', ""
    )
    sent = client.get(client.post(CONFIRM_JOIN).url).text
    assert "林远舟" in sent
    assert "市图书馆" in sent
    assert 'name="name"' not in sent
    assert 'name="unit"' not in sent


def test_a_card_of_the_unit_whose_roster_has_one_asks_nothing(client):
    row = RosterEntryFactory(name="林远舟")
    card = InvitationCodeFactory(invitation__to_unit=True, invitation__unit=row.unit)
    client.post(JOIN, {"code": card.code})
    ask(client, row.phone)
    client.post(CONFIRM, {"code": last_code()})

    assert HomeMembership.objects.get().unit == row.unit
    client.post(CONFIRM_JOIN)
    assert RosterEntry.objects.count() == 1
    card.refresh_from_db()
    assert card.uses == 0


def test_an_elder_who_logs_in_at_last_finds_name_community_and_entries(client):
    area = CommunityFactory(name="云水社区")
    desk = Client()
    desk.force_login(organiser_of(area))
    desk.post(reverse("proxies:take_up"), {"name": "陈桂兰", "phone": "137 0000 0001", "consent": "spoken"})

    ask(client, "+8613700000001")
    client.post(CONFIRM, {"code": last_code()})

    assert "陈桂兰" in client.get(reverse("dashboard:home")).text
    mine = client.get(reverse("proxies:mine")).text
    assert "由云水社区" in mine
    assert User.objects.filter(phone="+8613700000001").count() == 1
