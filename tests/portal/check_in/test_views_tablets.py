"""A shared tablet reaches one shift and nothing else."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from portal.activities.actions import record_attendance
from portal.activities.models import Attendance
from portal.check_in.models import Tablet
from tests.factories.activities import ShiftFactory, SignUpFactory
from tests.portal.activities.logs import logged
from tests.portal.check_in.places import a_door

pytestmark = pytest.mark.django_db
TABLET, END = "/portal/check-in/tablet/", "/portal/check-in/tablet/end/"


@pytest.fixture
def door(client):
    """A tablet that has just been opened, and the code that ends it."""
    organiser, shift, people = a_door()
    client.force_login(organiser)
    page = client.post(reverse("check_in:open_tablet", args=[shift.pk]))
    return shift, people, page.context["end_code"]


def digits_of(sign_up):
    return str(sign_up.member.phone)[-4:]


def test_opening_logs_the_organiser_out_of_it(client, door):
    assert client.get("/portal/").status_code == 302
    assert client.get("/portal/check-in/day/").status_code == 302
    assert client.get(TABLET).status_code == 200
    assert logged(Tablet.objects.get()) == ["check_in.tablet.opened"]


def test_opening_takes_what_the_desk_kept_off_the_device(client):
    organiser, shift, _people = a_door()
    client.force_login(organiser)
    address = reverse("check_in:open_tablet", args=[shift.pk])

    assertContains(client.get(address), "data-check-in-wipe")
    assertContains(client.get(address), "check-in-wipe")
    assert client.post(address)["Clear-Site-Data"] == '"storage"'


def test_people_find_themselves_by_four_digits(client, door):
    _shift, (one, _two), _code = door

    found = client.post(TABLET, {"digits": digits_of(one)})
    done = client.post(TABLET, {"digits": digits_of(one), "sign_up": one.pk}, follow=True)

    assertContains(found, "是我，我到了")
    assertNotContains(found, one.member.name)
    assertContains(done, "签到成功")
    attendance = Attendance.objects.get(sign_up=one)
    assert (attendance.state, attendance.how) == ("arrived", "tablet")


def test_nobody_is_named_without_their_digits(client, door):
    _shift, (one, two), _code = door

    client.post(TABLET, {"digits": digits_of(one), "sign_up": two.pk})
    assertContains(client.post(TABLET, {"digits": "0000"}), "没有这个尾号")

    assert not Attendance.objects.exists()


def test_the_people_of_another_shift_are_not_there(client, door):
    other = SignUpFactory(shift=ShiftFactory(begun=True))

    client.post(TABLET, {"digits": digits_of(other), "sign_up": other.pk})

    assert not Attendance.objects.exists()


def test_a_tablet_does_not_overrule_the_organiser(client, door):
    shift, (one, _two), _code = door
    record_attendance(sign_up=one, by=shift.activity.created_by, state="absent")

    page = client.post(TABLET, {"digits": digits_of(one), "sign_up": one.pk})

    assertContains(page, "工作人员已经登记过您", status_code=422)


def test_it_ends_by_its_code(client, door):
    _shift, _people, code = door
    wrong = f"{(int(code) + 1) % 10**6:06}"
    assertContains(client.post(END, {"code": wrong}), "结束码不对", status_code=422)

    assertContains(client.post(END, {"code": code}), "签到已经结束")

    assert client.get(TABLET).status_code == 403


def test_it_ends_from_afar_and_with_the_shift(client, door):
    shift, _people, _code = door
    with time_machine.travel(shift.attendance_ends_at + timedelta(seconds=2)):
        assert client.get(TABLET).status_code == 403
    key = client.cookies["tablet_shift"].value
    client.force_login(Tablet.objects.get().opened_by)
    client.post(reverse("check_in:close_tablets", args=[shift.pk]))
    client.cookies["tablet_shift"] = key

    assert client.get(TABLET).status_code == 403


def test_too_many_wrong_codes_say_so_and_leave_it_open(client, door, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"tablet_end": "1/10m/key"}
    client.post(END, {"code": "000000"})

    page = client.post(END, {"code": door[2]})

    assertContains(page, "试的次数太多了", status_code=422)
    assert client.get(TABLET).status_code == 200


def test_a_forged_key_opens_nothing(client, door):
    client.cookies["tablet_shift"] = "abc:def"

    assert client.get(TABLET).status_code == client.get(END).status_code == 403


def test_it_is_not_opened_before_its_time(client):
    organiser, shift, _people = a_door()
    shift.starts_at, shift.ends_at = timezone.now() + timedelta(days=1), timezone.now() + timedelta(days=1, hours=1)
    shift.save()
    client.force_login(organiser)

    assert client.post(reverse("check_in:open_tablet", args=[shift.pk])).status_code == 422
    assert client.get("/portal/").status_code == 200
