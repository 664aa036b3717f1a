"""Once more, and from a template."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.log_actions import registry

from portal.activities import actions, queries
from portal.activities.enums import ActivityKind, ActivityState, Audience, Posture, RuleKind
from portal.activities.errors import TemplateEndedError, TemplateOutOfReachError
from portal.activities.models import EntryRule
from portal.activities.queries.contents import POSITION
from portal.activities.recurring import on_day
from portal.members.enums import Skill
from tests.factories.activities import ActivityFactory, PositionFactory, ShiftFactory, SignUpFactory
from tests.factories.organisations import CityFactory, CommunityFactory, PostFactory
from tests.portal.activities.logs import logged

pytestmark = pytest.mark.django_db


def at(days, hour, minute=0):
    return on_day(timezone.localdate() + timedelta(days=days), time(hour, minute))


@pytest.fixture
def activity():
    one = ActivityFactory(kind=ActivityKind.TIDY)
    ShiftFactory(activity=one, starts_at=at(2, 9), ends_at=at(2, 11, 30), capacity=6, name="上午班")
    ShiftFactory(activity=one, starts_at=at(3, 22), ends_at=at(4, 1), capacity=3)
    return one


def test_a_copy_is_a_draft_a_week_later_with_the_same_texts_and_shifts(activity):
    copy = actions.copy_activity(activity=activity, by=activity.created_by)

    assert copy.state == ActivityState.DRAFT
    assert copy.code != activity.code
    assert all(getattr(copy, name) == getattr(activity, name) for name in queries.TEXTS)
    shifts = [(one.name, one.capacity, one.starts_at, one.ends_at) for one in copy.shifts.all()]
    assert shifts == [("上午班", 6, at(9, 9), at(9, 11, 30)), ("", 3, at(10, 22), at(11, 1))]


def test_a_copy_can_be_moved_by_any_number_of_days(activity):
    copy = actions.copy_activity(activity=activity, by=activity.created_by, days=14)

    assert copy.shifts.first().starts_at == at(16, 9)


def test_a_copy_of_what_is_long_past_lies_ahead_on_the_same_weekday():
    shift = ShiftFactory(starts_at=at(-100, 9), ends_at=at(-100, 10))

    copy = actions.copy_activity(activity=shift.activity, by=shift.activity.created_by)

    starts_at = copy.shifts.get().starts_at
    assert timezone.localdate() < timezone.localtime(starts_at).date() <= timezone.localdate() + timedelta(days=7)
    assert timezone.localtime(starts_at).weekday() == timezone.localtime(shift.starts_at).weekday()


def test_a_copy_has_the_same_positions_and_rules_with_moments_moved(activity):
    shift, later = activity.shifts.all()
    later.posture = Posture.STANDING
    later.save()
    PositionFactory(shift=shift, name="登记台", posture=Posture.SEATED, minimum=1, capacity=2, skill=Skill.COMPUTERS)
    activity.companions_limit, activity.sign_up_closes_at = 2, at(1, 18)
    activity.save()

    copy = actions.copy_activity(activity=activity, by=activity.created_by)

    assert [one.posture for one in copy.shifts.all()] == ["", Posture.STANDING]
    (position,) = copy.shifts.first().positions.all()
    assert [getattr(position, name) for name in POSITION] == ["登记台", 1, 2, "computers", "seated", False, 0]
    assert (copy.companions_limit, copy.sign_up_closes_at) == (2, at(8, 18))


def test_a_copy_takes_nobody_along(activity):
    SignUpFactory(shift=activity.shifts.first())

    copy = actions.copy_activity(activity=activity, by=activity.created_by)

    assert [shift.places_taken for shift in copy.shifts.all()] == [0, 0]


def test_a_draft_without_a_shift_is_copied_without_one():
    activity = ActivityFactory(draft=True)

    assert not actions.copy_activity(activity=activity, by=activity.created_by).shifts.exists()


def test_the_log_says_what_it_was_copied_from(activity):
    copy = actions.copy_activity(activity=activity, by=activity.created_by)

    entry = registry.get_logs_for_instance(copy).get()
    assert entry.data == {"copied_from": activity.code}


def test_a_template_makes_a_draft_in_another_community(activity):
    city = CityFactory()
    other = CommunityFactory(above=city)
    template = actions.save_template(activity=activity, by=activity.created_by, area=city, name="清扫")
    day = timezone.localdate() + timedelta(days=20)

    made = actions.use_template(template=template, by=activity.created_by, area=other, first_on=day)

    assert made.area == other
    assert made.state == ActivityState.DRAFT
    assert [shift.starts_at for shift in made.shifts.all()] == [at(20, 9), at(21, 22)]
    assert logged(template) == ["activities.activitytemplate.created"]


def test_a_template_for_a_wider_area_leaves_behind_what_holds_in_one_community(activity):
    city = CityFactory()
    other = CommunityFactory(above=city)
    activity.audience = Audience.LISTED
    activity.save()
    EntryRule.objects.create(activity=activity, kind=RuleKind.AREA, area=activity.area)
    EntryRule.objects.create(activity=activity, kind=RuleKind.MIN_AGE, age=18)
    template = actions.save_template(activity=activity, by=activity.created_by, area=city, name="清扫")

    made = actions.use_template(template=template, by=activity.created_by, area=other, first_on=timezone.localdate())

    assert (made.title, made.place, made.contact_name, made.contact_phone) == (activity.title, "", "", "")
    assert activity.contact_phone not in str(template.contents)
    assert [(rule.kind, rule.area) for rule in made.entry_rules.all()] == [("area", other), ("min_age", None)]


def test_a_template_is_not_used_outside_its_area(activity):
    template = actions.save_template(activity=activity, by=activity.created_by, area=activity.area, name="清扫")

    with pytest.raises(TemplateOutOfReachError):
        actions.use_template(
            template=template, by=activity.created_by, area=CommunityFactory(), first_on=timezone.localdate()
        )


def test_an_ended_template_is_not_used(activity):
    template = actions.save_template(activity=activity, by=activity.created_by, area=activity.area, name="清扫")
    actions.end_template(template=template, by=activity.created_by)
    ended = actions.end_template(template=template, by=activity.created_by)

    assert logged(ended).count("activities.activitytemplate.ended") == 1
    with pytest.raises(TemplateEndedError):
        actions.use_template(
            template=template, by=activity.created_by, area=activity.area, first_on=timezone.localdate()
        )


def test_templates_reach_down_and_only_down(activity):
    post = PostFactory()
    own = actions.save_template(activity=activity, by=post.person, area=post.area, name="本社区")
    above = actions.save_template(activity=activity, by=post.person, area=post.area.get_parent(), name="街道")
    actions.save_template(activity=activity, by=post.person, area=CommunityFactory(), name="别处")

    assert set(queries.usable_templates(post.person)) == {own, above}
    assert set(queries.kept_templates(post.person)) == {own}
    assert list(queries.areas_for_template(post.person, post.area)) == [post.area]
    assert list(queries.communities_for(post.person, above)) == [post.area]


def test_a_template_of_two_shifts_is_listed_by_one_query(activity):
    post = PostFactory()
    for name in ("一", "二", "三"):
        actions.save_template(activity=activity, by=post.person, area=post.area, name=name)

    with CaptureQueriesContext(connection) as asked:
        [str(template.area) for template in queries.usable_templates(post.person)]

    assert len(asked) <= 2
