"""A hand-over finished at the counter and on the phone at the same moment puts two accounts together once."""

import pytest
from wagtail.models import ModelLogEntry

from portal.notices.models import Message
from portal.points.queries import balance
from portal.proxies.actions import agree_to_hand_over, finish_at_counter
from portal.proxies.enums import HandOverState
from portal.proxies.models import HandOver
from tests.concurrency.race import race
from tests.factories.members import UserFactory
from tests.factories.points import EntryFactory
from tests.factories.proxies import HandOverFactory, ManagedPersonFactory

pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("committed")]

PHONE = "+8613700000001"
HANDS = 6


def test_six_hands_at_once_put_two_accounts_together_once():
    elder, own = ManagedPersonFactory(), UserFactory(phone=PHONE)
    hand_over = HandOverFactory(person=elder.person, area=elder.area, phone=PHONE)
    points = EntryFactory(member=elder.person).points

    def finish(hand: int) -> str:
        if hand % 2:
            return finish_at_counter(hand_over=hand_over, proved=PHONE, by=hand_over.asked_by, agreed=True).state
        return agree_to_hand_over(hand_over=hand_over, by=own).state

    assert set(race(finish, range(HANDS), threads=HANDS)) == {HandOverState.DONE}
    assert HandOver.objects.get().own == own
    assert (balance(elder.person), balance(own)) == (0, points)
    assert ModelLogEntry.objects.filter(action="members.user.merged").count() == 1
    assert Message.objects.filter(recipient=own).count() == 1
