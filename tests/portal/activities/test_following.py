"""A community becomes another: what it has still to do follows, what has begun or is over stays."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.activities import actions, queries
from portal.activities.enums import Audience, Frequency, RuleKind, ShiftState
from portal.activities.models import Activity, ActivityTemplate, EntryRule, Series
from portal.activities.queries import public_activities
from portal.activities.queries.finding import Wanted, seeker, shifts_found
from portal.activities.recurring import Recurrence
from portal.notices.models import Message
from portal.organisations.actions import Part, merge_areas, split_area
from search.models import IndexEntry
from tests.factories.activities import ActivityFactory, ShiftFactory, SignUpFactory
from tests.factories.organisations import CommunityFactory, PostFactory, StreetFactory
from tests.factories.report_in import MemberReportInFactory
from tests.portal.activities.logs import logged

pytestmark = pytest.mark.django_db


@pytest.fixture
def street():
    return StreetFactory()


@pytest.fixture
def before(street):
    return CommunityFactory(name="东湖社区", above=street)


@pytest.fixture
def after(street):
    return CommunityFactory(name="西湖社区", above=street)


@pytest.fixture
def organiser(before):
    return PostFactory(area=before).person


def merge(before, after):
    merge_areas(areas=[before], into=after, by=None)


def area_of(row):
    row.refresh_from_db()
    return row.area


def test_what_is_to_come_follows_and_says_so_in_the_log(before, after):
    activity, draft = ShiftFactory(activity__area=before).activity, ActivityFactory(area=before, draft=True)
    was, elsewhere = activity.updated_at, ShiftFactory().activity

    merge(before, after)

    assert area_of(activity) == area_of(draft) == after
    assert logged(activity) == logged(draft) == ["activities.activity.followed"]
    assert activity.updated_at > was  # a subscribed calendar is told under the number this gives
    assert area_of(elsewhere) not in (before, after)


def test_a_draft_whose_day_has_passed_follows_for_nothing_has_been_done(before, after):
    draft = ShiftFactory(activity__area=before, activity__draft=True, past=True).activity

    merge(before, after)

    assert area_of(draft) == after


@pytest.mark.parametrize("state", ["begun", "past", "begun and more to come", "cancelled"])
def test_what_has_begun_is_over_or_called_off_stays(before, after, state):
    activity = ActivityFactory(area=before, cancelled=state == "cancelled")
    ShiftFactory(activity=activity, past=state == "past", begun=state.startswith("begun"))
    if state == "begun and more to come":
        ShiftFactory(activity=activity)

    merge(before, after)

    assert area_of(activity) == before
    assert not logged(activity)


def test_a_shift_called_off_is_no_beginning(before, after):
    activity = ShiftFactory(activity__area=before).activity
    off = {"state": ShiftState.CALLED_OFF, "called_off_at": timezone.now(), "call_off_reason": "停电。"}
    ShiftFactory(activity=activity, past=True, **off)

    merge(before, after)

    assert area_of(activity) == after


def test_a_split_hands_it_to_the_first_part(before):
    activity = ShiftFactory(activity__area=before).activity

    first, _second = split_area(area=before, parts=[Part("N", "北"), Part("S", "南")], by=None)

    assert area_of(activity) == first


def test_members_find_it_in_their_community_and_may_sign_up(before, after):
    shift = ShiftFactory(activity__area=before, activity__audience=Audience.LISTED)
    EntryRule.objects.create(activity=shift.activity, kind=RuleKind.AREA, area=before)
    open_one = ShiftFactory(activity__area=before)
    neighbour = MemberReportInFactory(accepted=True, area=after).person

    merge(before, after)

    after.refresh_from_db()
    found = shifts_found(neighbour, Wanted(near="community"), seeker(neighbour))
    assert set(found) == {shift, open_one}
    assert shift.activity in public_activities(area=after, reader=neighbour)
    assert actions.sign_up(shift=shift, member=neighbour).is_open


def test_nobody_signed_up_is_told_and_everybody_keeps_their_place(before, after):
    sign_up = SignUpFactory(shift__activity__area=before)

    merge(before, after)

    sign_up.refresh_from_db()
    assert sign_up.is_open
    assert not Message.objects.filter(recipient=sign_up.member).exists()


def test_its_page_and_the_search_name_the_community_that_follows(
    client, before, after, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        activity = ShiftFactory(activity__area=before).activity

    with django_capture_on_commit_callbacks(execute=True):
        merge(before, after)

    page = client.get(reverse("activities:detail", args=[activity.code])).text
    assert "西湖社区" in page
    assert "东湖社区" not in page
    assert IndexEntry.objects.get(key__endswith=f":{activity.pk}").facets == {"area": after.code}


def test_the_questions_stay_the_same_however_many_follow(after, street):
    def cost(number):
        old = CommunityFactory(above=street)
        for _ in range(number):
            shift = ShiftFactory(activity__area=old)
            EntryRule.objects.create(activity=shift.activity, kind=RuleKind.AREA, area=old)
            actions.save_template(activity=shift.activity, by=shift.activity.created_by, area=old, name="清洁")
        with CaptureQueriesContext(connection) as asked:
            merge(old, after)
        return len(asked)

    cost(1)  # content types and savepoints are known from here on
    assert cost(2) == cost(20)


def test_a_series_follows_and_its_next_dates_are_made_there(before, after, organiser):
    shift = ShiftFactory(activity__area=before)
    first_on = timezone.localdate(shift.starts_at)
    rule = Recurrence(first_on, Frequency.WEEKLY, 1, 3, None, frozenset())
    series = actions.start_series(activity=shift.activity, by=organiser, rule=rule)

    merge(before, after)
    made = actions.extend_series(series=Series.objects.get(), by=organiser, more=2)

    assert area_of(series) == after
    assert "activities.series.followed" in logged(series)
    assert {one.area for one in (*series.activities.all(), *made)} == {after}


def test_a_series_of_the_past_is_made_longer_for_the_people_of_the_community_that_follows(before, after, organiser):
    shift = ShiftFactory(activity__area=before, past=True)
    EntryRule.objects.create(activity=shift.activity, kind=RuleKind.AREA, area=before)
    day = timezone.localdate(shift.starts_at)
    series = Series.objects.create(
        area=before, title="清洁", first_on=day, frequency=Frequency.WEEKLY, count=1, created_by=organiser
    )
    Activity.objects.filter(pk=shift.activity.pk).update(series=series, series_on=day)

    merge(before, after)
    (made,) = actions.extend_series(series=Series.objects.get(), by=organiser, more=1)

    assert area_of(shift.activity) == shift.activity.entry_rules.get().area == before
    assert made.area == made.entry_rules.get().area == after


def test_templates_in_use_follow_with_whom_they_are_for(before, after, organiser):
    shift = ShiftFactory(activity__area=before)
    EntryRule.objects.create(activity=shift.activity, kind=RuleKind.AREA, area=before)
    kept = actions.save_template(activity=shift.activity, by=organiser, area=before, name="清洁")
    ended = actions.end_template(
        template=actions.save_template(activity=shift.activity, by=organiser, area=before, name="旧"), by=organiser
    )
    ActivityTemplate.objects.create(area=after, name="清洁", contents=kept.contents, created_by=organiser)

    merge(before, after)

    assert area_of(ended) == before
    assert (area_of(kept), kept.name) == (after, "清洁（东湖社区）")
    made = actions.use_template(template=kept, by=organiser, area=after, first_on=timezone.localdate())
    assert made.entry_rules.get().area == after


def test_templates_are_told_apart_though_the_name_for_that_is_taken(before, after, organiser):
    activity = ActivityFactory(area=before)
    for name in ("清洁", "清洁（东湖社区）"):
        actions.save_template(activity=activity, by=organiser, area=after, name=name)
    for _ in range(2):
        actions.save_template(activity=activity, by=organiser, area=before, name="清洁")

    merge(before, after)

    names = ActivityTemplate.objects.filter(area=after).order_by("pk").values_list("name", flat=True)
    assert list(names) == ["清洁", "清洁（东湖社区）", "清洁（东湖社区 2）", "清洁（东湖社区 3）"]


def test_what_was_done_before_is_done_again_in_the_community_that_follows(before, after, organiser):
    shift = ShiftFactory(activity__area=before, past=True)
    EntryRule.objects.create(activity=shift.activity, kind=RuleKind.AREA, area=before)

    merge(before, after)
    copy = actions.copy_activity(activity=Activity.objects.get(), by=organiser)

    assert copy.area == copy.entry_rules.get().area == after
    assert area_of(shift.activity) == before


def test_the_past_is_kept_as_a_template_of_the_community_that_follows(client, before, after, organiser):
    activity = ShiftFactory(activity__area=before, past=True).activity
    client.force_login(organiser)

    merge(before, after)
    client.post(reverse("activities:save_template", args=[activity.code]), {"name": "清洁"})

    template = ActivityTemplate.objects.get()
    assert template.area == after
    assert template.contents["texts"]["contact_name"] == activity.contact_name
    assert template in queries.usable_templates(organiser)


def test_what_is_made_for_a_community_that_has_just_become_another_is_made_there(before, after, organiser):
    shift, past = ShiftFactory(activity__area=before), ShiftFactory(activity__area=before, past=True)
    day = timezone.localdate(shift.starts_at)
    rule = Recurrence(day, Frequency.WEEKLY, 1, 3, None, frozenset())
    series = actions.start_series(activity=shift.activity, by=organiser, rule=rule)
    template = actions.save_template(activity=shift.activity, by=organiser, area=before, name="清洁")

    merge(before, after)  # what was read before still says the old one

    made = [
        actions.create_activity(area=before, by=organiser, title="楼道清洁"),
        actions.copy_activity(activity=past.activity, by=organiser),
        actions.use_template(template=template, by=organiser, area=before, first_on=day),
        actions.save_template(activity=past.activity, by=organiser, area=before, name="以前的"),
        *actions.extend_series(series=series, by=organiser, more=2),
    ]
    assert {one.area for one in made} == {after}


def test_a_rule_twice_after_the_merger_is_one(before, after):
    shift = ShiftFactory(starts_at=timezone.now() + timedelta(days=1))
    for area in (before, after):
        EntryRule.objects.create(activity=shift.activity, kind=RuleKind.AREA, area=area)

    merge(before, after)

    assert shift.activity.entry_rules.get().area == after
