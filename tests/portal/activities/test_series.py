"""Dates by a rule, and changes of this one, those that follow, or all."""

from datetime import date, time, timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from portal.activities import actions, queries
from portal.activities.enums import ActivityState, Frequency, Scope
from portal.activities.errors import AlreadyInSeriesError, NoDatesError, NoShiftError, NoticeItemsMissingError
from portal.activities.models import Shift
from portal.activities.recurring import LONGEST, Recurrence, on_day
from portal.notices.models import Message
from tests.factories.activities import ActivityFactory, ShiftFactory, SignUpFactory
from tests.portal.activities.logs import logged


def first_day():
    return timezone.localdate() + timedelta(days=3)


def weekly(count=4, **fields):
    return Recurrence(first_day(), Frequency.WEEKLY, count=count, **fields)


def start(*, count=4, draft=False, **fields):
    activity = ActivityFactory(draft=draft)
    first_on = first_day()
    ShiftFactory(activity=activity, starts_at=on_day(first_on, time(9)), ends_at=on_day(first_on, time(11)))
    return actions.start_series(activity=activity, by=activity.created_by, rule=weekly(count, **fields))


def days_of(series):
    return [(one.series_on - series.first_on).days for one in queries.dates_of(series)]


def times_of(series):
    shifts = [one.shifts.get() for one in queries.dates_of(series)]
    return [f"{timezone.localtime(one.starts_at):%H:%M}-{timezone.localtime(one.ends_at):%H:%M}" for one in shifts]


@pytest.mark.django_db
def test_a_series_makes_each_date_once_at_the_same_local_time():
    series = start()

    assert days_of(series) == [0, 7, 14, 21]
    assert times_of(series) == ["09:00-11:00"] * 4
    assert logged(series) == ["activities.series.started"]


@pytest.mark.django_db
@pytest.mark.parametrize(("draft", "state"), [(True, ActivityState.DRAFT), (False, ActivityState.PUBLISHED)])
def test_what_is_published_is_repeated_published(draft, state):
    series = start(draft=draft)

    assert {one.state for one in queries.dates_of(series)} == {state}


@pytest.mark.django_db
def test_holidays_are_left_out():
    series = start(except_on=frozenset({first_day() + timedelta(days=7)}))

    assert days_of(series) == [0, 14, 21]


@pytest.mark.django_db
def test_an_activity_without_a_shift_has_no_first_date():
    activity = ActivityFactory(draft=True)

    with pytest.raises(NoShiftError):
        actions.start_series(activity=activity, by=activity.created_by, rule=weekly())


@pytest.mark.django_db
def test_a_date_of_a_series_begins_no_other():
    series = start()
    activity = series.activities.first()

    with pytest.raises(AlreadyInSeriesError):
        actions.start_series(activity=activity, by=activity.created_by, rule=weekly())


@pytest.mark.django_db
def test_a_rule_of_one_date_is_refused():
    with pytest.raises(NoDatesError):
        start(count=1)


@pytest.mark.django_db
def test_a_series_is_extended_by_the_same_rule():
    series = start()

    made = actions.extend_series(series=series, by=series.created_by, more=2)

    assert [(one.series_on - series.first_on).days for one in made] == [28, 35]
    assert days_of(series) == [0, 7, 14, 21, 28, 35]
    assert logged(series)[-1] == "activities.series.extended"


@pytest.mark.django_db
def test_a_series_never_grows_beyond_its_longest():
    series = start()

    actions.extend_series(series=series, by=series.created_by, more=LONGEST)

    assert series.activities.count() == LONGEST
    with pytest.raises(NoDatesError):
        actions.extend_series(series=series, by=series.created_by, more=1)


@pytest.mark.django_db
def test_one_date_is_called_off_and_the_others_stay():
    series = start()
    second = queries.dates_of(series)[1]
    sign_up = SignUpFactory(shift=second.shifts.get())

    actions.cancel(activity=second, by=series.created_by, reason="大雨")

    states = [one.state for one in queries.dates_of(series)]
    assert states == ["published", "cancelled", "published", "published"]
    assert Message.objects.filter(recipient=sign_up.member, body__contains="大雨").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("scope", "changed"),
    [(Scope.THIS, [1]), (Scope.FOLLOWING, [1, 2, 3]), (Scope.ALL, [0, 1, 2, 3])],
)
def test_an_edit_reaches_as_far_as_was_chosen(scope, changed):
    series = start()
    second = queries.dates_of(series)[1]

    actions.edit_dates(activity=second, by=series.created_by, scope=scope, fields={"title": "新名字"})

    assert [n for n, one in enumerate(queries.dates_of(series)) if one.title == "新名字"] == changed
    assert [one.is_own for one in queries.dates_of(series)].count(True) == (scope == Scope.THIS)


@pytest.mark.django_db
def test_a_date_changed_by_itself_stays_its_own():
    series = start()
    first, second, *_others = queries.dates_of(series)
    actions.edit_dates(activity=second, by=series.created_by, scope=Scope.THIS, fields={"title": "这次特别"})

    actions.edit_dates(activity=first, by=series.created_by, scope=Scope.ALL, fields={"title": "新名字"})

    assert [one.title for one in queries.dates_of(series)] == ["新名字", "这次特别", "新名字", "新名字"]
    assert queries.kept_own(first, Scope.ALL) == [second]


@pytest.mark.django_db
def test_a_shift_takes_those_that_follow_along():
    series = start()
    shift = queries.dates_of(series)[1].shifts.get()
    fields = {
        "starts_at": shift.starts_at + timedelta(days=1, hours=5),
        "ends_at": shift.ends_at + timedelta(days=1, hours=6),
        "capacity": 4,
        "name": "下午班",
    }

    actions.edit_shifts(shift=shift, by=series.created_by, scope=Scope.FOLLOWING, fields=fields)

    assert times_of(series) == ["09:00-11:00", *["14:00-17:00"] * 3]
    starts = [timezone.localtime(one.shifts.get().starts_at).date() for one in queries.dates_of(series)]
    assert [(day - series.first_on).days for day in starts] == [0, 8, 15, 22]


@pytest.mark.django_db
def test_a_shift_put_in_before_the_others_changes_none_of_their_pairs():
    series = start()
    first, second, third, _fourth = queries.dates_of(series)
    early = {"starts_at": on_day(second.series_on, time(7)), "ends_at": on_day(second.series_on, time(8))}
    actions.add_shift(activity=second, by=series.created_by, capacity=3, **early)
    noon = first.shifts.get()
    moved = {"starts_at": on_day(first.series_on, time(13)), "ends_at": on_day(first.series_on, time(15))}
    following = {"starts_at": on_day(third.series_on, time(12)), "ends_at": on_day(third.series_on, time(15))}

    edit = partial(actions.edit_shifts, by=series.created_by)
    edit(shift=third.shifts.get(), scope=Scope.FOLLOWING, fields={**following, "capacity": 9, "name": ""})
    edit(shift=noon, scope=Scope.ALL, fields={**moved, "capacity": 4, "name": "下午班"})

    found = [
        [(f"{timezone.localtime(one.starts_at):%H}", one.name, one.capacity) for one in date.shifts.all()]
        for date in queries.dates_of(series)
    ]
    late = ("13", "下午班", 4)
    assert found == [[late], [("07", "", 3), late], [late], [late]]


@pytest.mark.django_db
def test_dates_that_are_added_pair_with_the_others_too():
    series = start(count=2)
    made = actions.extend_series(series=series, by=series.created_by, more=1)

    slots = {one.shifts.get().slot for one in (*queries.dates_of(series), *made)}

    assert len(slots) == 1


@pytest.mark.django_db
def test_more_dates_cost_no_more_queries_to_find_the_same_shift():
    asked = []
    for count in (2, 5):
        shift = start(count=count).activities.first().shifts.get()
        shift = Shift.objects.select_related("activity__series").get(pk=shift.pk)
        with CaptureQueriesContext(connection) as found:
            assert len(queries.shifts_in_scope(shift, Scope.ALL)) == count
        asked.append(len(found))

    assert asked[0] == asked[1]


@pytest.mark.django_db
def test_all_drafts_of_a_series_are_published_at_once():
    series = start(draft=True)

    assert actions.publish_series(series=series, by=series.created_by) == 4
    assert actions.publish_series(series=series, by=series.created_by) == 0
    assert {one.state for one in queries.dates_of(series)} == {ActivityState.PUBLISHED}


@pytest.mark.django_db
def test_no_draft_is_published_while_one_lacks_what_people_must_be_told():
    series = start(draft=True)
    series.activities.filter(series_on=series.first_on).update(risks="")

    with pytest.raises(NoticeItemsMissingError):
        actions.publish_series(series=series, by=series.created_by)

    assert {one.state for one in queries.dates_of(series)} == {ActivityState.DRAFT}


@pytest.mark.django_db
def test_the_difference_is_shown_before_it_is_made():
    series = start()
    second = queries.dates_of(series)[1]
    reached = queries.in_scope(second, Scope.FOLLOWING)

    planned = queries.planned_texts(reached, {"place": "二号楼", "risks": second.risks})

    assert [one.activity.series_on for one in planned] == [one.series_on for one in queries.dates_of(series)[1:]]
    assert [(one.label, one.before, one.after) for one in planned[0].differences] == [("地点", "一号楼前", "二号楼")]
    assert all(one.place == "一号楼前" for one in queries.dates_of(series))


EDITS = st.tuples(st.integers(0, 5), st.sampled_from(Scope.values), st.integers(0, 2), st.times())


class SeriesPropertiesTest(TestCase):
    """Whatever is changed in whatever order: no date is lost, what is its own is kept, local times are as set."""

    @settings(max_examples=15, deadline=None)
    @given(edits=st.lists(EDITS, max_size=4))
    def test_edits_lose_no_date_and_touch_nothing_of_its_own(self, edits):
        series = start(count=6, draft=True)
        made = {one.series_on for one in queries.dates_of(series)}
        own = set()
        expected = dict.fromkeys(range(6), "09:00")
        for place, scope, days, clock in edits:
            dates = list(queries.dates_of(series))
            shift = dates[place].shifts.get()
            day = timezone.localtime(shift.starts_at).date() + timedelta(days=days)
            starts_at = on_day(day, clock.replace(second=0, microsecond=0))
            fields = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2), "capacity": 5, "name": ""}
            actions.edit_shifts(shift=shift, by=series.created_by, scope=scope, fields=fields)
            reached = {place} if scope == Scope.THIS else set(range(place if scope == Scope.FOLLOWING else 0, 6))
            for number in {place} | (reached - own):
                expected[number] = f"{clock:%H:%M}"
            if scope == Scope.THIS:
                own.add(place)

        dates = list(queries.dates_of(series))
        assert {one.series_on for one in dates} == made
        assert len(dates) == 6
        assert {number for number, one in enumerate(dates) if one.is_own} == own
        assert [f"{timezone.localtime(one.shifts.get().starts_at):%H:%M}" for one in dates] == list(expected.values())
        assert all(isinstance(one.series_on, date) for one in dates)
