from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse as url_of
from django.utils import timezone
from pytest_django.asserts import assertContains

from portal.records.actions import remind_confirmers, remind_confirmers_daily
from tests.factories.activities import AttendanceFactory
from tests.factories.members import UserFactory
from tests.factories.organisations import PostFactory
from tests.factories.records import OwnServiceFactory, OwnServiceRecordFactory

pytestmark = pytest.mark.django_db


def at(hour):
    return timezone.localtime().replace(hour=hour)


def test_who_confirms_hears_once_a_day_how_much_waits_and_since_when():
    long_ago = timezone.now() - timedelta(days=3)
    attendance = AttendanceFactory(recorded_at=long_ago)
    area = attendance.sign_up.shift.activity.area
    OwnServiceFactory(area=area, submitted_at=timezone.now() - timedelta(days=2))
    OwnServiceFactory(area=area)  # of today: it waits for tomorrow's line
    person = PostFactory(area=area).person
    PostFactory(area=area, person=attendance.recorded_by)

    assert remind_confirmers(now=at(7)) == 0
    remind_confirmers(now=at(9))
    remind_confirmers(now=at(10))

    assert person.inbox_messages.get().title == "2 条服务等您确认"
    day = timezone.localdate(long_ago)
    assert f"{day.month}月{day.day}日" in person.inbox_messages.get().body
    assert attendance.recorded_by.inbox_messages.get().title == "1 条服务等您确认"


def test_the_clock_asks_once_a_day_and_not_before_eight():
    cache.clear()
    area = AttendanceFactory(recorded_at=timezone.now() - timedelta(days=3)).sign_up.shift.activity.area
    person = PostFactory(area=area).person

    assert remind_confirmers_daily(now=at(7)) is None
    assert remind_confirmers_daily(now=at(9)) == 1
    assert remind_confirmers_daily(now=at(10)) is None
    assert person.inbox_messages.count() == 1


def test_nobody_hears_where_nothing_waits():
    person = PostFactory().person

    remind_confirmers(now=at(9))

    assert not person.inbox_messages.exists()


def test_a_posted_own_service_leads_to_its_correction(client):
    record = OwnServiceRecordFactory(posted=True)
    url = url_of("records:own_confirmed")
    assert client.get(url).status_code == 302
    client.force_login(UserFactory())
    assert client.get(url).status_code == 403
    client.force_login(PostFactory(area=record.area).person)
    assertContains(client.get(url), url_of("records:correct", args=[record.pk]))


def test_confirmed_own_services_take_the_same_queries_for_one_and_three(client, django_assert_num_queries):
    record = OwnServiceRecordFactory(posted=True)
    client.force_login(PostFactory(area=record.area).person)
    url = url_of("records:own_confirmed")
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for _ in range(2):
        OwnServiceRecordFactory(posted=True, own_service__area=record.area)
    with django_assert_num_queries(len(one)):
        client.get(url)
