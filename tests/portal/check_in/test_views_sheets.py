"""The list on paper goes out with a code and comes back by it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from portal.activities.actions import record_attendance
from portal.activities.models import Attendance, Shift
from portal.check_in import tokens
from portal.check_in.models import Sheet
from tests.factories.activities import SignUpFactory
from tests.factories.members import UserFactory
from tests.factories.organisations import PostFactory
from tests.portal.activities.logs import logged
from tests.portal.check_in.places import a_door

pytestmark = pytest.mark.django_db


@pytest.fixture
def door(client):
    organiser, shift, people = a_door(people=3)
    client.force_login(organiser)
    return organiser, shift, people


@pytest.fixture
def sheet(client, door):
    client.post(reverse("check_in:make_sheet", args=[door[1].pk]))
    return Sheet.objects.get()


def address(sheet):
    return reverse("check_in:sheet", args=[tokens.sheet_code(sheet.pk)])


def test_printing_again_makes_a_new_version_only_when_the_list_changed(client, door, sheet):
    make = reverse("check_in:make_sheet", args=[door[1].pk])
    client.post(make)
    SignUpFactory(shift=door[1])
    client.post(make)

    assert list(Sheet.objects.order_by("version").values_list("version", flat=True)) == [1, 2]
    assert logged(sheet) == ["check_in.sheet.printed"]


def test_the_paper_names_nobody_in_full(client, door, sheet):
    page = client.get(reverse("check_in:print_sheet", args=[tokens.sheet_code(sheet.pk)]))

    assertContains(page, tokens.shown_code(tokens.sheet_code(sheet.pk)))
    assertContains(page, "<svg")
    for sign_up in door[2]:
        assertNotContains(page, sign_up.member.name)


def test_the_typed_code_leads_to_the_list(client, sheet):
    code = tokens.shown_code(tokens.sheet_code(sheet.pk)).lower()

    assertRedirects(client.post("/portal/check-in/sheets/", {"code": code}), address(sheet))
    assertContains(client.post("/portal/check-in/sheets/", {"code": "22222-2222"}), "没有这张名单", status_code=422)


def test_ticks_are_keyed_in_and_once_more_changes_nothing(client, door, sheet):
    one, two, three = door[2]
    ticks = {f"line-{one.pk}": "arrived", f"line-{two.pk}": "completed", f"line-{three.pk}": "absent"}

    assertContains(client.post(address(sheet), ticks, follow=True), "3 人有变动")
    assertContains(client.post(address(sheet), ticks, follow=True), "没有改动")

    states = dict(Attendance.objects.values_list("sign_up_id", "state"))
    assert states == {one.pk: "arrived", two.pk: "completed", three.pk: "absent"}
    assert set(Attendance.objects.values_list("how", flat=True)) == {"paper"}


def test_a_refusal_keeps_what_was_ticked(client, door, sheet):
    _organiser, shift, (one, two, _three) = door
    Shift.objects.filter(pk=shift.pk).update(starts_at=timezone.now() + timedelta(minutes=10))

    page = client.post(address(sheet), {f"line-{one.pk}": "arrived", f"line-{two.pk}": "completed"})

    assertContains(page, "都没有保存", status_code=422)
    for person, state in ((one, "arrived"), (two, "completed")):
        assertContains(page, f'name="line-{person.pk}" value="{state}" checked', status_code=422)


def test_paper_that_comes_late_does_not_take_back_what_is_further(client, door, sheet):
    one = door[2][0]
    record_attendance(sign_up=one, by=UserFactory(), state="completed")

    client.post(address(sheet), {f"line-{one.pk}": "arrived"})

    assert Attendance.objects.get(sign_up=one).state == "completed"


def test_the_order_is_that_of_the_paper_whoever_joined_since(client, door, sheet):
    SignUpFactory(shift=door[1], member__name="阿一")

    lines = client.get(address(sheet)).context["lines"]

    assert [line.key for line in lines] == sheet.lines


def test_another_community_has_no_such_sheet(client, sheet):
    client.force_login(PostFactory().person)
    assert client.get(address(sheet)).status_code == 404
    assertContains(
        client.post("/portal/check-in/sheets/", {"code": tokens.sheet_code(sheet.pk)}), "没有这张名单", status_code=422
    )
    client.force_login(UserFactory())
    assert client.get("/portal/check-in/sheets/").status_code == 404
    client.logout()
    assert client.get(address(sheet)).status_code == 302
