from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.members import actions, errors, queries
from portal.members.enums import Ending, MembershipKind, UnitMoveState
from portal.members.models import HomeMembership, RosterEntry, UnitMove
from portal.notices.models import Message
from portal.organisations.enums import Role
from portal.states import IllegalMoveError
from tests.factories.members import HomeMembershipFactory, RosterEntryFactory, UnitMoveFactory, UserFactory
from tests.factories.organisations import CommunityFactory, PostFactory, UnitFactory

pytestmark = pytest.mark.django_db


def today():
    return timezone.localdate()


def titles_to(person):
    return list(Message.objects.filter(recipient=person).values_list("title", flat=True))


def logged(action):
    return ModelLogEntry.objects.filter(action=action)


def homes(person):
    return list(
        HomeMembership.objects.filter(person=person)
        .order_by("pk")
        .values_list("unit", "starts_on", "ends_on", "ending")
    )


def test_another_units_roster_asks_and_moves_nobody():
    home = HomeMembershipFactory()
    entry = RosterEntryFactory(phone=home.person.phone)

    assert actions.activate_from_roster(person=home.person) is None

    move = UnitMove.objects.get()
    assert (move.person, move.from_unit, move.to_unit) == (home.person, home.unit, entry.unit)
    assert move.state == UnitMoveState.PROPOSED
    assert queries.home_unit(home.person) == home.unit
    assert titles_to(home.person) == [f"{entry.unit}把您列入了名册，请确认您有没有调动。"]
    assert logged("members.unitmove.proposed").count() == 1


def test_the_own_units_roster_asks_nothing():
    home = HomeMembershipFactory()
    RosterEntryFactory(phone=home.person.phone, unit=home.unit)

    actions.activate_from_roster(person=home.person)

    assert not UnitMove.objects.exists()


def test_units_known_before_the_choice_ask_nothing_later():
    person = UserFactory()
    first = RosterEntryFactory(phone=person.phone)
    RosterEntryFactory(phone=person.phone)
    actions.activate_from_roster(person=person)
    actions.choose_unit(person=person, unit=first.unit)

    actions.activate_from_roster(person=person)

    assert not UnitMove.objects.exists()


def test_the_clock_lets_people_with_an_account_meet_new_rows():
    home = HomeMembershipFactory()
    RosterEntryFactory(phone=home.person.phone)
    RosterEntryFactory()
    newcomer = UserFactory()
    joined = RosterEntryFactory(phone=newcomer.phone)

    assert actions.meet_newly_named(now=timezone.now()) == 2
    assert actions.meet_newly_named(now=timezone.now()) == 0

    assert UnitMove.objects.get().person == home.person
    assert queries.home_unit(newcomer) == joined.unit


def test_confirmed_for_today_the_home_changes_at_once_and_both_units_are_told():
    move = UnitMoveFactory(person__name="林远舟")
    old, new = (PostFactory(unit_contact=True, unit=unit).person for unit in (move.from_unit, move.to_unit))
    starts = homes(move.person)[0][1]

    move = actions.confirm_move(unit_move=move, by=move.person, starts_on=today())

    assert move.state == UnitMoveState.COMPLETED
    assert homes(move.person) == [
        (move.from_unit_id, starts, today(), Ending.MOVED),
        (move.to_unit_id, today(), None, ""),
    ]
    assert len(titles_to(old)) == len(titles_to(new)) == 1
    assert "调到" in titles_to(old)[0]
    assert not RosterEntry.objects.filter(unit=move.from_unit, left_on__isnull=True).exists()
    assert RosterEntry.objects.filter(unit=move.to_unit, left_on__isnull=True).exists()
    actions_logged = set(ModelLogEntry.objects.values_list("action", flat=True))
    assert {
        "members.unitmove.confirmed",
        "members.unitmove.completed",
        "members.homemembership.ended",
        "members.homemembership.opened",
        "members.rosterentry.left",
    } <= actions_logged


def test_until_the_day_comes_the_old_home_stays():
    move = UnitMoveFactory()
    day = today() + timedelta(days=10)

    actions.confirm_move(unit_move=move, by=move.person, starts_on=day)
    assert queries.home_unit(move.person) == move.from_unit
    assert actions.settle_moves(now=timezone.now()) == 0

    assert actions.settle_moves(now=timezone.now() + timedelta(days=10)) == 1
    assert actions.settle_moves(now=timezone.now() + timedelta(days=10)) == 0
    assert queries.home_unit(move.person) == move.to_unit
    assert [ends for _, _, ends, _ in homes(move.person)] == [day, None]


def test_confirming_again_changes_nothing():
    move = UnitMoveFactory()
    day = today() + timedelta(days=1)
    actions.confirm_move(unit_move=move, by=move.person, starts_on=day)

    actions.confirm_move(unit_move=move, by=move.person, starts_on=day)

    assert logged("members.unitmove.confirmed").count() == 1


@pytest.mark.parametrize("days", [-366, 181])
def test_a_day_before_the_old_home_or_far_ahead_is_refused(days):
    move = UnitMoveFactory()

    with pytest.raises(errors.MoveDayError):
        actions.confirm_move(unit_move=move, by=move.person, starts_on=today() + timedelta(days=days))


def test_one_move_at_a_time():
    move = UnitMoveFactory()
    other = UnitMoveFactory(person=move.person, from_unit=move.from_unit)
    later = today() + timedelta(days=5)
    actions.confirm_move(unit_move=move, by=move.person, starts_on=later)

    with pytest.raises(errors.MoveUnderWayError):
        actions.confirm_move(unit_move=other, by=move.person, starts_on=later)
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitMove.objects.filter(pk=other.pk).update(state=UnitMoveState.CONFIRMED, starts_on=later)


def test_a_member_says_no_and_the_unit_is_told_once():
    move = UnitMoveFactory()
    contact = PostFactory(unit_contact=True, unit=move.to_unit).person

    actions.decline_move(unit_move=move, by=move.person)
    actions.decline_move(unit_move=move, by=move.person)

    assert UnitMove.objects.get().state == UnitMoveState.DECLINED
    assert queries.home_unit(move.person) == move.from_unit
    assert len(titles_to(contact)) == 1
    assert logged("members.unitmove.declined").count() == 1


def test_a_confirmation_is_taken_back_before_its_day():
    move = UnitMoveFactory()
    actions.confirm_move(unit_move=move, by=move.person, starts_on=today() + timedelta(days=5))

    actions.take_back_move(unit_move=move, by=move.person)

    move.refresh_from_db()
    assert (move.state, move.starts_on) == (UnitMoveState.PROPOSED, None)


def test_a_completed_move_is_not_taken_back():
    move = UnitMoveFactory()
    actions.confirm_move(unit_move=move, by=move.person, starts_on=today())

    with pytest.raises(IllegalMoveError):
        actions.take_back_move(unit_move=move, by=move.person)


def test_a_unit_that_drops_the_person_takes_its_question_back():
    move = UnitMoveFactory()
    RosterEntry.objects.filter(unit=move.to_unit).update(left_on=today())

    assert actions.settle_moves(now=timezone.now()) == 1

    move.refresh_from_db()
    assert move.state == UnitMoveState.WITHDRAWN


def silence(settings):
    return timezone.now() + timedelta(days=settings.UNIT_MOVE_SILENCE_DAYS, minutes=1)


def test_silence_completes_a_move_when_the_old_unit_has_let_go(settings):
    move = UnitMoveFactory()
    RosterEntry.objects.filter(unit=move.from_unit).update(left_on=today())

    assert actions.settle_moves(now=timezone.now()) == 0
    assert actions.settle_moves(now=silence(settings)) == 1

    assert queries.home_unit(move.person) == move.to_unit
    assert logged("members.unitmove.completed").get().user is None


def test_silence_with_two_claims_goes_one_level_up_once(settings):
    area = CommunityFactory()
    parent = UnitFactory()
    above = PostFactory(unit_contact=True, unit=parent).person
    supervisor = PostFactory(role=Role.SUPERVISOR, area=area).person
    move = UnitMoveFactory(from_unit=UnitFactory(above=parent), to_unit=UnitFactory(area=area))
    PostFactory(unit_contact=True, unit=move.to_unit)

    assert actions.settle_moves(now=silence(settings)) == 1
    assert actions.settle_moves(now=silence(settings)) == 0

    assert len(titles_to(above)) == len(titles_to(supervisor)) == 1
    assert queries.home_unit(move.person) == move.from_unit
    assert logged("members.unitmove.raised").count() == 1


def test_a_retired_member_stays_with_the_unit():
    home = HomeMembershipFactory(starts_on=today() - timedelta(days=900))
    contact = PostFactory(unit_contact=True, unit=home.unit).person
    RosterEntryFactory(unit=home.unit, person=home.person)

    staying = actions.retire(membership=home, on=today(), stays=True, by=contact)
    again = actions.retire(membership=staying, on=today(), stays=True, by=contact)

    assert staying == again
    assert (staying.unit, staying.kind) == (home.unit, MembershipKind.RETIRED)
    assert [ending for *_, ending in homes(home.person)] == [Ending.RETIRED, ""]
    assert RosterEntry.objects.filter(left_on__isnull=True).exists()
    assert len(titles_to(home.person)) == 1


def test_a_retired_member_goes_on_as_a_resident():
    home = HomeMembershipFactory()
    RosterEntryFactory(unit=home.unit, person=home.person)

    assert actions.retire(membership=home, on=today(), stays=False, by=UserFactory()) is None

    assert queries.home_unit(home.person) is None
    assert homes(home.person)[0][3] == Ending.RETIRED
    assert not RosterEntry.objects.filter(left_on__isnull=True).exists()
    assert not queries.is_vouched_for(home.person)


def test_a_leaver_keeps_the_record():
    home = HomeMembershipFactory()

    actions.leave_unit(membership=home, on=today(), by=UserFactory())

    assert homes(home.person) == [(home.unit_id, home.starts_on, today(), Ending.LEFT)]
    with pytest.raises(errors.MembershipOverError):
        actions.leave_unit(membership=home, on=today(), by=UserFactory())


@pytest.mark.parametrize("days", [-1, 1])
def test_nobody_leaves_before_they_came_or_tomorrow(days):
    home = HomeMembershipFactory()

    with pytest.raises(errors.EndingDayError):
        actions.leave_unit(membership=home, on=today() + timedelta(days=days), by=UserFactory())


def test_the_database_allows_one_open_question_a_unit():
    move = UnitMoveFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        UnitMove.objects.create(person=move.person, from_unit=move.from_unit, to_unit=move.to_unit)
