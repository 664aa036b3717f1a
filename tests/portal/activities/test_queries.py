from datetime import timedelta

import pytest
from django.utils import timezone

from portal.activities import queries
from portal.activities.enums import SignUpState, Stage
from portal.activities.models import Activity, SignUp
from portal.activities.queries import activities_to_attend, organised_by_stage
from tests.factories.activities import ActivityFactory, AttendanceFactory, ShiftFactory, SignUpFactory
from tests.factories.members import UserFactory
from tests.factories.organisations import CommunityFactory, GridFactory, PostFactory
from tests.portal.activities.queues import place_of

pytestmark = pytest.mark.django_db


def in_days(n):
    return timezone.now() + timedelta(days=n)


def test_public_activities_are_published_and_soonest_first():
    later = ShiftFactory(starts_at=in_days(5)).activity
    sooner = ShiftFactory(starts_at=in_days(1)).activity
    ShiftFactory(activity__draft=True)
    ShiftFactory(activity__cancelled=True)

    assert list(queries.public_activities()) == [sooner, later]


def test_public_activities_starting_later_carry_only_the_later_shifts():
    activity = ActivityFactory()
    ShiftFactory(activity=activity, past=True)
    coming = ShiftFactory(activity=activity)
    ShiftFactory(past=True)

    [found] = queries.public_activities(starts_after=timezone.now())

    assert (found, list(found.shifts.all()), found.next_starts_at) == (activity, [coming], coming.starts_at)


def test_public_activities_of_an_area_include_its_subtree_only():
    community = CommunityFactory()
    grid = GridFactory(above=community)
    here = [ShiftFactory(activity__area=area).activity for area in (community, grid)]
    ShiftFactory()

    assert set(queries.public_activities(area=community)) == set(here)


def test_upcoming_sign_ups_are_open_published_and_not_over():
    member = UserFactory()
    mine = [SignUpFactory(member=member, shift=ShiftFactory(starts_at=in_days(n))) for n in (3, 1)]
    SignUpFactory(member=member, state=SignUpState.WITHDRAWN)
    SignUpFactory(member=member, shift__activity__cancelled=True)
    SignUpFactory(member=member, shift=ShiftFactory(past=True))
    SignUpFactory()

    assert list(queries.upcoming_sign_ups(member)) == mine[::-1]


def test_place_in_queue_counts_those_before():
    shift = ShiftFactory()
    sign_ups = [SignUpFactory(shift=shift, waiting=True) for _ in range(3)]
    SignUpFactory(waiting=True)
    confirmed = SignUpFactory(shift=shift)

    assert [place_of(one) for one in sign_ups] == [1, 2, 3]
    assert place_of(confirmed) == 0
    annotated = queries.with_place_in_queue(SignUp.objects.filter(shift=shift).order_by("pk"))
    assert [one.queue_place for one in annotated] == [1, 2, 3, None]


def test_place_in_queue_of_the_same_moment_follows_the_order_of_arrival():
    shift, moment = ShiftFactory(), timezone.now()
    sign_ups = [SignUpFactory(shift=shift, waiting=True, queued_at=moment) for _ in range(2)]

    assert [place_of(one) for one in sign_ups] == [1, 2]


def test_roster_holds_those_who_have_a_place():
    shift = ShiftFactory(past=True)
    came = AttendanceFactory(sign_up__shift=shift).sign_up
    SignUpFactory(shift=shift, waiting=True)
    SignUpFactory(shift=shift, offered=True)

    assert list(queries.roster(shift)) == [came]


def test_organised_activities_are_those_of_the_areas_reached():
    post = PostFactory()
    grid = GridFactory(above=post.area)
    own = [ActivityFactory(area=post.area), ActivityFactory(area=grid, draft=True)]
    ActivityFactory()

    assert set(queries.organised_activities(post.person)) == set(own)


def test_drafts_are_visible_to_their_organiser_only():
    draft = ActivityFactory(draft=True)
    published = ActivityFactory(area=draft.area)
    post = PostFactory(area=draft.area)

    assert set(queries.visible_activities(post.person)) == {draft, published}
    assert list(queries.visible_activities(UserFactory())) == [published]
    assert list(queries.visible_activities(None)) == [published]


def test_people_on_an_activity_are_counted_once():
    shift = ShiftFactory()
    other = ShiftFactory(activity=shift.activity, starts_at=in_days(5))
    member = SignUpFactory(shift=shift).member
    SignUpFactory(shift=other, member=member)
    SignUpFactory(shift=shift, waiting=True)
    SignUpFactory(shift=shift, state=SignUpState.LAPSED)

    assert queries.people_on(shift.activity) == 2


def test_an_organiser_finds_the_most_urgent_first():
    post = PostFactory()
    now = timezone.now()

    def shift(hours, **fields):
        return ShiftFactory(activity__area=post.area, starts_at=now + timedelta(hours=hours), **fields)

    over = [shift(-9).activity, shift(-20).activity]
    AttendanceFactory(sign_up__shift=shift(-30), state="excused", minutes=None)
    noted = Activity.objects.latest("pk")
    called_off = SignUpFactory(shift=shift(-40, activity__cancelled=True)).shift.activity
    ahead = [shift(30).activity, shift(20).activity]
    draft = shift(-5, activity__draft=True).activity
    running = SignUpFactory(shift=shift(-1)).shift.activity
    arrived = AttendanceFactory(sign_up__shift=shift(-8), state="arrived", minutes=None).sign_up.shift.activity
    shift(-50).activity.shifts.create(
        starts_at=now + timedelta(hours=10), ends_at=now + timedelta(hours=11), capacity=1
    )
    going_on = Activity.objects.latest("pk")

    staged = [(one.stage, one) for one in organised_by_stage(post.person)]

    assert staged == [
        (Stage.ATTENDANCE, arrived),
        (Stage.ATTENDANCE, running),
        (Stage.AHEAD, going_on),
        (Stage.AHEAD, ahead[1]),
        (Stage.AHEAD, ahead[0]),
        (Stage.DRAFT, draft),
        (Stage.OVER, over[0]),
        (Stage.OVER, over[1]),
        (Stage.OVER, noted),
        (Stage.OVER, called_off),
    ]
    assert list(activities_to_attend(post.person)) == [arrived, running]
