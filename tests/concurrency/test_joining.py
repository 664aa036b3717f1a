"""A code for one lets in one, however many come at the same moment; without the lock it would not."""

from collections import Counter

import pytest

from portal import states
from portal.members.models import User
from portal.proxies.actions import redeem
from portal.proxies.errors import CodeNotUsableError
from portal.proxies.models import InvitationCode, Joining, ResidentVolunteer
from tests.concurrency.race import race
from tests.factories.members import UserFactory
from tests.factories.proxies import InvitationCodeFactory

pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("committed")]

CROWD = 20


def test_a_card_for_one_redeemed_by_twenty_at_once_lets_in_one():
    card, people = InvitationCodeFactory(), UserFactory.create_batch(CROWD)

    def come(person: User) -> str:
        try:
            redeem(code=card, person=person)
        except CodeNotUsableError:
            return "refused"
        return "in"

    assert Counter(race(come, people, threads=CROWD)) == {"in": 1, "refused": CROWD - 1}
    assert Joining.objects.count() == ResidentVolunteer.objects.count() == 1
    assert InvitationCode.objects.get().uses == 1


def test_a_link_for_five_redeemed_by_twenty_at_once_lets_in_five():
    link, people = InvitationCodeFactory(max_uses=5), UserFactory.create_batch(CROWD)

    def come(person: User) -> bool:
        try:
            redeem(code=link, person=person)
        except CodeNotUsableError:
            return False
        return True

    assert sum(race(come, people, threads=CROWD)) == 5
    assert InvitationCode.objects.get().uses == Joining.objects.count() == 5


def test_one_person_clicking_five_times_at_once_uses_one():
    link, person = InvitationCodeFactory(max_uses=5), UserFactory()

    found = race(lambda _: redeem(code=link, person=person), range(5), threads=5)

    assert len({joining.pk for joining in found}) == 1
    assert InvitationCode.objects.get().uses == 1


def test_without_the_lock_two_who_have_looked_both_come_in(monkeypatch: pytest.MonkeyPatch):
    # The control: each works with the row as it was before the other had come.
    card, (first, second) = InvitationCodeFactory(), UserFactory.create_batch(2)
    as_it_was = [
        InvitationCode.objects.select_related("invitation__area", "invitation__unit").get(pk=card.pk) for _ in range(2)
    ]
    lock = states.lock

    def look(row, *related):
        return as_it_was.pop() if isinstance(row, InvitationCode) else lock(row, *related)

    monkeypatch.setattr("portal.proxies.actions.joinings.lock", look)
    redeem(code=card, person=first)
    redeem(code=card, person=second)

    assert Joining.objects.count() == 2
