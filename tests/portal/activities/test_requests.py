"""Activities one asks to join, and activities one is asked to."""

import pytest

from portal.activities.actions import accept_request, invite, refuse_request, sign_up, withdraw
from portal.activities.enums import SignUpMode, SignUpState
from portal.activities.errors import ActivityCancelledError, ReasonMissingError, SignUpError
from tests.factories.activities import ActivityFactory, ShiftFactory
from tests.factories.members import UserFactory
from tests.portal.activities.logs import logged
from tests.portal.activities.queues import state_of

pytestmark = pytest.mark.django_db

REQUESTED, CONFIRMED, WAITING = SignUpState.REQUESTED, SignUpState.CONFIRMED, SignUpState.WAITING


@pytest.fixture
def shift():
    return ShiftFactory(capacity=1, activity__mode=SignUpMode.ON_REQUEST)


def test_sign_up_on_request_takes_no_place_yet(shift):
    mine = sign_up(shift=shift, member=UserFactory())

    shift.refresh_from_db()
    assert (mine.state, shift.places_taken) == (REQUESTED, 0)
    assert logged(mine) == ["activities.signup.requested"]


def test_accept_request_gives_the_place_and_tells(shift):
    mine = sign_up(shift=shift, member=UserFactory())

    for _ in range(2):
        accept_request(sign_up=mine, by=UserFactory())

    shift.refresh_from_db()
    assert (state_of(mine), shift.places_taken) == (CONFIRMED, 1)
    assert mine.member.inbox_messages.count() == 1


def test_accept_request_on_a_full_shift_queues(shift):
    first, second = (sign_up(shift=shift, member=UserFactory()) for _ in range(2))

    accept_request(sign_up=first, by=UserFactory())
    accept_request(sign_up=second, by=UserFactory())

    assert [state_of(first), state_of(second)] == [CONFIRMED, WAITING]


def test_accept_request_is_refused_once_called_off(shift):
    mine = sign_up(shift=shift, member=UserFactory())
    shift.activity.state = "cancelled"
    shift.activity.save()

    with pytest.raises(SignUpError):
        accept_request(sign_up=mine, by=UserFactory())


def test_refuse_request_says_why_and_one_may_ask_again(shift):
    mine = sign_up(shift=shift, member=UserFactory())

    for _ in range(2):
        refuse_request(sign_up=mine, by=UserFactory(), reason="这次只要医护。")

    mine.refresh_from_db()
    assert (mine.state, mine.answer) == (SignUpState.REFUSED, "这次只要医护。")
    assert mine.member.inbox_messages.get().body == "点开看原因。"
    again = sign_up(shift=shift, member=mine.member)
    assert (again.pk, again.state, again.answer) == (mine.pk, REQUESTED, "")


def test_refuse_request_needs_a_reason(shift):
    mine = sign_up(shift=shift, member=UserFactory())

    with pytest.raises(ReasonMissingError):
        refuse_request(sign_up=mine, by=UserFactory(), reason=" ")


def test_a_request_may_be_taken_back(shift):
    mine = sign_up(shift=shift, member=UserFactory())

    assert withdraw(sign_up=mine, by=mine.member).state == SignUpState.WITHDRAWN


def test_invite_tells_each_once_and_opens_the_door():
    shift = ShiftFactory(activity__mode=SignUpMode.INVITED)
    guest = UserFactory()

    assert invite(activity=shift.activity, members=[guest], by=UserFactory()) == 1
    assert invite(activity=shift.activity, members=[guest], by=UserFactory()) == 0

    assert guest.inbox_messages.count() == 1
    assert logged(shift.activity.invitations.get()) == ["activities.invitation.sent"]
    assert sign_up(shift=shift, member=guest).state == CONFIRMED


def test_invite_is_refused_once_called_off():
    with pytest.raises(ActivityCancelledError):
        invite(activity=ActivityFactory(cancelled=True), members=[UserFactory()], by=UserFactory())
