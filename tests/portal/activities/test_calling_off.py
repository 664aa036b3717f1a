"""One shift of several is called off, and the activity goes on."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from portal.activities import queries
from portal.activities.actions import (
    add_position,
    call_off_shift,
    cancel,
    edit_shift,
    hold_places,
    lapse_offers,
    set_capacity,
    sign_up,
)
from portal.activities.enums import CoverKind, CoverState, QueuePolicy, RuleKind, SignUpState
from portal.activities.errors import (
    ActivityCancelledError,
    ActivityNotPublishedError,
    LastShiftError,
    ReasonMissingError,
    ShiftCalledOffError,
    ShiftHasBegunError,
)
from portal.activities.forms import ExceptionForm
from portal.activities.models import Activity, CoverRequest, EntryRule, Shift
from portal.activities.queries.finding import Wanted, seeker, shifts_found
from portal.activities.queries.reminders import sign_ups_to_remind
from portal.activities.queries.teams import team_activities
from portal.activity_reports.queries import figures_of
from portal.calendars.queries import rows_of
from portal.dashboard.queries.organisers import todays_shifts
from portal.notices.models import Message
from portal.proxies.queries.entries import open_shifts
from portal.records.queries.stories import places_nobody_noted
from tests.factories.activities import GroupPlacesFactory, PositionFactory, ShiftFactory, SignUpFactory
from tests.factories.calendars import ServiceDayFactory
from tests.factories.members import UserFactory
from tests.factories.organisations import PostFactory, UnitFactory
from tests.factories.teams import TeamFactory
from tests.portal.activities.logs import logged

pytestmark = pytest.mark.django_db

REASON = "场地停电。"


@pytest.fixture
def shift():
    """Return one of two shifts of a published activity, two days ahead; the other is a day later."""
    one = ShiftFactory(name="上午班")
    ShiftFactory(activity=one.activity, name="下午班", starts_at=one.starts_at + timedelta(days=1))
    return one


def other(shift):
    return shift.activity.shifts.exclude(pk=shift.pk).get()


def off(shift, reason=REASON, by=None):
    return call_off_shift(shift=shift, by=by or shift.activity.created_by, reason=reason)


def test_everyone_on_it_is_freed_and_told_once_and_the_rest_goes_on(shift):
    now = timezone.now()
    position = PositionFactory(shift=shift)
    states = {
        SignUpState.CONFIRMED: {"places": 2},
        SignUpState.OFFERED: {"offered_until": now + timedelta(hours=1), "queued_at": now},
        SignUpState.WAITING: {"queued_at": now},
        SignUpState.REQUESTED: {},
    }
    freed = [SignUpFactory(shift=shift, position=position, state=state, **more) for state, more in states.items()]
    gone = SignUpFactory(shift=shift, position=position, state=SignUpState.WITHDRAWN)
    stays = SignUpFactory(shift=other(shift))
    group = GroupPlacesFactory(shift=shift, position=position)
    searches = [
        CoverRequest.objects.create(sign_up=freed[0], kind=CoverKind.STAND_IN, state=CoverState.OPEN),
        CoverRequest.objects.create(sign_up=stays, kind=CoverKind.SWAP, wanted=shift, state=CoverState.OPEN),
    ]

    off(shift)
    off(shift, "再说一次。")

    shift.refresh_from_db()
    position.refresh_from_db()
    group.refresh_from_db()
    assert (shift.is_called_off, shift.call_off_reason, shift.places_taken, position.places_taken) == (
        True,
        REASON,
        0,
        0,
    )
    for one in (*freed, gone, stays):
        one.refresh_from_db()
    assert {one.state for one in freed} == {SignUpState.CALLED_OFF}
    assert (gone.state, stays.state, other(shift).places_taken) == (SignUpState.WITHDRAWN, SignUpState.CONFIRMED, 1)
    assert not group.is_open
    assert {one.state for one in CoverRequest.objects.filter(pk__in=[one.pk for one in searches])} == {CoverState.ENDED}
    told = Message.objects.filter(title__startswith="班次取消")
    people = [*(one.member_id for one in freed), group.held_by_id]
    assert sorted(told.values_list("recipient", flat=True)) == sorted(people)
    assert all(REASON in message.body for message in told)
    assert logged(shift) == ["activities.shift.called_off"]
    assert logged(freed[0]) == ["activities.signup.called_off"]
    assert Activity.objects.get().is_published


@pytest.mark.parametrize(
    ("traits", "refusal"),
    [
        ({"activity__draft": True}, ActivityNotPublishedError),
        ({"activity__cancelled": True}, ActivityCancelledError),
        ({"begun": True}, ShiftHasBegunError),
    ],
)
def test_what_cannot_be_called_off_says_why(traits, refusal):
    shift = ShiftFactory(**traits)
    ShiftFactory(activity=shift.activity)

    with pytest.raises(refusal):
        off(shift)


def test_a_reason_is_needed_and_the_last_shift_goes_with_its_activity(shift):
    with pytest.raises(ReasonMissingError):
        off(shift, "  ")
    off(shift)

    with pytest.raises(LastShiftError):
        off(other(shift))


def test_nothing_of_it_changes_any_more(shift):
    stale = Shift.objects.get(pk=shift.pk)
    off(shift)
    by = shift.activity.created_by
    until = timezone.now() + timedelta(hours=1)

    for change in (
        lambda: sign_up(shift=stale, member=UserFactory()),
        lambda: hold_places(shift=stale, unit=UnitFactory(), by=by, held=1, name_until=until),
        lambda: set_capacity(shift=stale, capacity=20, by=by),
        lambda: edit_shift(shift=stale, by=by, starts_at=stale.starts_at, ends_at=stale.ends_at, capacity=20),
        lambda: add_position(shift=stale, by=by, name="签到台", capacity=2),
    ):
        with pytest.raises(ShiftCalledOffError):
            change()


def test_the_database_wants_a_reason_and_nobody_left_on_it(shift):
    SignUpFactory(shift=shift)
    called_off = {"state": "called_off", "called_off_at": timezone.now()}

    for wrong in ({"call_off_reason": REASON}, {"places_taken": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Shift.objects.filter(pk=shift.pk).update(**called_off, **wrong)


def test_no_list_or_clock_knows_it_any_more(shift):
    post = PostFactory(area=shift.activity.area)
    mine = SignUpFactory(shift=shift)
    SignUpFactory(shift=shift, offered=True)
    swapping = SignUpFactory(shift=other(shift))
    off(shift)
    later = shift.ends_at + timedelta(hours=1)

    (activity,) = queries.public_activities(starts_after=timezone.now())
    assert [one.pk for one in activity.shifts.all()] == [other(shift).pk]
    assert activity.next_starts_at == other(shift).starts_at
    assert list(queries.shifts_to_swap_for(swapping)) == []
    assert [gap.shift.pk for gap in queries.gaps(queries.shifts_of(shift.activity))] == [other(shift).pk]
    assert list(queries.shifts_of_a_day(post.person, timezone.localdate(shift.starts_at))) == []
    assert list(queries.cancelled_sign_ups(mine.member)) == [mine]
    assert list(queries.open_sign_ups(mine.member)) == []
    assert lapse_offers(now=later) == 0
    assert [one.shift_id for one in sign_ups_to_remind(shift.starts_at - timedelta(hours=1))] in ([], [other(shift).pk])

    Shift.objects.filter(pk=shift.pk).update(starts_at=timezone.now() - timedelta(hours=3), ends_at=timezone.now())
    assert places_nobody_noted(mine.member) == []
    assert list(queries.activities_to_attend(post.person)) == []


def test_no_other_room_offers_it(shift):
    organiser, member = PostFactory(area=shift.activity.area).person, UserFactory()
    team, day = TeamFactory(), ServiceDayFactory(area=shift.activity.area, day=timezone.localdate(shift.starts_at))
    EntryRule.objects.create(activity=shift.activity, kind=RuleKind.TEAM, team=team)
    off(shift)
    left = other(shift)

    assert list(shifts_found(member, Wanted(), seeker(member))) == [left]
    assert list(queries.shifts_to_hold(member)) == [left]
    assert list(open_shifts(organiser)) == [left]
    assert [one.uid for one in team_activities(team, 9, only_public=True)] == [f"{shift.activity.code}-{left.pk}"]
    assert list(ExceptionForm(activity=shift.activity).fields["shift"].queryset) == [left]
    assert rows_of(day) == []
    assert (figures_of(shift.activity).shifts, figures_of(shift.activity).capacity) == (1, left.capacity)
    Shift.objects.update(starts_at=timezone.now(), ends_at=timezone.now() + timedelta(hours=1))
    assert list(todays_shifts(organiser)) == [left]


def test_a_lot_no_longer_minds_it_and_its_activity_is_over_with_the_others(shift):
    off(shift)
    late = other(shift)
    Activity.objects.update(queue_policy=QueuePolicy.DRAW, draw_at=shift.starts_at + timedelta(minutes=1))
    times = {"starts_at": late.starts_at, "ends_at": late.ends_at + timedelta(hours=1)}
    edit_shift(shift=late, by=shift.activity.created_by, capacity=late.capacity, **times)
    assert not Activity.objects.get().is_over

    Shift.objects.filter(pk=late.pk).update(starts_at=timezone.now() - timedelta(hours=2), ends_at=timezone.now())

    assert Activity.objects.get().is_over


def test_those_it_freed_hear_nothing_more_when_all_is_cancelled(shift):
    mine = SignUpFactory(shift=shift)
    off(shift)

    cancel(activity=shift.activity, by=shift.activity.created_by, reason="有大雨。")

    assert Message.objects.filter(recipient=mine.member).count() == 1


def test_the_organiser_gives_a_reason_and_everybody_reads_it(client, shift):
    post, mine = PostFactory(area=shift.activity.area), SignUpFactory(shift=shift)
    overview = reverse("activities:overview", args=[shift.activity.code])
    address = reverse("activities:call_off_shift", args=[shift.pk])
    client.force_login(post.person)

    assertContains(client.get(overview), address)
    assertContains(client.get(address), "1 人都会收到通知")
    assert client.post(address, {"reason": ""}).status_code == 422
    page = client.post(address, {"reason": REASON}, follow=True)
    assertContains(page, f"原因：{REASON}")
    assertNotContains(page, "call-off")  # one is left: it goes with its activity
    last = reverse("activities:call_off_shift", args=[other(shift).pk])
    assertContains(client.get(last), "请取消整个活动")
    assertNotContains(client.get(last), "<textarea")
    refused = client.post(last, {"reason": "没有人手。"})
    assertContains(refused, "请取消整个活动", status_code=422)
    assertContains(refused, "没有人手。", status_code=422)  # what was typed stays

    client.force_login(mine.member)
    detail = client.get(reverse("activities:detail", args=[shift.activity.code]))
    assertContains(detail, f"原因：{REASON}")
    assertContains(detail, "EventCancelled", count=1)
    assertNotContains(detail, reverse("activities:sign_up", args=[shift.pk]))
    assertContains(client.get(reverse("activities:mine")), f"原因：{REASON}")
