"""Who goes first: by lot, newcomers for a while, or first come."""

import hashlib
from datetime import timedelta

import pytest
from django.utils import timezone

from portal.activities import queries
from portal.activities.actions import (
    add_shift,
    draw_due,
    edit_shift,
    fill_after_newcomers,
    publish,
    schedule,
    set_policy,
    sign_up,
    withdraw,
)
from portal.activities.actions.drawing import drawn_order, fingerprint
from portal.activities.enums import QueuePolicy, SignUpState
from portal.activities.errors import ActivityCancelledError, DrawTimeOverError, DrawTooLateError, PolicyIsFixedError
from portal.activities.models import Draw
from tests.factories.activities import ActivityFactory, AttendanceFactory, ShiftFactory, SignUpFactory
from tests.factories.members import UserFactory
from tests.portal.activities.logs import logged
from tests.portal.activities.queues import place_of, state_of

pytestmark = pytest.mark.django_db

CONFIRMED, WAITING, OFFERED = SignUpState.CONFIRMED, SignUpState.WAITING, SignUpState.OFFERED
HOUR = timedelta(hours=1)


def drawing(capacity=2, **fields):
    return ShiftFactory(
        capacity=capacity,
        activity__queue_policy=QueuePolicy.DRAW,
        activity__draw_at=timezone.now() + HOUR,
        **fields,
    )


def test_until_the_draw_everybody_only_registers():
    shift = drawing()

    everyone = [sign_up(shift=shift, member=UserFactory()) for _ in range(3)]
    withdraw(sign_up=everyone[0], by=everyone[0].member)

    assert [state_of(one) for one in everyone] == [SignUpState.WITHDRAWN, WAITING, WAITING]
    draw = Draw.objects.get(activity=shift.activity)
    assert (draw.drawn_at, draw.commitment) == (None, fingerprint(draw.seed))


def test_publishing_fixes_the_fingerprint_of_the_draw():
    shift = drawing(activity__draft=True)

    publish(activity=shift.activity, by=UserFactory())

    assert Draw.objects.filter(activity=shift.activity).exists()


def test_the_draw_is_the_one_anybody_computes_from_the_seed():
    shift = drawing()
    everyone = [sign_up(shift=shift, member=UserFactory()) for _ in range(5)]
    fixed = Draw.objects.get(activity=shift.activity).commitment
    due = shift.activity.draw_at

    assert draw_due(now=due - timedelta(seconds=1)) == 0
    assert draw_due(now=due) == 1
    assert draw_due(now=due) == 0

    draw = Draw.objects.get(activity=shift.activity)
    order = sorted((one.pk for one in everyone), key=lambda n: hashlib.sha256(f"{draw.seed}:{n}".encode()).hexdigest())
    assert hashlib.sha256(draw.seed.encode()).hexdigest() == draw.commitment == fixed
    assert draw.result == [{"shift": shift.pk, "position": None, "numbers": order}]
    states = {one.pk: state_of(one) for one in everyone}
    assert [states[n] for n in order] == [CONFIRMED] * 2 + [WAITING] * 3
    assert [one.pk for one in queries.queue(shift)] == order[2:]
    assert all(one.member.inbox_messages.count() == 1 for one in everyone)
    assert logged(draw) == ["activities.draw.drawn"]


def test_the_order_of_a_known_seed_never_changes():
    assert drawn_order("报到", [1, 2, 3, 4, 5]) == [4, 5, 3, 1, 2]


def test_who_comes_after_the_draw_stands_behind_all():
    shift = drawing(capacity=1)
    everyone = [sign_up(shift=shift, member=UserFactory()) for _ in range(3)]
    draw_due(now=shift.activity.draw_at)

    late = sign_up(shift=shift, member=UserFactory())

    assert late.state == WAITING
    assert place_of(late) == 3
    winner = next(one for one in everyone if state_of(one) == CONFIRMED)
    withdraw(sign_up=winner, by=winner.member)
    assert state_of(late) == WAITING


@pytest.fixture
def newcomers_first():
    return ShiftFactory(
        capacity=2,
        activity__queue_policy=QueuePolicy.NEWCOMERS,
        activity__newcomers_until=timezone.now() + HOUR,
    )


def veteran():
    return AttendanceFactory().sign_up.member


def test_newcomers_go_first_for_a_while(newcomers_first, time_machine):
    old = sign_up(shift=newcomers_first, member=veteran())
    new = sign_up(shift=newcomers_first, member=UserFactory())
    assert [old.state, new.state] == [WAITING, CONFIRMED]

    assert fill_after_newcomers(now=timezone.now()) == 0
    time_machine.move_to(newcomers_first.activity.newcomers_until)
    assert fill_after_newcomers(now=timezone.now()) == 1

    assert state_of(old) == OFFERED


def test_after_the_window_nobody_overtakes(newcomers_first, time_machine):
    sign_up(shift=newcomers_first, member=UserFactory())
    sign_up(shift=newcomers_first, member=UserFactory())
    old = sign_up(shift=newcomers_first, member=veteran())
    time_machine.move_to(newcomers_first.activity.newcomers_until)

    new = sign_up(shift=newcomers_first, member=UserFactory())

    assert [place_of(old), place_of(new)] == [1, 2]


def test_who_served_long_ago_is_a_newcomer_again(settings):
    settings.NEWCOMER_MONTHS = 1
    past = timezone.now() - timedelta(days=31)
    served = AttendanceFactory(sign_up__shift=ShiftFactory(starts_at=past, ends_at=past + HOUR))

    assert queries.is_newcomer(served.sign_up.member)
    assert not queries.is_newcomer(veteran())


def test_set_policy_commits_to_the_lot_at_once():
    activity = ActivityFactory()

    set_policy(activity=activity, by=UserFactory(), queue_policy=QueuePolicy.DRAW, draw_at=timezone.now() + HOUR)

    assert Draw.objects.filter(activity=activity).exists()
    assert logged(activity) == ["activities.activity.edited"]


def test_a_lot_that_would_fall_too_late_is_refused_wherever_it_comes_from():
    shift = drawing()
    draw_at, ends_at = shift.activity.draw_at, shift.ends_at
    with pytest.raises(DrawTooLateError):
        set_policy(activity=shift.activity, by=UserFactory(), draw_at=shift.starts_at)
    terms = {"by": UserFactory(), "starts_at": draw_at, "ends_at": ends_at, "capacity": 2}
    with pytest.raises(DrawTooLateError):
        edit_shift(shift=shift, **terms)
    with pytest.raises(DrawTooLateError):
        add_shift(activity=shift.activity, **terms)
    draft = drawing(activity__draft=True, starts_at=draw_at).activity
    with pytest.raises(DrawTooLateError):
        publish(activity=draft, by=UserFactory())

    set_policy(activity=shift.activity, by=UserFactory(), draw_at=shift.starts_at - timedelta(seconds=1))


def test_a_lot_whose_time_is_over_opens_no_draft():
    draft = drawing(activity__draft=True).activity
    draft.draw_at, by = timezone.now(), draft.created_by
    draft.save()

    with pytest.raises(DrawTimeOverError):
        publish(activity=draft, by=by)
    with pytest.raises(DrawTimeOverError):
        set_policy(activity=draft, by=by, draw_at=timezone.now() - HOUR)
    set_policy(activity=draft, by=by, draw_at=timezone.now() + HOUR)
    with pytest.raises(DrawTimeOverError):
        schedule(activity=draft, by=by, at=timezone.now() + HOUR)

    draft.refresh_from_db()
    assert not draft.is_published
    assert publish(activity=draft, by=by).is_published


def test_a_lot_that_decided_nothing_is_drawn_again_at_its_new_time():
    shift = drawing()
    set_policy(activity=shift.activity, by=UserFactory(), draw_at=shift.activity.draw_at + HOUR / 2)
    drawn = Draw.objects.get()
    draw_due(now=timezone.now() + 2 * HOUR)

    set_policy(activity=shift.activity, by=UserFactory(), draw_at=timezone.now() + 3 * HOUR)

    again = Draw.objects.get()
    assert again.seed != drawn.seed
    draw_due(now=timezone.now() + 4 * HOUR)
    for policy in (QueuePolicy.FIRST_COME, QueuePolicy.DRAW):
        set_policy(activity=shift.activity, by=UserFactory(), queue_policy=policy)
    assert Draw.objects.get().seed != again.seed
    assert sign_up(shift=shift, member=UserFactory()).state == SignUpState.WAITING
    assert draw_due(now=timezone.now() + 3 * HOUR) == 1


def test_set_policy_is_refused_once_somebody_signed_up():
    mine = SignUpFactory()
    activity = mine.shift.activity

    with pytest.raises(PolicyIsFixedError):
        set_policy(activity=activity, by=UserFactory(), queue_policy=QueuePolicy.NONE)
    assert set_policy(activity=activity, by=UserFactory(), companions_limit=2).companions_limit == 2


def test_set_policy_is_refused_once_called_off():
    with pytest.raises(ActivityCancelledError):
        set_policy(activity=ActivityFactory(cancelled=True), by=UserFactory(), companions_limit=2)


def test_the_lot_is_fixed_when_its_activity_is_published():
    shift = drawing(activity__draft=True)

    publish(activity=shift.activity, by=shift.activity.created_by)

    assert Draw.objects.get(activity=shift.activity).commitment
