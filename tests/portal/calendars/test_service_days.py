"""A day on which a city serves together: called, shown district by district, filled by date and by choice."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from portal.activities.enums import Audience
from portal.activities.models import Shift
from portal.calendars import actions, queries
from portal.calendars.errors import (
    DayCalledOffError,
    DayIsPastError,
    DayTakenError,
    NotOnOfferError,
    NotYoursError,
)
from portal.calendars.models import ServiceDay
from portal.organisations.enums import Role
from tests.factories.activities import ActivityFactory, ShiftFactory
from tests.factories.calendars import ServiceDayFactory
from tests.factories.members import UserFactory
from tests.factories.organisations import CityFactory, CommunityFactory, DistrictFactory, PostFactory, StreetFactory
from tests.factories.website import ActivityCalendarPageFactory
from tests.portal.activities.counting import queries_for
from tests.portal.activities.logs import logged

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"calendars:{name}", args=args)


@pytest.fixture
def city():
    return CityFactory()


@pytest.fixture
def called(city):
    return ServiceDayFactory(area=city)


def supervisor(area, role=Role.SUPERVISOR):
    return PostFactory(area=area, role=role).person


def in_the_city(city, district=None):
    return CommunityFactory(above=StreetFactory(above=district or DistrictFactory(above=city)))


def on(day, area, hour=9, **fields):
    starts_at = timezone.make_aware(datetime.combine(day, time(hour)))
    return ShiftFactory(activity__area=area, starts_at=starts_at, **fields)


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMINISTRATOR])
def test_a_day_is_called_and_logged(city, role):
    made = actions.call_day(area=city, by=supervisor(city, role), day=timezone.localdate(), name="服务日")

    assert list(queries.coming_days()) == [made]
    assert logged(made) == ["calendars.serviceday.called"]


def test_a_day_is_called_by_whom_the_table_lets_and_for_what_lies_above_communities(city):
    community = in_the_city(city)

    for by, area in ((supervisor(DistrictFactory()), city), (supervisor(city), community), (UserFactory(), city)):
        with pytest.raises(NotYoursError):
            actions.call_day(area=area, by=by, day=timezone.localdate(), name="服务日")


def test_a_day_is_neither_past_nor_called_twice(called):
    by = supervisor(called.area)

    with pytest.raises(DayIsPastError):
        actions.call_day(area=called.area, by=by, day=timezone.localdate() - timedelta(days=1), name="服务日")
    with pytest.raises(DayTakenError):
        actions.call_day(area=called.area, by=by, day=called.day, name="服务日")

    actions.call_off_day(service_day=called, by=by)
    assert actions.call_day(area=called.area, by=by, day=called.day, name="服务日")


def test_a_day_is_changed_and_called_off_by_its_caller(called):
    by = supervisor(called.area)
    later = called.day + timedelta(days=1)

    actions.edit_day(service_day=called, by=by, day=later, name="改名", text="")
    for _twice in range(2):
        actions.call_off_day(service_day=called, by=by)

    with pytest.raises(DayCalledOffError):
        actions.edit_day(service_day=called, by=by, day=later, name="再改", text="")
    with pytest.raises(NotYoursError):
        actions.call_off_day(service_day=called, by=UserFactory())
    assert logged(called) == ["calendars.serviceday.edited", "calendars.serviceday.called_off"]


def test_what_is_on_that_day_there_belongs_to_it_by_itself(called):
    area = in_the_city(called.area)
    inside = on(called.day, area)
    on(called.day + timedelta(days=1), area)
    on(called.day, CommunityFactory())
    on(called.day, area, activity__draft=True)
    on(called.day, area, activity__audience=Audience.LISTED)

    assert list(queries.on_the_day(called)) == [inside]


def test_an_organiser_puts_in_and_takes_out_what_is_theirs(called):
    area = in_the_city(called.area)
    other = on(called.day + timedelta(days=1), area)
    by = PostFactory(area=area).person

    for _twice in range(2):
        actions.add_activity(service_day=called, activity=other.activity, by=by)
    assert list(queries.on_the_day(called)) == [other]
    for _twice in range(2):
        actions.take_out_activity(service_day=called, activity=other.activity, by=by)

    assert not queries.on_the_day(called).exists()
    assert logged(called) == ["calendars.serviceday.added", "calendars.serviceday.taken_out"]


def test_nobody_puts_in_what_is_not_theirs_or_not_there(called):
    area = in_the_city(called.area)
    inside, draft = on(called.day, area).activity, ActivityFactory(area=area, draft=True)
    by, stranger = PostFactory(area=area).person, PostFactory().person

    for activity, who in ((inside, stranger), (draft, by)):
        with pytest.raises(NotOnOfferError):
            actions.add_activity(service_day=called, activity=activity, by=who)
    with pytest.raises(NotOnOfferError):
        actions.take_out_activity(service_day=called, activity=inside, by=stranger)

    actions.call_off_day(service_day=called, by=supervisor(called.area))
    with pytest.raises(DayCalledOffError):
        actions.add_activity(service_day=called, activity=inside, by=by)


@pytest.mark.parametrize("page", ["portal", "public"])
def test_everybody_sees_it_district_by_district_and_narrows_it(client, called, page):
    east, west = DistrictFactory(above=called.area), DistrictFactory(above=called.area)
    here, there = in_the_city(called.area, east), in_the_city(called.area, west)
    open_one, full = on(called.day, here, capacity=10), on(called.day, there, capacity=1, places_taken=1)
    address = url("service_day", called.pk) if page == "portal" else reverse("service_day", args=[called.pk])

    shown = client.get(address)

    for text in (called.name, east.name, west.name, here.name, there.name, "还有 10 个名额"):
        assertContains(shown, text)
    assertContains(shown, '<span class="figure-row__number">2</span>', count=2)
    for asked in ({"district": east.name}, {"community": here.name}, {"places": "1"}):
        narrowed = client.get(address, asked)
        assertContains(narrowed, open_one.activity.title)
        assertNotContains(narrowed, full.activity.title)


@pytest.mark.parametrize("page", ["portal", "public"])
def test_three_cost_as_many_queries_as_one(client, called, page):
    on(called.day, in_the_city(called.area))
    address = url("service_day", called.pk) if page == "portal" else reverse("service_day", args=[called.pk])
    once = queries_for(client, address)

    for _more in range(2):
        on(called.day, in_the_city(called.area))

    assert queries_for(client, address) == once


def test_the_public_address_leads_to_the_next_day_or_to_nothing(client, called):
    assertContains(client.get(reverse("next_service_day")), called.name)

    ServiceDay.objects.update(day=timezone.localdate() - timedelta(days=1))

    assert client.get(reverse("next_service_day")).status_code == 404
    assertContains(client.get(url("service_days")), called.name)
    assertContains(client.get(url("service_day", called.pk)), called.name)


@pytest.mark.parametrize(("who", "status"), [("nobody", 302), ("organiser", 403), ("supervisor", 200)])
def test_calling_is_for_supervisors(client, called, who, status):
    if who != "nobody":
        client.force_login(supervisor(called.area) if who == "supervisor" else PostFactory().person)

    for name, *args in (("call_day",), ("edit_day", called.pk), ("call_off_day", called.pk)):
        assert client.get(url(name, *args)).status_code == status


def test_a_supervisor_calls_changes_and_calls_off(client, city):
    client.force_login(supervisor(city))
    day = timezone.localdate() + timedelta(days=5)
    form = {"name": "秋季服务日", "day": day.isoformat(), "text": "一起打扫。", "area": city.pk}

    made = client.post(url("call_day"), form)
    called = ServiceDay.objects.get()
    assertRedirects(made, url("service_day", called.pk))
    assertContains(client.post(url("call_day"), form), "这一天已经有服务日", status_code=422)

    client.post(url("edit_day", called.pk), form | {"name": "改名"})
    client.post(url("call_off_day", called.pk))

    called.refresh_from_db()
    assert (called.name, called.is_called_off) == ("改名", True)
    assertContains(client.get(url("service_day", called.pk)), "已经取消")


def test_an_organiser_puts_an_activity_in_on_the_page(client, called):
    area = in_the_city(called.area)
    other = on(called.day + timedelta(days=1), area).activity
    client.force_login(PostFactory(area=area).person)
    page = url("service_day", called.pk)

    assertContains(client.get(page), "列进来")
    client.post(url("add_to_day", called.pk), {"activity": other.pk})
    assertContains(client.get(page), "移出")
    Shift.objects.update(starts_at=timezone.now() - timedelta(days=2), ends_at=timezone.now() - timedelta(days=1))
    assertContains(client.get(page), "移出")  # with nothing ahead there, too
    client.post(url("take_out_of_day", called.pk), {"activity": other.code})

    assert not called.added.exists()
    assert client.post(url("add_to_day", called.pk), {"activity": ""}).status_code == 422


def test_the_public_calendar_leads_to_the_next_one(client, called):
    calendar = ActivityCalendarPageFactory()

    assertContains(client.get(calendar.url), reverse("service_day", args=[called.pk]))
