"""The same change to several dates of a series: rules, audience, positions, one more shift."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from portal.activities import actions, queries
from portal.activities.enums import Audience, QueuePolicy, RuleKind, Scope
from portal.activities.errors import PolicyIsFixedError, PositionInUseError
from portal.activities.models import Activity, Position
from portal.activities.recurring import on_day
from tests.factories.activities import PositionFactory, SignUpFactory
from tests.factories.organisations import PostFactory
from tests.portal.activities.test_series import start

pytestmark = pytest.mark.django_db

DESK = {"name": "签到台", "capacity": 3, "minimum": 1}


@pytest.fixture
def series():
    return start(count=3)


def dates_of(series):
    return list(queries.dates_of(series))


def shift_of(activity):
    return activity.shifts.get()


def told(kept):
    return [(one.activity.pk, one.reason) for one in kept]


def test_rules_reach_as_far_as_was_chosen_and_their_moments_move_along(series):
    _first, second, third = dates_of(series)
    closes = on_day(second.series_on - timedelta(days=1), time(18))
    fields = {"companions_limit": 2, "sign_up_closes_at": closes}

    kept = actions.set_policies(activity=second, by=series.created_by, scope=Scope.FOLLOWING, fields=fields)

    assert kept == []
    assert [one.companions_limit for one in dates_of(series)] == [0, 2, 2]
    assert Activity.objects.get(pk=third.pk).sign_up_closes_at == closes + timedelta(days=7)
    assert not any(one.is_own for one in dates_of(series))


def test_a_date_changed_alone_is_its_own(series):
    first, second, _third = dates_of(series)
    by = series.created_by

    actions.set_policies(activity=first, by=by, scope=Scope.THIS, fields={"companions_limit": 1})
    actions.set_audiences(activity=second, by=by, scope=Scope.THIS, audience=Audience.EVERYONE, rules=[])

    assert [one.is_own for one in dates_of(series)] == [True, True, False]


def test_a_date_with_people_keeps_the_rules_they_read(series):
    first, second, third = dates_of(series)
    SignUpFactory(shift=shift_of(second))
    fields = {"queue_policy": QueuePolicy.NONE}

    kept = actions.set_policies(activity=first, by=series.created_by, scope=Scope.ALL, fields=fields)

    assert told(kept) == [(second.pk, PolicyIsFixedError().message)]
    assert [one.queue_policy for one in dates_of(series)] == ["none", "first_come", "none"]
    back = {"queue_policy": QueuePolicy.NEWCOMERS, "newcomers_until": timezone.now()}
    with pytest.raises(PolicyIsFixedError):
        actions.set_policies(activity=second, by=series.created_by, scope=Scope.ALL, fields=back)
    assert Activity.objects.get(pk=third.pk).queue_policy == QueuePolicy.NONE


def test_whom_it_is_for_reaches_the_other_dates(series):
    first, *_others = dates_of(series)
    rules = [{"kind": RuleKind.AREA, "area_id": series.area_id}, {"kind": RuleKind.MIN_AGE, "age": 18}]
    what = {"activity": first, "scope": Scope.ALL, "audience": Audience.LISTED, "rules": rules}

    planned = queries.planned_audiences(**what)
    actions.set_audiences(by=series.created_by, **what)

    assert len(planned) == 3
    assert [one.after for one in planned[0].differences] == [
        Audience.LISTED.label,
        f"年龄不小于：18；所在区域：{series.area}",
    ]
    for one in dates_of(series):
        assert (one.audience, one.entry_rules.count()) == (Audience.LISTED, 2)


def test_positions_are_added_changed_and_removed_on_each_date(series):
    first, second, third = dates_of(series)
    by, mine = series.created_by, SignUpFactory(shift=shift_of(second))

    kept = actions.add_positions(shift=shift_of(first), by=by, scope=Scope.ALL, fields=DESK)
    assert [one.activity.pk for one in kept] == [second.pk]  # somebody is on it as a whole
    desk = Position.objects.get(shift=shift_of(first))
    actions.edit_positions(position=desk, by=by, scope=Scope.ALL, fields=DESK | {"name": "接待", "capacity": 5})

    assert [(one.name, one.capacity, one.shift.capacity) for one in Position.objects.all()] == [("接待", 5, 5)] * 2
    assert not any(one.is_own for one in dates_of(series))

    mine = SignUpFactory(shift=shift_of(third), position=shift_of(third).positions.get())
    kept = actions.remove_positions(position=desk, by=by, scope=Scope.ALL)
    assert told(kept) == [(third.pk, PositionInUseError().message)]
    assert list(Position.objects.all()) == [mine.position]


def test_a_new_time_leaves_the_number_to_the_positions(series):
    first, second, _third = dates_of(series)
    actions.add_positions(shift=shift_of(first), by=series.created_by, scope=Scope.ALL, fields=DESK)
    other = shift_of(second)
    actions.add_position(shift=other, by=series.created_by, is_alone=False, name="搬运", capacity=4)
    shift = shift_of(first)
    fields = {"starts_at": shift.starts_at, "ends_at": shift.ends_at + timedelta(hours=1), "name": "长班"}

    fields |= {"capacity": shift.capacity, "minimum": shift.minimum}
    actions.edit_shifts(shift=shift, by=series.created_by, scope=Scope.ALL, fields=fields)

    assert [(shift_of(one).name, shift_of(one).capacity) for one in dates_of(series)] == [
        ("长班", 3),
        ("长班", 7),
        ("长班", 3),
    ]


def test_one_more_shift_on_each_date_is_changed_with_the_others_later(series):
    _first, second, _third = dates_of(series)
    evening = {"starts_at": on_day(second.series_on, time(18)), "ends_at": on_day(second.series_on, time(19))}

    actions.add_shifts(activity=second, by=series.created_by, scope=Scope.FOLLOWING, capacity=2, **evening)

    assert [one.shifts.count() for one in dates_of(series)] == [1, 2, 2]
    late = second.shifts.last()
    actions.edit_shifts(
        shift=late, by=series.created_by, scope=Scope.ALL, fields={**evening, "capacity": 6, "name": "晚班"}
    )
    found = [[(one.name, one.capacity) for one in activity.shifts.all()] for activity in dates_of(series)]
    assert found == [[("", 10)], [("", 10), ("晚班", 6)], [("", 10), ("晚班", 6)]]


def test_other_dates_are_shown_before_anything_changes(client, series):
    first, second, _third = dates_of(series)
    SignUpFactory(shift=shift_of(second))
    client.force_login(PostFactory(area=series.area).person)
    policy = reverse("activities:policy", args=[first.code])
    rules = {"mode": "at_once", "queue_policy": "none", "companions_limit": "0", "scope": "all"}

    page = client.post(policy, rules)
    assertContains(page, "这几次改不了")
    assertContains(page, PolicyIsFixedError().message)
    assertContains(page, "先到先得，满了不排队")
    assert {one.queue_policy for one in dates_of(series)} == {"first_come"}
    page = client.post(policy, rules | {"sure": "1"}, follow=True)

    assertContains(page, f"没有改：{PolicyIsFixedError().message}")
    assert [one.queue_policy for one in dates_of(series)] == ["none", "first_come", "none"]


def test_nothing_to_change_asks_nothing(client, series):
    client.force_login(PostFactory(area=series.area).person)
    policy = reverse("activities:policy", args=[dates_of(series)[0].code])
    as_it_is = {"mode": "at_once", "queue_policy": "first_come", "companions_limit": "0", "scope": "all"}

    page = client.post(policy, as_it_is)

    assertContains(page, "没有要改的")
    assertNotContains(page, 'name="sure"')


@pytest.mark.parametrize("name", ["audience", "positions", "position", "remove_position", "add_shift"])
def test_each_page_asks_how_far_and_shows_it_first(client, series, name):
    activity = series.activities.get(series_on=series.first_on)
    for one in dates_of(series):
        PositionFactory(shift=shift_of(one), name="搬运", capacity=4)
    client.force_login(PostFactory(area=series.area).person)
    shift = shift_of(activity)
    places = {
        "positions": shift.pk,
        "position": shift.positions.get().pk,
        "remove_position": shift.positions.get().pk,
    }
    address = reverse(f"activities:{name}", args=[places.get(name, activity.code)])
    begins = f"{series.first_on:%Y-%m-%d}T18:00"
    data = {
        "audience": {"audience": "everyone", "min_age": "18"},
        "add_shift": {"starts_at": begins, "ends_at": begins.replace("18", "19"), "capacity": "2"},
        "remove_position": {},
    }.get(name, {"name": "签到台", "capacity": "3"}) | {"scope": "all"}
    before = state_of(series)

    assertContains(client.get(address), "全部还没有结束的")
    page = client.post(address, data)
    assertContains(page, "这样改，对吗？")
    assertNotContains(page, "这几次改不了")
    if name == "position":
        assertContains(page, "搬运 · 名额", count=3)
    assert page.content.count(b'class="change"') == 3
    assert state_of(series) == before
    client.post(address, data | {"sure": "1"})

    after = state_of(series)
    assert [is_own for is_own, *_rest in after] == [False] * 3
    assert all(one != was for one, was in zip(after, before, strict=True))


def state_of(series):
    return [
        (
            one.is_own,
            one.entry_rules.count(),
            [(shift.name, sorted(shift.positions.values_list("name", "capacity"))) for shift in one.shifts.all()],
        )
        for one in dates_of(series)
    ]
