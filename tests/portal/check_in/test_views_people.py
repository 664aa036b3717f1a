"""People check themselves in: by QR code, by spoken code, and without a place."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from portal.activities.actions import record_attendance
from portal.activities.models import Activity, Attendance, SignUp
from portal.check_in import tokens
from tests.factories.activities import ShiftFactory, SignUpFactory
from tests.factories.members import UserFactory
from tests.portal.activities.counting import queries_for
from tests.portal.check_in.places import a_door

pytestmark = pytest.mark.django_db
HERE, HOME, BY_CODE = "/portal/check-in/here/", "/portal/check-in/", "/portal/check-in/code/"


@pytest.fixture(autouse=True)
def _no_tries():
    cache.clear()


@pytest.fixture
def place():
    return a_door(people=1)[2][0]


def scan(client, shift, *, printed=False):
    token = tokens.printed(shift.pk) if printed else tokens.rotating(shift.pk)
    return client.get(reverse("check_in:scan_printed" if printed else "check_in:scan", args=[token]))


@pytest.mark.parametrize("printed", [False, True])
def test_scan_log_in_one_tap(client, place, printed):
    assertRedirects(scan(client, place.shift, printed=printed), HERE, fetch_redirect_response=False)
    assert client.get(HERE).status_code == 302  # to the log-in
    client.force_login(place.member)
    assertContains(client.get(HERE), "我到了")

    page = client.post(HERE, follow=True)

    assertContains(page, "签到成功")
    attendance = Attendance.objects.get(sign_up=place)
    assert (attendance.state, attendance.how, attendance.recorded_by) == ("arrived", "qr", place.member)


def test_where_people_meet_is_compared_on_the_device_alone(client, place):
    client.force_login(place.member)
    scan(client, place.shift)
    without = client.get(HERE)
    Activity.objects.update(latitude="30.657401", longitude="104.065735")

    page = client.get(HERE)

    assertNotContains(without, "data-spot")
    assert "geolocation=()" in without.headers["Permissions-Policy"]
    assertContains(page, 'hidden data-spot data-latitude="30.657401" data-longitude="104.065735"')
    assert "geolocation=(self)" in page.headers["Permissions-Policy"]
    form = re.search(r"<form method=\"post\">.*?</form>", page.text, re.DOTALL)[0]
    assert set(re.findall(r'name="(\w+)"', form)) == {"csrfmiddlewaretoken"}
    assert 'type="button">看看我是否在集合点附近' in page.text


def test_a_code_seen_a_while_ago_is_refused_and_opens_nothing(client, place, settings):
    client.force_login(place.member)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        url = reverse("check_in:scan", args=[tokens.rotating(place.shift_id)])
        clock.shift(timedelta(seconds=2 * settings.CHECK_IN_QR_SECONDS + 1))
        assertContains(client.get(url), "已经过期", status_code=403)
        assert client.post(HERE).status_code == 403
    assert not Attendance.objects.exists()


def test_a_forged_code_is_refused(client, place):
    client.force_login(place.member)

    assertContains(client.get(reverse("check_in:scan", args=[f"{place.shift_id}:x:y"])), "不是本系统", status_code=403)
    assert client.get(HERE).status_code == 403


def test_a_printed_code_counts_only_while_people_may_come(client):
    over, ahead = SignUpFactory(shift=ShiftFactory(starts_at=timezone.now() - timedelta(hours=4))), SignUpFactory()
    for place in (over, ahead):
        client.force_login(place.member)
        assert scan(client, place.shift, printed=True).status_code == 403


def test_what_a_scan_opens_closes_after_a_quarter_of_an_hour(client, place):
    client.force_login(place.member)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        scan(client, place.shift)
        clock.shift(timedelta(minutes=16))
        assert client.post(HERE).status_code == 403
    assert not Attendance.objects.exists()


def test_who_has_no_place_is_offered_one_that_is_free(client, place):
    member = UserFactory()
    client.force_login(member)
    scan(client, place.shift)

    assertContains(client.get(HERE), "当场报名并签到")
    assertContains(client.post(HERE), "还没有报名", status_code=422)
    client.post(HERE, {"take_place": "1"})

    assert Attendance.objects.get(sign_up__member=member).state == "arrived"


def test_who_has_no_place_gets_none_where_none_is_free(client, place):
    place.shift.capacity = place.shift.places_taken
    place.shift.save()
    member = UserFactory()
    client.force_login(member)
    scan(client, place.shift)

    assertNotContains(client.get(HERE), "当场报名并签到")
    assertContains(client.post(HERE, {"take_place": "1"}), "没有空余的名额", status_code=422)
    assert not SignUp.objects.filter(member=member).exists()


def test_by_the_spoken_code(client, place):
    client.force_login(place.member)
    code = tokens.spoken(place.shift_id)

    page = client.post(BY_CODE, {"code": f"{code[:3]} {code[3:]}"}, follow=True)

    assertContains(page, "签到成功")
    assert Attendance.objects.get(sign_up=place).how == "code"


def test_the_code_of_another_shift_is_wrong(client, place):
    client.force_login(place.member)
    other = ShiftFactory(begun=True)

    assertContains(client.post(BY_CODE, {"code": tokens.spoken(other.pk)}), "口令不对", status_code=422)


def test_guessing_stops_after_five_tries_and_then_the_right_code_helps_no_more(client, place):
    client.force_login(place.member)
    right = tokens.spoken(place.shift_id)
    wrong = f"{(int(right) + 1) % 10**6:06}"
    for _try in range(5):
        assertContains(client.post(BY_CODE, {"code": wrong}), "口令不对", status_code=422)

    assertContains(client.post(BY_CODE, {"code": right}), "次数太多", status_code=422)
    assert not Attendance.objects.exists()


def test_many_people_guessing_at_one_shift_are_stopped_too(client, place, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"check_in_code_of_shift": "3/10m/key"}
    wrong = f"{(int(tokens.spoken(place.shift_id)) + 1) % 10**6:06}"
    texts = []
    for sign_up in SignUpFactory.create_batch(4, shift=place.shift):
        client.force_login(sign_up.member)
        texts.append(client.post(BY_CODE, {"code": wrong}).content.decode())

    assert ["次数太多" in text for text in texts] == [False, False, False, True]


def test_without_a_shift_now_the_code_is_not_tried(client):
    client.force_login(UserFactory())

    assertContains(client.post(BY_CODE, {"code": "123456"}), "没有可以签到的活动", status_code=422)


def test_leaving(client, place):
    client.force_login(place.member)
    url = reverse("check_in:leave", args=[place.pk])
    assertContains(client.post(url, {"minutes": "30"}), "还没有登记到场", status_code=422)
    scan(client, place.shift)
    client.post(HERE)

    assertContains(client.post(url, {"minutes": "30"}, follow=True), "已记下您离开了")

    assert Attendance.objects.get(sign_up=place).asked_minutes == 30
    client.force_login(UserFactory())
    assert client.get(url).status_code == 404


def test_an_absence_is_seen_by_its_person_alone_and_answered(client, place):
    attendance = record_attendance(sign_up=place, by=UserFactory(), state="absent")
    url = reverse("check_in:reply", args=[attendance.pk])
    client.force_login(UserFactory())
    assert client.get(url).status_code == 404
    assertNotContains(client.get("/portal/check-in/missed/"), place.shift.activity.title)

    client.force_login(place.member)
    assertContains(client.get("/portal/check-in/missed/"), place.shift.activity.title)
    assertContains(client.post(url, {"text": "那天发烧了。"}, follow=True), "那天发烧了。")
    assertContains(client.post(url, {"text": "110101199003070011"}), "身份证号", status_code=422)


@pytest.mark.parametrize("path", [HERE, HOME, "/portal/check-in/missed/"])
def test_a_stranger_is_sent_to_the_log_in(client, path):
    assert client.get(path).status_code == 302


def test_one_place_or_three_cost_the_same(client):
    member = UserFactory()
    client.force_login(member)
    SignUpFactory(member=member, shift=ShiftFactory(begun=True))
    one = queries_for(client, HOME)
    for _more in range(2):
        SignUpFactory(member=member, shift=ShiftFactory(begun=True))

    assert queries_for(client, HOME) == one
