"""A member finds what fits, with the reason in words, at the same cost however much there is."""

from datetime import time, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from portal.activities.enums import ActivityKind, Audience, Posture
from portal.activities.models import Shift
from portal.activities.queries import finding
from portal.activities.recurring import on_day
from portal.members.enums import Skill, Weekday
from portal.members.models import Profile
from tests.factories.activities import ActivityFactory, PositionFactory, ShiftFactory, SignUpFactory
from tests.factories.members import UserFactory
from tests.factories.organisations import CommunityFactory
from tests.factories.report_in import MemberReportInFactory
from tests.portal.activities.counting import queries_for

pytestmark = pytest.mark.django_db

URL = reverse("activities:find")
NEARLY = ("30.463480", "30.464390")  # 1,499 m and 1,600 m north of 30.45


@pytest.fixture
def home():
    return CommunityFactory()


@pytest.fixture
def member(client, home):
    person = MemberReportInFactory(area=home, accepted=True).person
    client.force_login(person)
    return person


def found(member, **asked):
    wanted = finding.Wanted.read(asked)
    shifts = finding.shifts_found(member, wanted, finding.seeker(member, wanted))
    return list(shifts.order_by("starts_at", "pk"))


def on(days, hour=9, **fields):
    day = timezone.localdate() + timedelta(days=days)
    return ShiftFactory(starts_at=on_day(day, time(hour)), ends_at=on_day(day, time(hour + 1)), **fields)


def test_strangers_log_in_first(client):
    assert client.get(URL).status_code == 302


def test_only_what_is_to_come_and_shown_to_the_member_is_found(member):
    shift = ShiftFactory()
    ShiftFactory(past=True)
    ShiftFactory(activity__draft=True)
    ShiftFactory(activity__audience=Audience.LISTED)

    assert found(member) == [shift]


def test_distance_is_told_by_community_street_and_district(member, home):
    here = ShiftFactory(activity__area=home)
    street = ShiftFactory(activity__area=CommunityFactory(above=home.get_parent()))
    ShiftFactory()

    assert found(member, near="community") == [here]
    assert found(member, near="street") == [here, street]


def at(latitude, longitude="121.640000"):
    return {"latitude": Decimal(latitude), "longitude": Decimal(longitude)}


def put(place, latitude):
    type(place).objects.filter(pk=place.pk).update(**at(latitude))


@pytest.fixture
def street(member, home):
    """Shifts in the community itself, at 1.5 km, 1.6 km and 6 km, and one nobody knows where."""
    put(home, "30.450000")
    far = CommunityFactory(above=home.get_parent(), **at("30.504000"))
    walk, ride = (ShiftFactory(**{f"activity__{name}": at(lat)[name] for name in at(lat)}) for lat in NEARLY)
    return {
        "home": ShiftFactory(activity__area=home),
        "walk": walk,
        "ride": ride,
        "far": ShiftFactory(activity__area=far),
        "unknown": ShiftFactory(),
    }


def test_kilometres_are_those_from_the_middle_of_the_community(member, street):
    shifts = {name: shift.pk for name, shift in street.items()}

    assert {shift.pk for shift in found(member, near="walk")} == {shifts["home"], shifts["walk"]}
    assert {shift.pk for shift in found(member, near="5km")} == {shifts["home"], shifts["walk"], shifts["ride"]}
    assert len(found(member)) == 5


def test_one_may_measure_from_another_place_of_the_district(member, street):
    far = street["far"].activity.area

    assert [shift.pk for shift in found(member, near="walk", **{"from": far.code})] == [street["far"].pk]
    assert len(found(member, near="walk", **{"from": "nowhere"})) == 2


def test_without_a_middle_there_are_no_kilometres(client, member):
    ShiftFactory()

    page = client.get(URL, {"near": "walk", "view": "near"})

    assertContains(page, "还不能按公里数找")
    assert len(found(member, near="walk")) == 1


def test_the_nearest_comes_first_with_its_distance(client, member, street):
    page = client.get(URL, {"view": "near"})

    said = [(fit.shift.pk, fit.distance) for fit in page.context["fits"]]
    assert said == [
        (street["home"].pk, ""),
        (street["walk"].pk, "约 1.5 公里"),
        (street["ride"].pk, "约 1.6 公里"),
        (street["far"].pk, "约 6.0 公里"),
    ]
    assertContains(page, "步行可到")


def test_the_way_to_the_next_page_of_the_nearest_is_kept(client, member, street):
    for number in range(25):
        on(3 + number, activity=street["walk"].activity)

    page = client.get(URL, {"view": "near"})
    rest = client.get(URL, {"view": "near", "after": page.context["page"].next_after})

    shown = [fit.shift.pk for fit in (*page.context["fits"], *rest.context["fits"])]
    assert (len(page.context["fits"]), len(shown), len(set(shown))) == (20, 29, 29)


def test_kind_length_and_places_narrow_the_list(member):
    tidy = on(2, activity__kind=ActivityKind.TIDY)
    long = ShiftFactory(ends_at=timezone.now() + timedelta(days=2, hours=5))
    full = on(3, capacity=1)
    Shift.objects.filter(pk=full.pk).update(places_taken=1)

    assert found(member, kind="tidy") == [tidy]
    assert found(member, length="long") == [long]
    assert full not in found(member, places="1")
    assert len(found(member, kind="nonsense", near="nowhere")) == 3


@pytest.mark.parametrize(
    ("asked", "fields"),
    [
        ({"skill": "law"}, {"skill": Skill.LAW}),
        ({"posture": "seated"}, {"posture": Posture.SEATED}),
        ({"first_time": "1"}, {"first_time_friendly": True}),
    ],
)
def test_positions_are_found_by_what_they_ask(member, asked, fields):
    shift = PositionFactory(**fields).shift
    PositionFactory()

    assert found(member, **asked) == [shift]


def test_a_shift_without_positions_is_found_by_its_posture_with_places_first(client, member):
    full = on(2, posture=Posture.SEATED, capacity=1)
    Shift.objects.filter(pk=full.pk).update(places_taken=1)
    seated, standing = on(3, posture=Posture.SEATED), on(4, posture=Posture.STANDING)

    assert found(member, posture="seated") == [full, seated]
    assert found(member, posture="standing") == [standing]
    assert not found(member, posture="seated", first_time="1")
    page = client.get(URL, {"posture": "seated", "view": "fit"})
    assert [fit.shift for fit in page.context["fits"]] == [seated, full]
    assertContains(page, "还有“坐着做”的名额", count=1)


def test_free_times_are_those_of_the_profile(member):
    monday = (7 - timezone.localdate().weekday()) % 7 or 7
    morning, _evening = on(monday, 9), on(monday, 20)
    Profile.objects.create(person=member, free_times=[f"{Weekday.MONDAY}-am"])

    assert found(member, free="1") == [morning]


def test_what_fits_for_most_reasons_comes_first_and_says_why(client, member, home):
    monday = (7 - timezone.localdate().weekday()) % 7 or 7
    on(1, 9)
    best = on(monday, 9, activity__area=home)
    PositionFactory(shift=best, skill=Skill.LAW, first_time_friendly=True)
    profile = Profile.objects.create(person=member, free_times=[f"{Weekday.MONDAY}-am"])
    profile.known_skills.create(skill=Skill.LAW)

    page = client.get(URL, {"view": "fit"})

    assert page.context["fits"][0].shift == best
    for reason in ("用得上您的特长：法律咨询", "在您空闲的时间", "就在您的社区", "适合第一次来"):
        assertContains(page, reason)


def test_the_month_shows_each_day_and_the_next_month(client, member):
    shift = on(1)
    month = timezone.localdate(shift.starts_at)

    page = client.get(URL, {"view": "month", "month": f"{month:%Y-%m}"})

    assertContains(page, shift.activity.title)
    assert page.status_code == 200
    assertNotContains(page, "没有符合的活动。")
    empty = client.get(URL, {"view": "month", "month": "2020-02"})
    assertNotContains(empty, shift.activity.title)
    assertContains(empty, "没有符合的活动。")
    for odd in ("nonsense", "0001-01", "9999-12"):
        assert client.get(URL, {"view": "month", "month": odd}).status_code == 200


def test_where_one_is_signed_up_already_it_says_so(client, member):
    mine, other = on(1), on(2)
    SignUpFactory(member=member, shift=mine, waiting=True)
    SignUpFactory(shift=other)

    page = client.get(URL)

    assert [fit.standing for fit in page.context["fits"]] == ["排队中", ""]
    assertContains(page, "排队中", 1)


@pytest.mark.parametrize("asked", ["", "?view=fit", "?view=month", "?view=near&near=5km"])
def test_thirty_shifts_cost_as_many_queries_as_one(client, member, home, asked):
    put(home, "30.450000")
    activity = ActivityFactory(**at("30.451000"))
    on(1, activity=activity)
    once = queries_for(client, URL + asked)
    for number in range(29):
        on(1 + number % 3, 8 + number % 10, activity=activity)

    assert queries_for(client, URL + asked) == once


def test_the_next_page_begins_behind_the_last_row_and_keeps_the_filters(client, member):
    activity = ActivityFactory(kind=ActivityKind.TIDY)
    for number in range(25):
        on(1 + number, activity=activity)

    page = client.get(URL, {"kind": "tidy"})

    assert len(page.context["fits"]) == 20
    key = page.context["page"].next_after
    assertContains(page, f"kind=tidy&amp;after={key}")
    assert len(client.get(URL, {"kind": "tidy", "after": key}).context["fits"]) == 5


def test_nothing_found_says_so(client):
    client.force_login(UserFactory())

    assertContains(client.get(URL), "没有找到")
